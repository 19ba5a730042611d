import type { Sequence } from '../../specs/types/sequence.ts';
import type { Failing } from '../play/failure.ts';
import type { Played } from '../play/played.ts';

export interface Shrunk extends Failing {
  /** Requests that shrinking sent. */
  readonly requests: number;
  /** The calls of a race in which it failed: whatever a run again shows, their answers contradict each other. */
  readonly recorded?: readonly Played[];
}
export interface ShrinkTools {
  /** Plays on fresh ground; null when the run is over. */
  readonly attempt: (sequence: Sequence) => Promise<readonly Played[] | null>;
  /** What a conforming target would answer. */
  readonly rehearse: (sequence: Sequence) => readonly Played[];
  readonly maxRequests: number;
}
