import type { Mutant } from '../base/mutant.ts';

const group = 'dataset';

export const datasetMutants: readonly Mutant[] = [
  {
    id: 'created-by-second-update',
    title: 'A dataset is described only after its second update.',
    requirement: 'dataset/created-by-update',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, describable: (dataset) => base.describable(dataset) && dataset.count > 1 }),
  },
  {
    id: 'num-records-is-sync-count',
    title: 'NumRecords is the number of updates.',
    requirement: 'dataset/describe-agrees',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, numRecords: (_service, dataset) => dataset.count }),
  },
  {
    id: 'newest-dataset-not-listed',
    title: 'ListDatasets leaves out the dataset that was created last.',
    requirement: 'dataset/list-agrees',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      listedDatasets: (service, identity) => {
        const newest = [...(identity?.datasets.values() ?? [])].filter(({ exists }) => exists).at(-1);
        return base.listedDatasets(service, identity).filter((dataset) => dataset !== newest);
      },
    }),
  },
  {
    id: 'deletion-keeps-records',
    title: 'A dataset that is created again has its old records back.',
    requirement: 'dataset/delete-erases',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      eraseDataset: (service, dataset) => {
        const { records } = dataset;
        base.eraseDataset(service, dataset);
        dataset.records = records;
      },
      findRecord: (service, dataset, key) => (dataset.exists ? base.findRecord(service, dataset, key) : undefined),
      listedRecords: (service, dataset, since) => (dataset.exists ? base.listedRecords(service, dataset, since) : []),
    }),
  },
  {
    id: 'describe-unknown-answers',
    title: 'An unknown dataset is described as an empty one.',
    requirement: 'dataset/describe-unknown',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) =>
        operation === 'DescribeDataset' && refusal.refused === 'ResourceNotFoundException'
          ? { status: 200, body: { Dataset: null } }
          : base.errorAnswer(refusal, operation),
    }),
  },
  {
    id: 'delete-unknown-answers',
    title: 'Deleting an unknown dataset succeeds.',
    requirement: 'dataset/delete-unknown',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) =>
        operation === 'DeleteDataset' && refusal.refused === 'ResourceNotFoundException'
          ? { status: 200, body: { Dataset: null } }
          : base.errorAnswer(refusal, operation),
    }),
  },
  {
    id: 'deletion-resets-count',
    title: 'A dataset that is created again counts from 0.',
    requirement: 'dataset/counter-survives-deletion',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      createDataset: (service, dataset) => {
        base.createDataset(service, dataset);
        dataset.count = 0;
      },
    }),
  },
  {
    id: 'deleted-flag-never-set',
    title: 'DatasetDeletedAfterRequestedSyncCount is false for a dataset that was created again.',
    requirement: 'dataset/deleted-flag',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      deletedFlag: (service, dataset, since) => !dataset.exists && base.deletedFlag(service, dataset, since),
    }),
  },
  {
    id: 'dataset-names-ignore-case',
    title: 'Datasets whose names differ only in case are one.',
    requirement: 'dataset/names-apart',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, datasetKey: (name) => base.datasetKey(name).toLowerCase() }),
  },
  {
    id: 'prefix-is-deleted-too',
    title: 'DeleteDataset deletes every dataset whose name begins with the given one.',
    requirement: 'dataset/names-apart',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      doomedDatasets: (_service, identity, dataset) =>
        [...(identity?.datasets.values() ?? [])].filter(({ exists, name }) => exists && name.startsWith(dataset.name)),
    }),
  },
  {
    id: 'identities-share-datasets',
    title: 'All identities of a pool share their datasets.',
    requirement: 'dataset/identities-apart',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, identityKey: () => '' }),
  },
  {
    id: 'pools-share-identities',
    title: 'An identity has the same data in every pool.',
    requirement: 'dataset/pools-apart',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, poolKey: () => '' }),
  },
];
