import type { Rules } from '../../specs/model/state/rules.ts';
import type { Exercise, Prediction } from '../../specs/model/state/prediction.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { RaceCall } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';
import type { Exchange, HttpCall } from '../exchange/call.ts';
import type { Special } from '../input/check-input.ts';
import type { Isolation } from '../isolation/isolation.ts';

/** One judged call. A walk over pages is one call with several exchanges. */

export interface Played {
  readonly step: number;
  /** Number of the first HTTP call, from 0. */
  readonly call: number;
  readonly operation: Operation;
  readonly exchanges: readonly Exchange[];
  readonly exercises: readonly Exercise[];
  readonly deviations: readonly Deviation[];
  readonly expected: string;
  readonly actual: string;
  readonly why: string;
  /** The HTTP call that fetched the session token. */
  readonly tokenFrom: number | undefined;
  /** An answer before this one was not as foreseen. */
  readonly afterDeviation: boolean;
  /** What a written-out check wanted, with the output members it keeps. */
  readonly check?: Special;
  /** Its place among calls at the same time. */
  readonly race?: InRace;
  /** Asked for by no step: the dataset was read again, since its state was in doubt. */
  readonly reread?: true;
}
export interface PlayOptions {
  readonly isolation: Isolation;
  readonly serial: number;
  readonly choices: Choices;
  /** The answers are the model's own: their shape needs no check. */
  readonly rehearsal?: boolean;
  /** Answers that are of the right kind but wrong are taken to tell wrongly what was done as foreseen. */
  readonly steadfast?: boolean;
  /** The rules of the server, where they are not the service's. */
  readonly rules?: Rules;
  /** Nothing can be deleted where others keep datasets too: an identity that is full cuts the play short. */
  readonly crowded?: boolean;
  /** Whether a dataset is read again at this point of a play that is over; without it, whenever its state is in doubt. */
  readonly rereads?: (name: DatasetName) => boolean;
  /** Told of each judged call; returning false ends the play. */
  readonly onPlayed: (played: Played) => boolean;
}
/** What a play waits for: the answer to a call, or the end of a pause; or that it has to be cut short. */

export type Request =
  | { readonly kind: 'call'; readonly call: HttpCall; readonly prediction: Prediction }
  | { readonly kind: 'pause' }
  /** Nothing more can be played. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'together'; readonly lanes: readonly Course[] };
/** Asks for what is to be done, one thing after the other, and is told what came of it. */

export type Course = Generator<Request, void, Exchange | undefined>;

/** What a call has to do with the others of a race. */
export interface InRace {
  readonly call: RaceCall;
  /** HTTP calls, numbered from 0, that were under way at the same time. */
  readonly overlaps: readonly number[];
  /** HTTP calls that contradict each other; empty where nothing is wrong. */
  readonly core: readonly number[];
  /** What these calls show, on one of them. */
  readonly contradiction?: { readonly anomaly: string; readonly says: string };
  readonly when: {
    /** Places in one order of all starts and ends. */
    readonly start: number;
    readonly end: number;
    /** When the listing for its token began. */
    readonly knowsSince: number;
    /** Without an answer it may take effect at any later time. */
    readonly open: boolean;
    /** Where it can have taken effect; null: nowhere. */
    readonly effect: { readonly from: number; readonly to: number } | null;
  };
  /** All calls of the race, in the order of their start: what one of them shows can only be seen with the others. */
  readonly all: readonly Played[];
}
