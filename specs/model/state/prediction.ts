import type { Answer, Failure, Output } from '../../types/answer.ts';
import type { Deviation } from './deviation.ts';
import type { World } from './world.ts';

/** When a call was made, in epoch seconds: by our clock, and by the Date header of its answer, where it has one. */
export interface Moment {
  readonly asked: number;
  readonly answered: number | null;
}

/** A requirement that this call puts to the test, in the model context `context`. */
export interface Exercise {
  readonly requirement: string;
  readonly context: string;
}

/** One allowed outcome of a call. */
export type Allowance = AllowedSuccess | AllowedRefusal;

export interface AllowedSuccess {
  readonly kind: 'success';
  readonly why: string;
  /** How a successful output differs from this outcome. */
  readonly inspect: (output: Output, moment: Moment) => readonly Deviation[];
  readonly after: (output: Output, moment: Moment) => World;
  /** A conforming output, for rehearsing a sequence without a target. */
  readonly sample: (at: number) => Output;
}

export interface AllowedRefusal {
  readonly kind: 'refusal';
  readonly why: string;
  /** Allowed error types; empty: any client error. */
  readonly types: readonly string[];
  /** Who is to blame for a wrong type or status. */
  readonly typeSuspects: readonly string[];
  readonly message?: (text: string | null) => readonly Deviation[];
  /** Judges type and status in place of `types`. */
  readonly inspect?: (failure: Failure) => readonly Deviation[];
  readonly after: () => World;
}

export interface Prediction {
  readonly allowed: readonly Allowance[];
  /** True when nothing is known: any answer but a server error is taken, and the dataset is read again. */
  readonly open: boolean;
  readonly exercises: readonly Exercise[];
  /** Suspects for an answer of a class that is not allowed at all. */
  readonly blame: (answer: Answer) => readonly string[];
  /** The world after an answer that is not allowed, or any answer to an open call. */
  readonly astray: () => World;
}
