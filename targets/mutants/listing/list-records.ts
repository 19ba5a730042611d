import { refuse } from '../../reference/core/refusal.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'list-records';

export const listRecordsMutants: readonly Mutant[] = [
  {
    id: 'unknown-dataset-not-found',
    title: 'Listing an unknown dataset answers ResourceNotFoundException.',
    requirement: 'list-records/unknown-dataset',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      sinceProblem: (service, dataset, since) =>
        dataset.exists || dataset.deletedAt !== undefined
          ? base.sinceProblem(service, dataset, since)
          : refuse('ResourceNotFoundException', `No such Dataset: ${dataset.name}`),
    }),
  },
  {
    id: 'listing-creates-dataset',
    title: 'Listing an unknown dataset creates it.',
    requirement: 'list-records/creates-nothing',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      afterList: (service, dataset) => {
        if (!dataset.exists && dataset.deletedAt === undefined) base.createDataset(service, dataset);
      },
    }),
  },
  {
    id: 'first-record-left-out',
    title: 'A listing from the start leaves out the records of the first update.',
    requirement: 'record/update-is-stored',
    group: 'record',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      isNewer: (record, since) => base.isNewer(record, since) && (since > 0 || record.count > 1),
    }),
  },
  {
    id: 'since-is-inclusive',
    title: 'lastSyncCount includes the records of that count.',
    requirement: 'list-records/only-newer',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      isNewer: (record, since) => base.isNewer(record, since) || (since > 0 && record.count === since),
    }),
  },
  {
    id: 'since-is-ignored',
    title: 'lastSyncCount is ignored.',
    requirement: 'list-records/only-newer',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, isNewer: () => true }),
  },
  {
    id: 'pages-overlap',
    title: 'A page begins with the last record of the page before.',
    requirement: 'paging/each-item-once',
    group: 'paging',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      slicePage: (items, start, size) =>
        start > 0
          ? { ...base.slicePage(items, start, size), items: items.slice(start - 1, start + size - 1) }
          : base.slicePage(items, start, size),
    }),
  },
  {
    id: 'last-page-is-short',
    title: 'The last record of a listing of several pages is missing.',
    requirement: 'paging/nothing-lost',
    group: 'paging',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      slicePage: (items, start, size) =>
        start > 0 ? base.slicePage(items.slice(0, -1), start, size) : base.slicePage(items, start, size),
    }),
  },
  {
    id: 'exists-only-with-records',
    title: 'DatasetExists is false when the listing is empty.',
    requirement: 'list-records/dataset-exists',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        operation === 'ListRecords' && Array.isArray(answer.body['Records']) && answer.body['Records'].length === 0
          ? { ...answer, body: { ...answer.body, DatasetExists: false } }
          : base.intercept(service, operation, input, answer),
    }),
  },
  {
    id: 'dataset-count-of-listing',
    title: 'DatasetSyncCount is the highest count among the listed records.',
    requirement: 'list-records/dataset-count',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        const records = operation === 'ListRecords' ? answer.body['Records'] : undefined;
        if (!Array.isArray(records)) return base.intercept(service, operation, input, answer);
        const highest = records.reduce((count: number, record) => Math.max(count, Number(record['SyncCount'])), 0);
        return { ...answer, body: { ...answer.body, DatasetSyncCount: highest } };
      },
    }),
  },
  {
    id: 'reading-raises-count',
    title: "Every listing raises the dataset's count.",
    requirement: 'list-records/reading-changes-nothing',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      afterList: (_service, dataset) => {
        if (dataset.exists) dataset.count += 1;
      },
    }),
  },
  {
    id: 'count-is-zero',
    title: 'Count of a listing is always 0.',
    requirement: 'list-records/count-member',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, shownCount: () => 0 }),
  },
  {
    id: 'no-token-for-unknown-dataset',
    title: 'The listing of an unknown dataset has no session token.',
    requirement: 'list-records/token-present',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      issueToken: (service, dataset, path, presented) =>
        dataset.exists ? base.issueToken(service, dataset, path, presented) : '',
    }),
  },
];
