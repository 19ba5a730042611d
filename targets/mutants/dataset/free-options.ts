import type { Output } from '../../reference/core/behaviour.ts';
import type { DatasetState, IdentityState } from '../../reference/core/world.ts';
import { type Mutant, withAnswers } from '../base/mutant.ts';

type Choices = NonNullable<NonNullable<Mutant['options']>['choices']>;

/** DataStorage of a server that measures by a rule of its own, and breaks it. */
function measuring(id: string, title: string, minimum: number, mutate: Mutant['mutate']): Mutant {
  const choices: Choices = { 'data-storage': 'other' };
  return {
    id,
    title,
    requirement: 'dataset/data-storage-agrees',
    group: 'dataset',
    minimum,
    options: { choices },
    mutate,
  };
}

/** DeviceLastModifiedDate as no option of the documentation explains it. */
function dating(id: string, title: string, mutate: Mutant['mutate'], choices: Choices = {}): Mutant {
  const requirement = 'record/device-date-has-source';
  return { id, title, requirement, group: 'record', minimum: 2, options: { choices }, mutate };
}

/** A number of bytes of a usage, changed. */
function reckoning(member: string, usage: Output, change: (bytes: number) => number): Output {
  return { ...usage, [member]: change(Number(usage[member])) };
}

function hasOddKey(identity: IdentityState | undefined): boolean {
  const keys = [...(identity?.datasets.values() ?? [])].flatMap(({ records }) => [...records.keys()]);
  return keys.some((key) => /[^\0-\x7f]/.test(key));
}

const hours = 3600;

/** Servers that take an option which allows much, and go beyond it. */
export const freeOptionMutants: readonly Mutant[] = [
  measuring('storage-always-zero', 'DataStorage of a dataset is always 0.', 3, (base) => ({
    ...base,
    dataStorage: () => 0,
  })),
  measuring('storage-of-first-look', 'DataStorage of a dataset stays as it was first shown.', 6, (base) => {
    const shown = new WeakMap<DatasetState, number>();
    return {
      ...base,
      dataStorage: (service, dataset) => {
        const first = shown.get(dataset) ?? base.dataStorage(service, dataset);
        shown.set(dataset, first);
        return first;
      },
      eraseDataset: (service, dataset) => {
        base.eraseDataset(service, dataset);
        shown.delete(dataset);
      },
    };
  }),
  measuring('storage-grows-with-reading', 'DataStorage grows by a byte with every look.', 4, (base) => {
    let looks = -1;
    return { ...base, dataStorage: (service, dataset) => base.dataStorage(service, dataset) + (looks += 1) };
  }),
  measuring('storage-of-newest-update', 'DataStorage measures the records of the newest update only.', 6, (base) => ({
    ...base,
    dataStorage: (service, dataset) => {
      const newest = [...dataset.records].filter(([, { count }]) => count === dataset.count);
      return base.dataStorage(service, { ...dataset, records: new Map(newest) });
    },
  })),
  measuring('storage-keeps-what-was-removed', 'DataStorage is the most that the dataset ever took up.', 6, (base) => {
    const most = new WeakMap<DatasetState, number>();
    return {
      ...base,
      storeRecord: (service, dataset, record) => {
        base.storeRecord(service, dataset, record);
        most.set(dataset, Math.max(most.get(dataset) ?? 0, base.dataStorage(service, dataset)));
      },
      dataStorage: (service, dataset) => most.get(dataset) ?? base.dataStorage(service, dataset),
      eraseDataset: (service, dataset) => {
        base.eraseDataset(service, dataset);
        most.delete(dataset);
      },
    };
  }),
  dating('device-date-shifted', 'DeviceLastModifiedDate is six hours behind the one that was sent.', (base) => ({
    ...base,
    storedDeviceDate: (service, patch) => {
      const date = base.storedDeviceDate(service, patch);
      return date === null ? null : Math.max(0, date - 6 * hours);
    },
  })),
  dating(
    'device-date-of-local-time',
    'DeviceLastModifiedDate is the time of the server in a zone two hours ahead.',
    (base) => ({
      ...base,
      storedDeviceDate: (service, patch) => {
        const date = base.storedDeviceDate(service, patch);
        return date === null ? null : date + 2 * hours;
      },
    }),
    { 'device-date': 'server-made', 'device-date-unsent': 'server-made' },
  ),
  dating('device-date-in-whole-hours', 'DeviceLastModifiedDate is cut to the hour.', (base) => ({
    ...base,
    storedDeviceDate: (service, patch) => {
      const date = base.storedDeviceDate(service, patch);
      return date === null ? null : date - (date % hours);
    },
  })),
  dating('device-date-of-patch-before', 'A patch without a date gets that of the patch before it.', (base) => {
    let last: number | null = null;
    return {
      ...base,
      storedDeviceDate: (service, patch) => {
        last = base.storedDeviceDate(service, patch) ?? last;
        return last;
      },
      applyBatch: (service, dataset, judged) => {
        last = null;
        return base.applyBatch(service, dataset, judged);
      },
    };
  }),
  {
    id: 'identity-usage-empty-after-removal',
    title: "The storage of an identity's usage is by a rule of its own, and 0 once a record was removed.",
    requirement: 'consistency/identity-usage-storage',
    group: 'consistency',
    minimum: 5,
    options: { choices: { 'identity-usage-storage': 'other' } },
    mutate: (base) => ({
      ...base,
      identityUsage(service, poolId, identityId, identity) {
        const usage = base.identityUsage(service, poolId, identityId, identity);
        const records = [...(identity?.datasets.values() ?? [])].flatMap((dataset) => [...dataset.records.values()]);
        const removed = records.some(({ value }) => value === null);
        return reckoning('DataStorage', usage, (bytes) => (removed ? 0 : bytes));
      },
    }),
  },
  {
    id: 'pool-usage-beyond-all',
    title: "The storage of a pool's usage lags behind, and is a megabyte once the pool has two identities.",
    requirement: 'consistency/pool-usage-storage',
    group: 'consistency',
    minimum: 4,
    options: { choices: { 'pool-usage-storage': 'later' } },
    mutate: (base) => ({
      ...base,
      poolUsage: (service, poolId, pool) =>
        reckoning('DataStorage', base.poolUsage(service, poolId, pool), (bytes) =>
          (pool?.identities.size ?? 0) > 1 ? 1_048_576 : bytes,
        ),
    }),
  },
  {
    id: 'identity-usage-beyond-all',
    title: "The storage of an identity's usage lags behind, and is a kilobyte once a key is no ASCII.",
    requirement: 'consistency/identity-usage-storage',
    group: 'consistency',
    minimum: 3,
    options: { choices: { 'identity-usage-storage': 'later' } },
    mutate: (base) => ({
      ...base,
      identityUsage: (service, poolId, identityId, identity) =>
        reckoning('DataStorage', base.identityUsage(service, poolId, identityId, identity), (bytes) =>
          hasOddKey(identity) ? 1024 : bytes,
        ),
    }),
  },
  {
    id: 'pool-usage-empty-after-deletion',
    title: "The storage of a pool's usage is by a rule of its own, and 0 once a dataset was deleted.",
    requirement: 'consistency/pool-usage-storage',
    group: 'consistency',
    minimum: 6,
    options: { choices: { 'pool-usage-storage': 'other' } },
    mutate: (base) => {
      const shrunk = new Set<string>();
      return {
        ...base,
        eraseDataset(service, dataset) {
          base.eraseDataset(service, dataset);
          shrunk.add(dataset.poolId);
        },
        poolUsage: (service, poolId, pool) =>
          reckoning('DataStorage', base.poolUsage(service, poolId, pool), (bytes) => (shrunk.has(poolId) ? 0 : bytes)),
      };
    },
  },
  {
    id: 'pool-count-below-zero',
    title: 'Count of ListIdentityPoolUsage is by a rule of its own, and -1 for a page that was asked for by size.',
    requirement: 'consistency/pool-list-count',
    group: 'consistency',
    minimum: 4,
    options: { choices: { 'pool-list-count': 'other' } },
    mutate: (base) =>
      withAnswers(base, (_service, operation, input, answer) =>
        operation === 'ListIdentityPoolUsage' && answer.status === 200 && Number(input['MaxResults'] ?? 1) > 1
          ? { ...answer, body: { ...answer.body, Count: -1 } }
          : answer,
      ),
  },
];
