import type { Sequence } from '../../specs/types/sequence.ts';
import { failuresOf, sameFailure } from '../play/failure.ts';
import type { Played } from '../play/played.ts';
import type { Sighting } from '../play/sightings.ts';
import type { Shrunk } from '../shrink/shrunk.ts';

/** A minimum that was played again, on its way to becoming a finding. */

export interface Confirmed {
  readonly shrunk: Shrunk;
  readonly sighting: Sighting;
  readonly fromSteps: number;
  readonly attempts: number;
  readonly failures: number;
  /** The calls of the last play that failed, else of the last play. */
  readonly played: readonly Played[];
  readonly doesNotMatter: readonly string[];
  /** A play that fails in the same way and then reads every dataset: it shows what was really stored. */
  readonly followed?: { readonly sequence: Sequence; readonly played: readonly Played[] };
}
/** The calls up to the one that fails; of a race none, since its calls have no order. */

export function failingPlay({ shrunk, played }: Confirmed): readonly Played[] {
  const at = played.findIndex((one) => failuresOf(one).some((failure) => sameFailure(shrunk.failure, failure)));
  return at === -1 || played[at]?.race !== undefined ? [] : played.slice(0, at + 1);
}
/** What is said where other values, keys or names fail as well. */

export const immaterial = {
  values: 'the values do not matter',
  keys: 'the keys do not matter',
  datasets: 'the dataset name does not matter',
} as const;
/** Minima that most likely come from one fault. */

export interface Joined {
  /** The requirement that explains them all. */
  readonly requirement: string;
  readonly lead: Confirmed;
  /** Other failures of the same call that break requirements of their own. */
  readonly also: readonly Confirmed[];
  /** Failures of other requirements that this one brings about: those are broken, but by no fault of their own. */
  readonly follows: readonly Confirmed[];
  /** Failures that only come after the lead's, of requirements that hold otherwise. */
  readonly consequences: readonly Confirmed[];
  /** What the server does, where a hypothesis explains them. */
  readonly diagnosis?: Diagnosis;
}

/** A sentence about the server that all recorded plays agree with. */
export interface Diagnosis {
  /** The hypothesis, by its id. */
  readonly id: string;
  /** What the server does, in the third person: `checks only the first patch of a batch`. */
  readonly says: string;
  /** Recorded failing plays that it explains, and all of them. */
  readonly failing: number;
  readonly allFailing: number;
  /** Recorded plays without a failure, all of which agree with it. */
  readonly clean: number;
  /** Recorded failing plays that it explains in part only. */
  readonly exceptions: number;
}
