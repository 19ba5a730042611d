import type { Mutant } from '../base/mutant.ts';

const group = 'dataset';

/** Names and owners that end up in one place. */
function merging(id: string, title: string, fold: (name: string) => string): Mutant {
  return {
    id,
    title,
    requirement: 'dataset/names-apart',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, datasetKey: (name) => fold(base.datasetKey(name)) }),
  };
}

export const nameMutants: readonly Mutant[] = [
  merging('dataset-name-end-trimmed', 'A dot or underscore at the end of a dataset name does not count.', (name) =>
    name.replace(/[._]$/, ''),
  ),
  merging('dataset-name-ends-at-dot', 'A dataset name ends at its first dot.', (name) => name.split('.', 1)[0] ?? ''),
  merging('dataset-names-fold-punctuation', 'Hyphens and underscores in dataset names are the same.', (name) =>
    name.replaceAll('-', '_'),
  ),
  {
    id: 'deletion-reaches-other-identities',
    title: 'DeleteDataset deletes the dataset of that name for every identity of the pool.',
    requirement: 'dataset/identities-apart',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      doomedDatasets: (service, identity, dataset) => {
        const identities = service.world.pools.get(dataset.poolId)?.identities.values() ?? [];
        const named = [...identities].flatMap(({ datasets }) => [...datasets.values()]);
        const alike = named.filter((other) => other !== dataset && other.exists && other.name === dataset.name);
        return [...base.doomedDatasets(service, identity, dataset), ...alike];
      },
    }),
  },
  {
    id: 'deletion-reaches-other-pools',
    title: 'DeleteDataset deletes the dataset in every pool that knows the identity.',
    requirement: 'dataset/pools-apart',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      doomedDatasets: (service, identity, dataset) => {
        const others = [...service.world.pools.values()].flatMap((pool) => {
          const other = pool.identities.get(dataset.identityId)?.datasets.get(dataset.name);
          return other !== undefined && other !== dataset && other.exists ? [other] : [];
        });
        return [...base.doomedDatasets(service, identity, dataset), ...others];
      },
    }),
  },
  {
    id: 'recreation-empties-namesakes',
    title: 'Creating a dataset empties those whose names begin with its own.',
    requirement: 'dataset/names-apart',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      createDataset: (service, dataset) => {
        base.createDataset(service, dataset);
        const pool = service.world.pools.get(dataset.poolId);
        for (const other of pool?.identities.get(dataset.identityId)?.datasets.values() ?? []) {
          if (other !== dataset && other.name.startsWith(dataset.name)) other.records.clear();
        }
      },
    }),
  },
];
