import type { JudgedPatch } from '../../reference/core/behaviour.ts';
import type { Mutant } from '../base/mutant.ts';

/** A server that looks at the counts of some batches only. */
function unchecked(id: string, title: string, which: (judged: readonly JudgedPatch[]) => boolean): Mutant {
  return {
    id,
    title,
    requirement: 'conflict/one-stale-refuses-batch',
    group: 'conflict',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      firstRefusal: (judged) => (which(judged) ? undefined : base.firstRefusal(judged)),
    }),
  };
}

/** Patterns of SQL: `_` is any character, `%` any number of them. */
function isLike(pattern: string, key: string): boolean {
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('_', '[^]')
    .replaceAll('%', '[^]*');
  return new RegExp(`^${source}$`).test(key);
}

/** What goes wrong only in the company of other patches, keys or datasets. */
export const companyMutants: readonly Mutant[] = [
  unchecked(
    'mixed-batch-unchecked',
    'A batch that both writes and removes is not checked for its counts.',
    (judged) => {
      return new Set(judged.map(({ patch }) => patch.op)).size > 1;
    },
  ),
  unchecked('large-batch-unchecked', 'Batches of more than ten patches are not checked for their counts.', (judged) => {
    return judged.length > 10;
  }),
  {
    id: 'batch-cut-at-25',
    title: 'Of a batch only the first 25 patches are taken.',
    requirement: 'record/answer-lists-patched',
    group: 'record',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      applyBatch: (service, dataset, judged) => base.applyBatch(service, dataset, judged.slice(0, 25)),
    }),
  },
  {
    id: 'keys-as-patterns',
    title: 'Records are looked up with LIKE: a new key a_b is taken for an existing axb.',
    requirement: 'record/keys-distinct',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      findRecord: (service, dataset, key) =>
        base.findRecord(service, dataset, key) ?? [...dataset.records.values()].find((one) => isLike(key, one.key)),
    }),
  },
  {
    id: 'neighbours-counted',
    title: 'An update raises the counts of the other datasets of the identity as well.',
    requirement: 'dataset/names-apart',
    group: 'dataset',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterUpdate: (service, dataset, judged) => {
        base.afterUpdate(service, dataset, judged);
        const identity = service.world.pools.get(dataset.poolId)?.identities.get(dataset.identityId);
        for (const other of identity?.datasets.values() ?? []) if (other !== dataset && other.exists) other.count += 1;
      },
    }),
  },
  {
    id: 'deletion-keeps-removed',
    title: 'Removed records survive the deletion of their dataset.',
    requirement: 'dataset/delete-erases',
    group: 'dataset',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      eraseDataset: (service, dataset) => {
        const removed = [...dataset.records].filter(([, record]) => record.value === null);
        base.eraseDataset(service, dataset);
        dataset.records = new Map(removed);
      },
      listedRecords: (service, dataset, since) => (dataset.exists ? base.listedRecords(service, dataset, since) : []),
    }),
  },
];
