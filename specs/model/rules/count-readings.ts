import type { Choices } from '../state/choices.ts';
import type { RecordState } from '../state/dataset-state.ts';

/** What Count of ListRecords may be. */
export interface CountReading {
  readonly count: number;
  /** Each page counts its own records. */
  readonly perPage: boolean;
}

/** What Count may be: one reading where the target's choices are known, every defensible one where they are not. */
export function countReadings(
  records: readonly RecordState[],
  lists: (record: RecordState) => boolean,
  choices: Choices,
): readonly CountReading[] {
  const bases = choices['list-count'] === undefined ? ['page', 'matching', 'total'] : [choices['list-count']];
  const rules =
    choices['list-count-removed'] === undefined ? ['counted', 'not-counted'] : [choices['list-count-removed']];
  return bases.flatMap((basis) =>
    rules.map((rule) => {
      const within = basis === 'total' ? records : records.filter(lists);
      const counted = within.filter((record) => rule === 'counted' || record.value !== null);
      return { count: counted.length, perPage: basis === 'page' };
    }),
  );
}
