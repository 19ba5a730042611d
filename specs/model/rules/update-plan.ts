import type { AtUpdate, Rules } from '../state/rules.ts';
import type { Choices } from '../state/choices.ts';
import type { DatasetName, DatasetState } from '../state/dataset-state.ts';
import type { Disposition } from '../state/disposition.ts';

/** An update that succeeds: what it does to the dataset. */

export interface Plan {
  readonly id: DatasetName;
  readonly dataset: DatasetState;
  /** The dataset's count afterwards. */
  readonly count: number;
  /** The count of a record that is written. */
  readonly countOf: (one: Disposition) => number;
  readonly rules: Rules;
  readonly at: AtUpdate;
  readonly effects: readonly Disposition[];
  /** Who demands that nothing is stored, if nothing is. */
  readonly idle?: string;
  readonly choices: Choices;
  readonly duplicates: boolean;
  /** Pauses so far; see World. */
  readonly pauses: number;
}
