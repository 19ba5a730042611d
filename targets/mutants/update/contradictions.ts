import type { Judgement } from '../../reference/core/behaviour.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'consistency';

const refused = (judgement: Judgement): boolean => typeof judgement === 'object';

/** Servers that answer an open question one way when it is asked plainly, and another way at other times. */
export const contradictionMutants: readonly Mutant[] = [
  {
    id: 'same-value-stale-in-batch',
    title: 'A stale patch with the value that is stored is refused alone and accepted in a batch.',
    requirement: 'conflict/one-stale-refuses-batch',
    group: 'conflict',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      judgeBatch: (service, dataset, patches) =>
        base
          .judgeBatch(service, dataset, patches)
          .map((item) =>
            patches.length > 1 &&
            item.record?.value != null &&
            refused(item.judgement) &&
            base.sameValue(item.record, item.patch)
              ? { ...item, judgement: 'write' }
              : item,
          ),
    }),
  },
  {
    id: 'recreated-at-zero-in-batch',
    title: 'A removed record is written again at count 0 only beside other patches.',
    requirement: 'conflict/one-stale-refuses-batch',
    group: 'conflict',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      judgeBatch: (service, dataset, patches) =>
        base
          .judgeBatch(service, dataset, patches)
          .map((item) =>
            patches.length > 1 && item.record?.value === null && item.patch.op === 'replace' && item.patch.count === 0
              ? { ...item, judgement: 'write' }
              : item,
          ),
    }),
  },
  {
    id: 'far-ahead-accepted',
    title: "A count two or more ahead of the record's, but not of the dataset's, is accepted; one ahead is refused.",
    requirement: 'consistency/count-ahead-of-record',
    group,
    minimum: 8,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        record?.value != null &&
        patch.op === 'replace' &&
        patch.value !== record.value &&
        patch.count >= record.count + 2 &&
        patch.count <= dataset.count
          ? 'write'
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
  {
    id: 'empty-value-again-keeps',
    title: 'Writing the stored value again raises the count, except for the empty string.',
    requirement: 'consistency/same-value-current',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) => {
        const judgement = base.judgePatch(service, dataset, record, patch);
        return judgement === 'same' && patch.value === '' ? 'keep' : judgement;
      },
    }),
  },
  {
    id: 'since-far-above-is-empty',
    title: 'A lastSyncCount one above the count is refused; two above gives an empty listing.',
    requirement: 'consistency/since-above',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      sinceProblem: (service, dataset, since) =>
        dataset.exists && since > dataset.count + 1 ? undefined : base.sinceProblem(service, dataset, since),
    }),
  },
  {
    id: 'remove-unknown-in-batch-ignored',
    title: 'Removing an unknown key leaves a removed record, but nothing when it is done in a batch.',
    requirement: 'consistency/remove-unknown',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      judgeBatch: (service, dataset, patches) =>
        base
          .judgeBatch(service, dataset, patches)
          .map((item) =>
            patches.length > 1 && item.patch.op === 'remove' && item.record === undefined && item.judgement === 'write'
              ? { ...item, judgement: 'ignore' }
              : item,
          ),
    }),
  },
  {
    id: 'removed-not-counted-when-many',
    title: 'Count leaves out removed records as soon as two are listed.',
    requirement: 'list-records/count-member',
    group: 'list-records',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      shownCount: (service, listing) => {
        const removed = listing.page.filter(({ value }) => value === null).length;
        return base.shownCount(service, listing) - (removed > 1 ? removed : 0);
      },
    }),
  },
];
