import type { DatasetState } from '../../reference/core/world.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'dataset';

/** The second life of a dataset, and what is left of the first. */
export const deletionMutants: readonly Mutant[] = [
  {
    id: 'second-deletion-resets-count',
    title: 'A dataset that was deleted twice counts from 0.',
    requirement: 'dataset/counter-survives-deletion',
    group,
    minimum: 8,
    mutate: (base) => ({
      ...base,
      eraseDataset: (service, dataset) => {
        const again = dataset.deletedAt !== undefined;
        base.eraseDataset(service, dataset);
        if (again) dataset.count = 0;
      },
    }),
  },
  {
    id: 'second-deletion-unflagged',
    title: 'DatasetDeletedAfterRequestedSyncCount knows of the first deletion only.',
    requirement: 'dataset/deleted-flag',
    group,
    minimum: 9,
    mutate: (base) => ({
      ...base,
      eraseDataset: (service, dataset) => {
        const { deletedAt } = dataset;
        base.eraseDataset(service, dataset);
        dataset.deletedAt = deletedAt ?? dataset.deletedAt;
      },
    }),
  },
  {
    id: 'flag-cleared-by-reading',
    title: 'DatasetDeletedAfterRequestedSyncCount is true in one listing only.',
    requirement: 'dataset/deleted-flag',
    group,
    minimum: 7,
    mutate: (base) => {
      const told = new WeakSet<DatasetState>();
      return {
        ...base,
        deletedFlag: (service, dataset, since) => !told.has(dataset) && base.deletedFlag(service, dataset, since),
        afterList: (_service, dataset) => {
          if (dataset.exists && dataset.deletedAt !== undefined) told.add(dataset);
        },
        eraseDataset: (service, dataset) => {
          base.eraseDataset(service, dataset);
          told.delete(dataset);
        },
      };
    },
  },
  {
    id: 'flag-stays-for-ever',
    title:
      'DatasetDeletedAfterRequestedSyncCount is true after any deletion, also when the count asked for is that of a later update.',
    requirement: 'dataset/deleted-flag',
    group,
    minimum: 8,
    mutate: (base) => ({
      ...base,
      deletedFlag: (service, dataset, since) =>
        base.deletedFlag(service, dataset, since) ||
        (dataset.exists && dataset.deletedAt !== undefined && since > dataset.deletedAt + 1),
    }),
  },
  {
    id: 'recreated-keys-refused-at-zero',
    title: 'Keys of a deleted dataset keep their counts for the first update after it.',
    requirement: 'dataset/recreated-keys-at-zero',
    group,
    minimum: 5,
    mutate: (base) => {
      const graves = new WeakMap<DatasetState, ReadonlyMap<string, number>>();
      return {
        ...base,
        eraseDataset: (service, dataset) => {
          graves.set(dataset, new Map([...dataset.records].map(([key, { count }]) => [key, count])));
          base.eraseDataset(service, dataset);
        },
        judgePatch: (service, dataset, record, patch) => {
          const count = dataset.exists ? undefined : graves.get(dataset)?.get(base.recordKey(patch.key));
          return count === undefined || patch.count === count
            ? base.judgePatch(service, dataset, record, patch)
            : base.conflict(patch.key, count, patch.count);
        },
      };
    },
  },
  {
    id: 'deleted-dataset-listed',
    title: 'ListDatasets still names deleted datasets.',
    requirement: 'dataset/delete-erases',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      listedDatasets: (_service, identity) =>
        [...(identity?.datasets.values() ?? [])].filter(
          (dataset) => base.describable(dataset) || dataset.deletedAt !== undefined,
        ),
    }),
  },
  {
    id: 'deleted-dataset-described',
    title: 'A deleted dataset is still described.',
    requirement: 'dataset/delete-erases',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        const dataset = service.world.pools
          .get(String(input['IdentityPoolId']))
          ?.identities.get(String(input['IdentityId']))
          ?.datasets.get(String(input['DatasetName']));
        return operation === 'DescribeDataset' && answer.status === 404 && dataset?.deletedAt !== undefined
          ? { status: 200, body: { Dataset: base.renderDataset(service, dataset) } }
          : base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'delete-only-if-empty',
    title: 'A dataset with records is not deleted.',
    requirement: 'dataset/delete-accepted',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      doomedDatasets: (service, identity, dataset) => {
        const doomed = base.doomedDatasets(service, identity, dataset);
        return dataset.records.size > 0 ? [] : doomed;
      },
      intercept: (service, operation, input, answer) =>
        operation === 'DeleteDataset' && answer.status === 200
          ? {
              status: 400,
              errorType: 'InvalidParameterException',
              body: { message: 'The dataset is not empty' },
            }
          : base.intercept(service, operation, input, answer),
    }),
  },
  {
    id: 'delete-answers-nothing',
    title: 'DeleteDataset answers an empty object.',
    requirement: 'dataset/delete-accepted',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        operation === 'DeleteDataset' && answer.status === 200
          ? { ...answer, body: {} }
          : base.intercept(service, operation, input, answer),
    }),
  },
];
