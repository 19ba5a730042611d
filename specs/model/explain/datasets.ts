import type { DatasetName, DatasetState, RecordState } from '../state/dataset-state.ts';
import type { Hypothesis } from './hypothesis.ts';
import { nameFolds } from './texts.ts';

function sharing(id: string, requirement: string, says: string, fold: (name: DatasetName) => DatasetName): Hypothesis {
  return {
    id: `dataset/${id}`,
    requirement,
    says,
    override: ({ sameDataset }) => ({ sameDataset: (name) => sameDataset(fold(name)) }),
  };
}

const mixedUp: readonly Hypothesis[] = [
  sharing(
    'pools-shared',
    'dataset/pools-apart',
    'keeps one set of data for an identity in all identity pools',
    (id) => ({ ...id, pool: '' }),
  ),
  sharing(
    'identities-shared',
    'dataset/identities-apart',
    'lets all identities of a pool share their datasets',
    (id) => ({ ...id, identity: '' }),
  ),
  sharing('everything-shared', 'dataset/identities-apart', 'tells datasets apart by their names alone', (id) => ({
    ...id,
    pool: '',
    identity: '',
  })),
  sharing('names-shared', 'dataset/names-apart', 'keeps one dataset for each identity, whatever its name', (id) => ({
    ...id,
    name: '',
  })),
  ...nameFolds.map(([id, says, fold]) =>
    sharing(`name-${id}`, 'dataset/names-apart', says, (one) => ({ ...one, name: fold(one.name) })),
  ),
];

function deletion(
  id: string,
  requirement: string,
  says: string,
  deleted: (after: DatasetState, before: DatasetState) => DatasetState,
): Hypothesis {
  return {
    id: `deletion/${id}`,
    requirement,
    says,
    override: (rules) => ({ deleted: (after, before) => deleted(rules.deleted(after, before), before) }),
  };
}

function surviving(
  id: string,
  says: string,
  keep: (record: RecordState) => RecordState | null,
  checks = true,
): Hypothesis {
  return {
    id: `deletion/${id}`,
    requirement: 'dataset/delete-erases',
    says,
    override: () => ({
      survivors: ({ erased, deletedAt }, checked) =>
        deletedAt === null || (checked && !checks)
          ? new Map()
          : new Map(
              [...erased].flatMap(([key, record]) => {
                const kept = keep(record);
                return kept === null ? [] : [[key, kept] as const];
              }),
            ),
    }),
  };
}

const deletions: readonly Hypothesis[] = [
  deletion('does-nothing', 'dataset/delete-erases', 'deletes nothing', (_, before) => before),
  deletion(
    'removes-records',
    'dataset/delete-erases',
    'removes the records of a deleted dataset and keeps the dataset',
    (_, before) => ({ ...before, records: new Map() }),
  ),
  deletion(
    'forgets',
    'dataset/counter-survives-deletion',
    'forgets everything about a deleted dataset, its sync count included',
    (after) => ({ ...after, count: 0, deletedAt: null, updates: 0 }),
  ),
  deletion(
    'resets-count',
    'dataset/counter-survives-deletion',
    'sets the sync count of a deleted dataset back to 0',
    (after) => ({ ...after, count: 0 }),
  ),
  surviving('keeps-records', 'brings the old records back when a deleted dataset is created again', (record) => record),
  surviving(
    'keeps-records-unchecked',
    'brings the old records back once a deleted dataset was created again',
    (record) => record,
    false,
  ),
  surviving('keeps-removed', 'keeps removed records beyond the deletion of their dataset', (record) =>
    record.value === null ? record : null,
  ),
  surviving('keeps-as-removed', 'keeps the records of a deleted dataset as removed ones', (record) => ({
    ...record,
    value: null,
  })),
];

/** How a server may mix datasets up, or delete otherwise. */
export const datasetHypotheses: readonly Hypothesis[] = [...mixedUp, ...deletions];
