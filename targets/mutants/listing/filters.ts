import { datasetPath } from '../../reference/rules/storage.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'list-records';

/** Listings after a count, by pages, and of nothing. */
export const filterMutants: readonly Mutant[] = [
  {
    id: 'since-inclusive-for-removed',
    title: 'lastSyncCount includes the removed records of that count.',
    requirement: 'list-records/only-newer',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      isNewer: (record, since) =>
        base.isNewer(record, since) || (since > 0 && record.value === null && record.count === since),
    }),
  },
  {
    id: 'since-compared-as-text',
    title: 'Counts are compared with lastSyncCount as texts: 10 is not after 9.',
    requirement: 'list-records/only-newer',
    group,
    minimum: 21,
    mutate: (base) => ({ ...base, isNewer: (record, since) => since === 0 || String(record.count) > String(since) }),
  },
  {
    id: 'since-inclusive-from-ten',
    title: 'From 10 on lastSyncCount includes the records of that count.',
    requirement: 'list-records/only-newer',
    group,
    minimum: 21,
    mutate: (base) => ({
      ...base,
      isNewer: (record, since) => base.isNewer(record, since) || (since >= 10 && record.count === since),
    }),
  },
  {
    id: 'rewritten-listed-twice',
    title: 'A record that was written by two updates is listed twice.',
    requirement: 'list-records/each-record-once',
    group,
    minimum: 5,
    mutate: (base) => {
      const rewritten = new WeakSet<object>();
      return {
        ...base,
        makeRecord: (service, dataset, record, patch, count) => {
          const made = base.makeRecord(service, dataset, record, patch, count);
          if (record !== undefined) rewritten.add(made);
          return made;
        },
        listedRecords: (service, dataset, since) =>
          base
            .listedRecords(service, dataset, since)
            .flatMap((record) => (rewritten.has(record) ? [record, record] : [record])),
      };
    },
  },
  {
    id: 'all-removed-refused',
    title: 'Listing a dataset whose records are all removed is refused.',
    requirement: 'list-records/answers',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      sinceProblem: (service, dataset, since) => {
        const values = [...dataset.records.values()].map(({ value }) => value);
        return dataset.exists && values.length > 0 && values.every((value) => value === null)
          ? { refused: 'InvalidParameterException', message: 'Nothing to list' }
          : base.sinceProblem(service, dataset, since);
      },
    }),
  },
  {
    id: 'exists-only-with-values',
    title: 'DatasetExists is false when all records are removed.',
    requirement: 'list-records/dataset-exists',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      shownExists: (dataset) =>
        base.shownExists(dataset) && [...dataset.records.values()].some(({ value }) => value !== null),
    }),
  },
  {
    id: 'count-of-updates',
    title: 'Count counts the updates that the listed records came with.',
    requirement: 'list-records/count-member',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      shownCount: (service, listing) =>
        new Set(listing.page.map(({ count }) => count)).size < listing.page.length
          ? new Set(listing.page.map(({ count }) => count)).size
          : base.shownCount(service, listing),
    }),
  },
  {
    id: 'no-token-with-since',
    title: 'A listing after a count has no session token.',
    requirement: 'list-records/token-present',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        operation === 'ListRecords' && Number(input['LastSyncCount'] ?? 0) > 0 && answer.status === 200
          ? { ...answer, body: { ...answer.body, SyncSessionToken: null } }
          : base.intercept(service, operation, input, answer),
    }),
  },
  {
    id: 'describing-raises-count',
    title: "DescribeDataset raises the dataset's count.",
    requirement: 'list-records/reading-changes-nothing',
    group: 'list-records',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        if (operation === 'DescribeDataset' && answer.status === 200) {
          base.findDataset(service, datasetPath(input)).count += 1;
        }
        return base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'describing-creates-dataset',
    title: 'Describing an unknown dataset creates it.',
    requirement: 'list-records/creates-nothing',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        if (operation === 'DescribeDataset' && answer.status === 404) {
          const dataset = base.findDataset(service, datasetPath(input));
          if (dataset.deletedAt === undefined) base.createDataset(service, dataset);
        }
        return base.intercept(service, operation, input, answer);
      },
    }),
  },
];
