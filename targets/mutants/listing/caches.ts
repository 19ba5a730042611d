import type { DatasetState, RecordState } from '../../reference/core/world.ts';
import type { Mutant } from '../base/mutant.ts';

/** A listing that is remembered, and not forgotten when it should be. `spoils`: the updates that do forget it. */
function cached(
  mutant: Pick<Mutant, 'id' | 'title' | 'requirement' | 'group' | 'minimum'>,
  spoils: (patches: number, removes: number) => boolean,
  spoiltByDeletion: boolean,
): Mutant {
  return {
    ...mutant,
    mutate: (base) => {
      const remembered = new WeakMap<DatasetState, readonly RecordState[]>();
      return {
        ...base,
        listedRecords: (service, dataset, since) => {
          const all = remembered.get(dataset) ?? base.listedRecords(service, dataset, 0);
          remembered.set(dataset, all);
          return all.filter((record) => base.isNewer(record, since));
        },
        afterUpdate: (_service, dataset, judged) => {
          if (spoils(judged.length, judged.filter(({ patch }) => patch.op === 'remove').length)) {
            remembered.delete(dataset);
          }
        },
        eraseDataset: (service, dataset) => {
          base.eraseDataset(service, dataset);
          if (spoiltByDeletion) remembered.delete(dataset);
        },
      };
    },
  };
}

export const cacheMutants: readonly Mutant[] = [
  cached(
    {
      id: 'listing-cached-over-batch',
      title: 'The remembered listing of a dataset is not forgotten after a batch of several patches.',
      requirement: 'record/update-is-stored',
      group: 'record',
      minimum: 3,
    },
    (patches) => patches === 1,
    true,
  ),
  cached(
    {
      id: 'listing-cached-over-remove',
      title: 'The remembered listing of a dataset is not forgotten after a remove.',
      requirement: 'record/update-is-stored',
      group: 'record',
      minimum: 3,
    },
    (_patches, removes) => removes === 0,
    true,
  ),
  cached(
    {
      id: 'listing-cached-over-deletion',
      title: 'The remembered listing of a dataset is not forgotten when the dataset is deleted.',
      requirement: 'dataset/delete-erases',
      group: 'dataset',
      minimum: 5,
    },
    () => true,
    false,
  ),
  {
    id: 'listing-cached-without-count',
    title: 'A listing after a count is remembered until the next update, and shown to who asks for everything.',
    requirement: 'record/update-is-stored',
    group: 'record',
    minimum: 4,
    mutate: (base) => {
      const remembered = new WeakMap<DatasetState, readonly RecordState[]>();
      return {
        ...base,
        listedRecords: (service, dataset, since) => {
          const listed = base.listedRecords(service, dataset, since);
          if (since > 0) remembered.set(dataset, listed);
          return remembered.get(dataset) ?? listed;
        },
        afterUpdate: (_service, dataset) => void remembered.delete(dataset),
        eraseDataset: (service, dataset) => {
          base.eraseDataset(service, dataset);
          remembered.delete(dataset);
        },
      };
    },
  },
  {
    id: 'tombstones-swept-by-next-write',
    title: 'An update sweeps away the removed records of earlier updates.',
    requirement: 'record/removed-stays-listed',
    group: 'record',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterUpdate: (_service, dataset) => {
        for (const [key, { value, count }] of dataset.records) {
          if (value === null && count < dataset.count) dataset.records.delete(key);
        }
      },
    }),
  },
  {
    id: 'ten-records-listed',
    title: 'A listing without maxResults shows ten records and no NextToken.',
    requirement: 'list-records/everything-without-count',
    group: 'list-records',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        const records = answer.body['Records'];
        return operation === 'ListRecords' && Array.isArray(records) && (input['MaxResults'] ?? null) === null
          ? { ...answer, body: { ...answer.body, Count: Math.min(records.length, 10), Records: records.slice(0, 10) } }
          : base.intercept(service, operation, input, answer);
      },
    }),
  },
];
