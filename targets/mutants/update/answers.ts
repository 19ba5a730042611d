import type { Mutant } from '../base/mutant.ts';

/** UpdateRecords stores what it should and answers something else. */
export const answerMutants: readonly Mutant[] = [
  {
    id: 'answer-lists-all-records',
    title: 'The answer of an update lists every record of the dataset.',
    requirement: 'record/answer-lists-nothing-else',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, _records, judged) =>
        base.answeredRecords(service, dataset, [...dataset.records.values()], judged),
    }),
  },
  {
    id: 'answer-lacks-removed',
    title: 'The answer of an update lacks the records that it removed.',
    requirement: 'record/answer-lists-patched',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, records, judged) =>
        base.answeredRecords(
          service,
          dataset,
          records.filter(({ value }) => value !== null),
          judged,
        ),
    }),
  },
  {
    id: 'answer-repeats-records',
    title: 'The answer of a batch lists its first record twice.',
    requirement: 'record/answer-lists-nothing-else',
    group: 'record',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, records, judged) =>
        base.answeredRecords(
          service,
          dataset,
          records.length > 1 ? [...records, ...records.slice(0, 1)] : records,
          judged,
        ),
    }),
  },
  {
    id: 'removal-answers-old-count',
    title: 'The answer of a remove shows the count that the record had before.',
    requirement: 'sync-count/returns-new-count',
    group: 'sync-count',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, records, judged) =>
        records.map((record) => {
          const before = judged.find(({ patch }) => patch.key === record.key)?.record;
          const count = record.value === null && before !== undefined ? before.count : record.count;
          return base.renderRecord(service, dataset, { ...record, count });
        }),
    }),
  },
];
