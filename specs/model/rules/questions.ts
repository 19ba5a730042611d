import type { Disposition, Patch } from '../state/disposition.ts';
import type { DatasetState } from '../state/dataset-state.ts';

/** The choices that an update asks about as a whole, as `consistency/<choice>`; those of single patches are not among them. */
export function questionsOf(
  dataset: DatasetState,
  patches: readonly Patch[] | null,
  dispositions: readonly Disposition[],
): readonly string[] {
  const questions: string[] = [];
  if (patches === null) questions.push('consistency/missing-patches');
  else if (patches.length === 0) questions.push('consistency/empty-patches');
  if (hasDuplicates(dispositions)) questions.push('consistency/duplicate-keys');
  if (dispositions.some(({ patch }) => patch.op === 'remove' && patch.value !== undefined))
    questions.push('consistency/remove-with-value');
  if (!dataset.exists && dataset.deletedAt !== null) questions.push('consistency/update-after-deletion');
  return questions;
}

export function hasDuplicates(dispositions: readonly Disposition[]): boolean {
  return new Set(dispositions.map((one) => one.patch.key)).size < dispositions.length;
}
