import type { Mutant } from '../base/mutant.ts';

const group = 'sync-count';

/** A counter kept in a number too small for it. Each update takes two calls: its listing and itself. */
function wrapping(id: string, requirement: string, size: number, minimum: number, deep: boolean): Mutant {
  return {
    id,
    title: `The dataset's count starts again at 0 after ${size - 1}.`,
    requirement,
    group,
    minimum,
    deep,
    mutate: (base) => ({ ...base, nextCount: (dataset, judged) => base.nextCount(dataset, judged) % size }),
  };
}

export const syncCountMutants: readonly Mutant[] = [
  {
    id: 'new-record-at-zero-refused',
    title: 'A new key at count 0 is refused in a dataset that already has records.',
    requirement: 'sync-count/new-record-at-zero',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        record === undefined && dataset.count > 0
          ? base.conflict(patch.key, dataset.count, patch.count)
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
  {
    id: 'answer-shows-sent-count',
    title: 'The answer of an update repeats the count that was sent instead of the new one.',
    requirement: 'sync-count/returns-new-count',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, records, judged) =>
        records.map((record, index) => ({
          ...base.renderRecord(service, dataset, record),
          SyncCount: judged[index]?.patch.count ?? 0,
        })),
    }),
  },
  {
    id: 'listed-count-lags',
    title: 'A listing shows a record at one less than the count its update returned, once it was written twice.',
    requirement: 'sync-count/returned-count-is-listed',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, records) =>
        records.map((record) => base.renderRecord(service, dataset, record)),
      renderRecord: (service, dataset, record) => ({
        ...base.renderRecord(service, dataset, record),
        SyncCount: record.count > 1 ? record.count - 1 : record.count,
      }),
    }),
  },
  {
    id: 'current-count-refused',
    title: 'An update at the current count is refused when the dataset has moved on since.',
    requirement: 'sync-count/current-count-accepted',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        record !== undefined && record.count === patch.count && record.count < dataset.count
          ? base.conflict(patch.key, dataset.count, patch.count)
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
  {
    id: 'first-update-is-zero',
    title: 'The first update of a dataset gets count 0.',
    requirement: 'sync-count/first-update-is-one',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      nextCount: (dataset, judged) =>
        dataset.exists && dataset.records.size === 0 ? 0 : base.nextCount(dataset, judged),
    }),
  },
  {
    id: 'rises-by-two',
    title: 'Every update but the first raises the count by two.',
    requirement: 'sync-count/rises-by-one',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      nextCount: (dataset, judged) => base.nextCount(dataset, judged) + (dataset.count > 0 ? 1 : 0),
    }),
  },
  {
    id: 'count-per-record',
    title: 'Each record has a counter of its own.',
    requirement: 'sync-count/rises-by-one',
    group,
    minimum: 4,
    mutate: (base) => ({ ...base, recordCount: (_next, record) => (record?.count ?? 0) + 1 }),
  },
  {
    id: 'count-per-patch',
    title: 'Each patch of a batch gets the next count.',
    requirement: 'sync-count/batch-shares-count',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      nextCount: (dataset, judged) => dataset.count + Math.max(1, judged.length),
      recordCount: (next, record, index, size) => base.recordCount(next, record, index, size) - (size - 1 - index),
    }),
  },
  {
    id: 'dataset-count-lags',
    title: 'DatasetSyncCount is the count before the last update.',
    requirement: 'sync-count/dataset-count-is-highest',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      shownDatasetCount: (service, dataset) => Math.max(0, base.shownDatasetCount(service, dataset) - 1),
    }),
  },
  {
    id: 'untouched-records-rise',
    title: 'An update gives its new count to every record of the dataset.',
    requirement: 'sync-count/untouched-records-keep',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterUpdate: (_service, dataset) => {
        for (const [key, record] of dataset.records) dataset.records.set(key, { ...record, count: dataset.count });
      },
    }),
  },
  wrapping('wraps-at-128', 'sync-count/exact-past-127', 128, 256, false),
  wrapping('wraps-at-256', 'sync-count/exact-past-255', 256, 512, false),
  wrapping('wraps-at-32768', 'sync-count/exact-past-32767', 32768, 65_536, true),
];
