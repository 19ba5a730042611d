import type { DatasetState } from '../../reference/core/world.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'sync-count';

/** How counts are kept, cached and shown. */
export const counterMutants: readonly Mutant[] = [
  {
    id: 'counter-in-blocks',
    title: 'Counts are taken in blocks of twenty, and the last of a block is lost.',
    requirement: 'sync-count/rises-by-one',
    group,
    minimum: 40,
    mutate: (base) => ({
      ...base,
      nextCount: (dataset, judged) => {
        const next = base.nextCount(dataset, judged);
        return next % 20 === 0 ? next + 1 : next;
      },
    }),
  },
  {
    id: 'conflict-takes-a-count',
    title: 'The update after a conflict skips the count that the conflict had taken.',
    requirement: 'conflict/refused-changes-nothing',
    group: 'conflict',
    minimum: 5,
    mutate: (base) => {
      const taken = new WeakMap<DatasetState, number>();
      return {
        ...base,
        afterRefusal: (_service, dataset, _judged, _claims, refusal) => {
          if (refusal.refused === 'ResourceConflictException') taken.set(dataset, (taken.get(dataset) ?? 0) + 1);
        },
        nextCount: (dataset, judged) => {
          const skipped = taken.get(dataset) ?? 0;
          taken.delete(dataset);
          return base.nextCount(dataset, judged) + skipped;
        },
      };
    },
  },
  {
    id: 'removal-takes-no-count',
    title: 'A remove leaves the count of its record and dataset as they were.',
    requirement: 'sync-count/rises-by-one',
    group: 'sync-count',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      nextCount: (dataset, judged) =>
        dataset.exists && judged.every(({ patch, record }) => patch.op === 'remove' && record !== undefined)
          ? dataset.count
          : base.nextCount(dataset, judged),
    }),
  },
  {
    id: 'removed-record-keeps-count',
    title: 'A removed record keeps the count that it had.',
    requirement: 'sync-count/rises-by-one',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      makeRecord: (service, dataset, record, patch, count) =>
        base.makeRecord(service, dataset, record, patch, patch.op === 'remove' && record ? record.count : count),
    }),
  },
  {
    id: 'dataset-count-of-live-records',
    title: 'DatasetSyncCount is the highest count among the records that have a value.',
    requirement: 'sync-count/dataset-count-is-highest',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      shownDatasetCount: (service, dataset) => {
        if (!dataset.exists) return base.shownDatasetCount(service, dataset);
        const live = [...dataset.records.values()].filter(({ value }) => value !== null);
        return live.reduce((highest, { count }) => Math.max(highest, count), 0);
      },
    }),
  },
  {
    id: 'identity-shares-counter',
    title: 'The datasets of an identity share one counter.',
    requirement: 'sync-count/first-update-is-one',
    group,
    minimum: 4,
    mutate: (base) => {
      const counters = new Map<string, number>();
      return {
        ...base,
        nextCount: (dataset, judged) => {
          const owner = `${dataset.poolId} ${dataset.identityId}`;
          const next = Math.max(counters.get(owner) ?? 0, base.nextCount(dataset, judged) - 1) + 1;
          counters.set(owner, next);
          return next;
        },
      };
    },
  },
  {
    id: 'interleaved-update-skips',
    title: 'An update of another dataset of the identity, between two updates of one, raises its count by two.',
    requirement: 'sync-count/rises-by-one',
    group,
    minimum: 6,
    mutate: (base) => {
      const last = new Map<string, string>();
      return {
        ...base,
        nextCount: (dataset, judged) => {
          const owner = `${dataset.poolId} ${dataset.identityId}`;
          const between = dataset.records.size > 0 && last.get(owner) !== dataset.name;
          last.set(owner, dataset.name);
          return base.nextCount(dataset, judged) + (between ? 1 : 0);
        },
      };
    },
  },
  {
    id: 'shown-in-a-signed-byte',
    title: 'The SyncCount of a record is shown in a signed byte: 128 as -128.',
    requirement: 'sync-count/exact-past-127',
    group,
    minimum: 256,
    mutate: (base) => ({
      ...base,
      renderRecord: (service, dataset, record) => ({
        ...base.renderRecord(service, dataset, record),
        SyncCount: (record.count << 24) >> 24,
      }),
    }),
  },
  {
    id: 'dataset-count-in-a-byte',
    title: 'DatasetSyncCount is shown in a byte: 256 as 0.',
    requirement: 'sync-count/exact-past-255',
    group,
    minimum: 513,
    mutate: (base) => ({
      ...base,
      shownDatasetCount: (service, dataset) => base.shownDatasetCount(service, dataset) & 0xff,
    }),
  },
];
