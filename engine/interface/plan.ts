import type { Sequence } from '../../specs/types/sequence.ts';

/** What a run can do: suites of sequences, and the probes that ask a target for its choices. */
export interface Plan {
  /** Dense sequences of datasets and records that come first of all, before the choices are known. */
  readonly opening: readonly Sequence[];
  /** The same for the other operations, once it is known which of them the target has. */
  readonly openingOthers: readonly Sequence[];
  readonly suites: readonly Suite[];
  readonly probes: readonly Probe[];
}

export interface Suite {
  readonly id: string;
  readonly title: string;
  /** Sequences written by hand, tried among the first. */
  readonly examples: readonly Sequence[];
  /** Sequences only the deep preset has time for. */
  readonly deep?: readonly Sequence[];
  /** Only for targets that verify signatures; its id is then the group of its requirements. */
  readonly verified?: boolean;
  /** How many of its examples are played in a row of turns; 1 if not given. */
  readonly turns?: number;
  /** The row in which its turns begin, 0 if not given: what costs much for what it shows comes later. */
  readonly from?: number;
  /** Its random sequences take a turn only now and then. */
  readonly rare?: boolean;
  /** The `index`th random sequence of a seed; the same for the same arguments. Without it there are only the examples. */
  readonly draw?: (seed: number, index: number) => Sequence;
}

/** A scripted sequence whose answers tell which option of a choice the target takes. */
export interface Probe {
  readonly choice: string;
  readonly sequence: Sequence;
}
