import { totalStorage } from '../../reference/rules/sizes.ts';
import { type Mutant, withAnswers } from '../base/mutant.ts';

const group = 'consistency';

/** Servers whose usage is right at first, and not when something else comes up. */
export const usageMutants: readonly Mutant[] = [
  {
    id: 'deleted-storage-in-usage',
    title: "The storage of an identity's usage still has the datasets that were deleted.",
    requirement: 'consistency/identity-usage-storage',
    group,
    minimum: 6,
    mutate(base) {
      const deleted = new Map<string, number>();
      return {
        ...base,
        eraseDataset(service, dataset) {
          const size = base.dataStorage(service, dataset);
          deleted.set(dataset.identityId, (deleted.get(dataset.identityId) ?? 0) + size);
          base.eraseDataset(service, dataset);
        },
        identityUsage(service, poolId, identityId, identity) {
          const usage = base.identityUsage(service, poolId, identityId, identity);
          return { ...usage, DataStorage: Number(usage['DataStorage']) + (deleted.get(identityId) ?? 0) };
        },
      };
    },
  },
  {
    id: 'pool-storage-of-one-identity',
    title: "The storage of a pool's usage is that of its first identity.",
    requirement: 'consistency/pool-usage-storage',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      poolUsage(service, poolId, pool) {
        const [first] = pool?.identities.values() ?? [];
        const DataStorage = totalStorage(service, service.behaviour.listedDatasets(service, first));
        return { ...base.poolUsage(service, poolId, pool), DataStorage };
      },
    }),
  },
  {
    id: 'count-of-larger-pages-is-total',
    title: 'Count of a page of one pool is 1, and of a larger page the number of all pools.',
    requirement: 'consistency/pool-list-count',
    group,
    minimum: 4,
    mutate: (base) =>
      withAnswers(base, (service, operation, input, answer) =>
        operation === 'ListIdentityPoolUsage' && answer.status === 200 && Number(input['MaxResults'] ?? 1) > 1
          ? { ...answer, body: { ...answer.body, Count: service.world.pools.size } }
          : answer,
      ),
  },
];
