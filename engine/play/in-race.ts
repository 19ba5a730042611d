import type { RaceCall } from '../../specs/types/sequence.ts';
import type { Played } from './played.ts';

/** What a call has to do with the others of a race. */
export interface InRace {
  readonly call: RaceCall;
  /** HTTP calls, numbered from 0, that were under way at the same time. */
  readonly overlaps: readonly number[];
  /** HTTP calls that contradict each other; empty where nothing is wrong. */
  readonly core: readonly number[];
  /** All calls of the race, in the order of their start: what one of them shows can only be seen with the others. */
  readonly all: readonly Played[];
}
