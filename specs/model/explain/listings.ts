import type { DatasetState, RecordState } from '../state/dataset-state.ts';
import type { Listing } from '../state/expected-listing.ts';
import type { Hypothesis } from './hypothesis.ts';

type Asked = Omit<Listing, 'lists'>;

function lists(
  id: string,
  requirement: string,
  says: string,
  which: (record: RecordState, listing: Asked, usual: boolean) => boolean,
): Hypothesis {
  return {
    id: `listing/${id}`,
    requirement,
    says,
    override: ({ listed }) => ({ listed: (record, listing) => which(record, listing, listed(record, listing)) }),
  };
}

function shows(
  id: string,
  requirement: string,
  says: string,
  as: (dataset: DatasetState, listing: Asked) => DatasetState,
): Hypothesis {
  return {
    id: `listing/${id}`,
    requirement,
    says,
    override: ({ shown }) => ({ shown: (dataset, listing) => as(shown(dataset, listing), listing) }),
  };
}

const newer = 'list-records/only-newer';
const everything = 'list-records/everything-without-count';
const removed = 'record/removed-stays-listed';
const highest = 'sync-count/dataset-count-is-highest';

const counts = (dataset: DatasetState): readonly number[] => [...dataset.records.values()].map(({ count }) => count);

function withRecords(dataset: DatasetState, change: (record: RecordState) => RecordState): DatasetState {
  return { ...dataset, records: new Map([...dataset.records].map(([key, record]) => [key, change(record)])) };
}

function first(dataset: DatasetState, most: number): DatasetState {
  const records = [...dataset.records].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most);
  return { ...dataset, records: new Map(records) };
}

/** What a server may list. */
const filters: readonly Hypothesis[] = [
  lists(
    'since-inclusive',
    newer,
    'includes the records of the requested count',
    (record, { since }, usual) => usual || (since > 0 && record.count === since),
  ),
  lists('since-ignored', newer, 'ignores lastSyncCount', () => true),
  lists(
    'since-exclusive-by-one',
    newer,
    'leaves out the records one above the requested count',
    (record, { since }, usual) => usual && !(since > 0 && record.count === since + 1),
  ),
  lists(
    'since-as-text',
    newer,
    'compares lastSyncCount as a text',
    (record, { since }) => since === 0 || String(record.count) > String(since),
  ),
  lists(
    'nothing-after-zero',
    everything,
    'lists nothing after sync count 0',
    (_, { asked, since }, usual) => usual && !(asked && since === 0),
  ),
  lists(
    'removed-hidden',
    removed,
    'does not list removed records',
    (record, _, usual) => usual && record.value !== null,
  ),
  lists(
    'removed-hidden-since',
    removed,
    'does not list removed records after a count',
    (record, { since }, usual) => usual && (since === 0 || record.value !== null),
  ),
  lists(
    'removed-hidden-from-start',
    removed,
    'does not list removed records from the start',
    (record, { since }, usual) => usual && (since > 0 || record.value !== null),
  ),
  lists(
    'removed-always',
    newer,
    'lists removed records after any count',
    (record, { since }, usual) => usual || (since > 0 && record.value === null),
  ),
  lists(
    'empty-hidden',
    'record/empty-value',
    'does not list records with an empty value',
    (record, _, usual) => usual && record.value !== '',
  ),
  lists(
    'empty-hidden-since',
    newer,
    'does not list records with an empty value after a count',
    (record, { since }, usual) => usual && (since === 0 || record.value !== ''),
  ),
  lists(
    'first-update-hidden',
    'record/update-is-stored',
    'leaves out the records of the first update',
    (record, { since }, usual) => usual && (since > 0 || record.count > 1),
  ),
  ...[1, 2, 3, 5].map((last) =>
    lists(
      `latest-${last}`,
      newer,
      `lists after a count only what the last ${last === 1 ? 'update' : `${last} updates`} changed`,
      (record, { since, dataset }, usual) => usual && (since === 0 || record.count > dataset.count - last),
    ),
  ),
];

const forms: readonly Hypothesis[] = [
  shows('count-lags', highest, 'shows the DatasetSyncCount before the last update', (dataset) => ({
    ...dataset,
    count: dataset.earlier.at(-1)?.count ?? 0,
  })),
  shows('count-behind', highest, 'shows a DatasetSyncCount one too low', (dataset) => ({
    ...dataset,
    count: Math.max(0, dataset.count - 1),
  })),
  shows(
    'count-of-listed',
    'list-records/dataset-count',
    'shows the highest count among the listed records as DatasetSyncCount',
    (dataset, { since }) => ({ ...dataset, count: Math.max(0, ...counts(dataset).filter((count) => count > since)) }),
  ),
  shows(
    'count-is-requested',
    'list-records/dataset-count',
    'shows the requested count as DatasetSyncCount',
    (dataset, { since }) => (since > 0 ? { ...dataset, count: since } : dataset),
  ),
  shows(
    'count-of-live',
    highest,
    'shows the highest count among the records that have a value as DatasetSyncCount',
    (dataset) => ({
      ...dataset,
      count: Math.max(
        0,
        ...[...dataset.records.values()].filter(({ value }) => value !== null).map(({ count }) => count),
      ),
    }),
  ),
  shows('count-of-records', highest, 'shows the number of records as DatasetSyncCount', (dataset) => ({
    ...dataset,
    count: dataset.records.size,
  })),
  shows('count-ahead', highest, 'shows a DatasetSyncCount one too high', (dataset) => ({
    ...dataset,
    count: dataset.count + 1,
  })),
  shows('records-lag', 'sync-count/returned-count-is-listed', 'lists records at one less than their count', (dataset) =>
    withRecords(dataset, (record) => ({ ...record, count: record.count - 1 })),
  ),
  shows(
    'written-twice-lags',
    'sync-count/returned-count-is-listed',
    'lists a record at one less than its count once it was written twice',
    (dataset) =>
      withRecords(dataset, (record) =>
        dataset.earlier.some(({ records }) => records.has(record.key))
          ? { ...record, count: record.count - 1 }
          : record,
      ),
  ),
  shows('removed-with-value', 'record/removed-has-no-value', 'lists removed records with an empty value', (dataset) =>
    withRecords(dataset, (record) => (record.value === null ? { ...record, value: '' } : record)),
  ),
  ...[1, 2].map((lag) =>
    shows(
      `lags-${lag}`,
      'record/update-is-stored',
      `lists the dataset as it was ${lag === 1 ? 'before the last update' : `${lag} updates ago`}`,
      (dataset) => {
        const before = dataset.earlier.at(-lag);
        return before === undefined ? dataset : { ...before, id: dataset.id };
      },
    ),
  ),
  shows('cached', 'record/update-is-stored', 'lists the dataset as it was when it was first listed', (dataset) =>
    dataset.listed === null ? dataset : { ...dataset.listed, id: dataset.id },
  ),
  shows('cached-since', newer, 'answers a listing after a count from what it last listed', (dataset, { since }) =>
    dataset.listed === null || since === 0 ? dataset : { ...dataset.listed, id: dataset.id },
  ),
  ...[8, 10, 16, 20, 25, 32, 50, 64, 100, 128, 200, 250, 256, 500, 1000].map((most) =>
    shows(`first-${most}`, everything, `lists at most ${most} records`, (dataset) => first(dataset, most)),
  ),
];

const reading: readonly Hypothesis[] = [
  {
    id: 'reading/raises-count',
    requirement: 'list-records/reading-changes-nothing',
    says: 'raises the sync count of a dataset with every listing',
    override: ({ read }) => ({
      read(dataset) {
        const known = read(dataset);
        return known.exists || known.deletedAt !== null ? { ...known, count: known.count + 1 } : known;
      },
    }),
  },
  {
    id: 'reading/creates',
    requirement: 'list-records/creates-nothing',
    says: 'creates a dataset when it is listed',
    override: ({ read }) => ({
      read: (dataset) => (dataset.deletedAt === null ? { ...read(dataset), exists: true } : read(dataset)),
    }),
  },
];

/** What a server may list otherwise, and what reading may change. */
export const listingHypotheses: readonly Hypothesis[] = [...filters, ...forms, ...reading];
