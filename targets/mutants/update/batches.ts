import type { JudgedPatch } from '../../reference/core/behaviour.ts';
import type { Mutant } from '../base/mutant.ts';

const refused = ({ judgement }: JudgedPatch): boolean => typeof judgement === 'object';

/** What goes wrong in loops over the patches of one update. */
export const batchMutants: readonly Mutant[] = [
  {
    id: 'patches-after-the-stale-one-applied',
    title: 'The patches after the stale one are stored although the update is refused.',
    requirement: 'conflict/refused-changes-nothing',
    group: 'conflict',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterRefusal: (service, dataset, judged) => {
        const rest = judged.slice(judged.findIndex(refused) + 1).filter((item) => !refused(item));
        if (rest.length > 0) base.applyBatch(service, dataset, rest);
      },
    }),
  },
  {
    id: 'every-other-patch-checked',
    title: 'Only the first, third, … patch of a batch is checked for its count.',
    requirement: 'conflict/one-stale-refuses-batch',
    group: 'conflict',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      firstRefusal: (judged) => base.firstRefusal(judged.filter((_item, index) => index % 2 === 0)),
    }),
  },
  {
    id: 'fourth-patch-unchecked',
    title: 'The patches of a batch are checked for their counts up to the third.',
    requirement: 'conflict/one-stale-refuses-batch',
    group: 'conflict',
    minimum: 4,
    mutate: (base) => ({ ...base, firstRefusal: (judged) => base.firstRefusal(judged.slice(0, 3)) }),
  },
  {
    id: 'majority-decides',
    title: 'A batch is refused only if most of its patches are stale.',
    requirement: 'conflict/one-stale-refuses-batch',
    group: 'conflict',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      firstRefusal: (judged) =>
        judged.filter(refused).length * 2 > judged.length ? base.firstRefusal(judged) : undefined,
    }),
  },
  {
    id: 'batch-stores-last-only',
    title: 'Of a batch only the last record is stored.',
    requirement: 'record/update-is-stored',
    group: 'record',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      applyBatch: (service, dataset, judged) => {
        const before = new Map(dataset.records);
        const records = base.applyBatch(service, dataset, judged);
        dataset.records = before;
        for (const record of records.slice(-1)) base.storeRecord(service, dataset, record);
        return records;
      },
    }),
  },
  {
    id: 'third-of-four-lost',
    title: 'Of a batch of four patches or more the third is not stored.',
    requirement: 'record/update-is-stored',
    group: 'record',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      afterUpdate: (_service, dataset, judged) => {
        const lost = judged.length >= 4 ? judged[2] : undefined;
        if (lost !== undefined) dataset.records.delete(base.recordKey(lost.patch.key));
      },
    }),
  },
  {
    id: 'second-write-lost',
    title: 'A record that exists keeps its old value; the answer shows the new one.',
    requirement: 'record/update-is-stored',
    group: 'record',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      storeRecord: (service, dataset, record) => {
        const old = base.findRecord(service, dataset, record.key);
        const keeps = old !== undefined && old.value !== null && record.value !== null;
        base.storeRecord(service, dataset, keeps ? { ...record, value: old.value } : record);
      },
    }),
  },
  {
    id: 'batch-replaces-dataset',
    title: 'A batch of several patches replaces everything the dataset held.',
    requirement: 'sync-count/untouched-records-keep',
    group: 'sync-count',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterUpdate: (service, dataset, judged) => {
        if (judged.length < 2) return;
        const kept = new Set(judged.map(({ patch }) => service.behaviour.recordKey(patch.key)));
        for (const key of dataset.records.keys()) if (!kept.has(key)) dataset.records.delete(key);
      },
    }),
  },
];
