import type { DatasetState } from '../../reference/core/world.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'dataset';

/** Statistics of datasets that are kept beside the data. */
export const describingMutants: readonly Mutant[] = [
  {
    id: 'storage-only-grows',
    title: 'DataStorage adds up every write and never shrinks.',
    requirement: 'dataset/data-storage-agrees',
    group,
    minimum: 5,
    mutate: (base) => {
      const written = new WeakMap<DatasetState, number>();
      return {
        ...base,
        storeRecord: (service, dataset, record) => {
          const old = base.findRecord(service, dataset, record.key);
          const lost = old?.value == null ? 0 : Buffer.byteLength(old.key) + Buffer.byteLength(old.value);
          written.set(dataset, (written.get(dataset) ?? 0) + (record.value === null ? 0 : lost));
          base.storeRecord(service, dataset, record);
        },
        dataStorage: (service, dataset) => base.dataStorage(service, dataset) + (written.get(dataset) ?? 0),
        eraseDataset: (service, dataset) => {
          base.eraseDataset(service, dataset);
          written.delete(dataset);
        },
      };
    },
  },
  {
    id: 'storage-counts-long-values-short',
    title: 'DataStorage counts no more than 1,024 bytes of a value.',
    requirement: 'dataset/data-storage-agrees',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      dataStorage: (service, dataset) => {
        let surplus = 0;
        for (const { value } of dataset.records.values()) surplus += Math.max(0, (value?.length ?? 0) - 1024);
        return base.dataStorage(service, dataset) - surplus;
      },
    }),
  },
  {
    id: 'batch-removals-still-counted',
    title: 'NumRecords still counts records that were removed by a batch of several patches.',
    requirement: 'dataset/describe-agrees',
    group,
    minimum: 5,
    mutate: (base) => {
      const surplus = new WeakMap<DatasetState, number>();
      return {
        ...base,
        afterUpdate: (_service, dataset, judged) => {
          const removed = judged.filter(({ patch, record }) => patch.op === 'remove' && record?.value != null);
          if (judged.length > 1) surplus.set(dataset, (surplus.get(dataset) ?? 0) + removed.length);
        },
        numRecords: (service, dataset) => base.numRecords(service, dataset) + (surplus.get(dataset) ?? 0),
        eraseDataset: (service, dataset) => {
          base.eraseDataset(service, dataset);
          surplus.delete(dataset);
        },
      };
    },
  },
  {
    id: 'listed-num-records-lags',
    title: 'ListDatasets shows the NumRecords from before the last update.',
    requirement: 'dataset/list-agrees',
    group,
    minimum: 3,
    mutate: (base) => {
      const counts = new WeakMap<DatasetState, readonly [before: number, now: number]>();
      return {
        ...base,
        afterUpdate: (service, dataset) => {
          const [, before] = counts.get(dataset) ?? [0, 0];
          counts.set(dataset, [before, base.numRecords(service, dataset)]);
        },
        eraseDataset: (service, dataset) => {
          base.eraseDataset(service, dataset);
          counts.delete(dataset);
        },
        intercept: (service, operation, input, answer) => {
          const listed = answer.body['Datasets'];
          if (operation !== 'ListDatasets' || !Array.isArray(listed)) {
            return base.intercept(service, operation, input, answer);
          }
          const identity = service.world.pools
            .get(String(input['IdentityPoolId']))
            ?.identities.get(String(input['IdentityId']));
          const lagging = listed.map((shown: { readonly DatasetName: string }) => {
            const dataset = identity?.datasets.get(shown.DatasetName);
            const known = dataset === undefined ? undefined : counts.get(dataset);
            return known === undefined ? shown : { ...shown, NumRecords: known[0] };
          });
          return { ...answer, body: { ...answer.body, Datasets: lagging } };
        },
      };
    },
  },
  {
    id: 'datasets-counted-one-short',
    title: 'Count of ListDatasets is one too small when there are several.',
    requirement: 'dataset/list-agrees',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        const count = Number(answer.body['Count']);
        return operation === 'ListDatasets' && count > 1
          ? { ...answer, body: { ...answer.body, Count: count - 1 } }
          : base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'empty-identity-not-found',
    title: 'ListDatasets of an identity without datasets answers 404.',
    requirement: 'dataset/empty-list',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        operation === 'ListDatasets' && answer.body['Count'] === 0
          ? { status: 404, errorType: 'ResourceNotFoundException', body: { message: 'No such identity' } }
          : base.intercept(service, operation, input, answer),
    }),
  },
  {
    id: 'described-only-with-values',
    title: 'A dataset is not described when all its records are removed.',
    requirement: 'dataset/created-by-update',
    group: 'dataset',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        const shown = answer.body['Dataset'] as { readonly NumRecords?: number } | undefined;
        return operation === 'DescribeDataset' && shown?.NumRecords === 0
          ? { status: 404, errorType: 'ResourceNotFoundException', body: { message: 'No such dataset' } }
          : base.intercept(service, operation, input, answer);
      },
    }),
  },
];
