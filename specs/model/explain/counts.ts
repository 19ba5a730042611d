import type { Disposition } from '../state/disposition.ts';
import type { AtUpdate } from '../state/rules.ts';
import type { Hypothesis } from './hypothesis.ts';

type NextCount = (usual: number, at: AtUpdate) => number;
type RecordCount = (count: number, one: Disposition, at: AtUpdate) => number;

function next(id: string, requirement: string, says: string, count: NextCount): Hypothesis {
  return {
    id: `count/${id}`,
    requirement,
    says,
    override: ({ datasetCount }) => ({ datasetCount: (usual, at) => count(datasetCount(usual, at), at) }),
  };
}

function each(id: string, requirement: string, says: string, of: RecordCount, next_?: NextCount): Hypothesis {
  return {
    id: `count/${id}`,
    requirement,
    says,
    override: ({ datasetCount, recordCount }) => ({
      recordCount: (count, one, at) => of(recordCount(count, one, at), one, at),
      ...(next_ === undefined ? {} : { datasetCount: (usual, at) => next_(datasetCount(usual, at), at) }),
    }),
  };
}

const rises = 'sync-count/rises-by-one';
const isRecreated = ({ dataset }: AtUpdate): boolean => !dataset.exists && dataset.deletedAt !== null;
const isNew = ({ dataset }: AtUpdate): boolean => dataset.updates === 0 && dataset.deletedAt === null;
const writes = ({ effects }: AtUpdate): readonly Disposition[] => effects.filter(({ effect }) => effect === 'write');
const onlyRemovals = (at: AtUpdate): boolean =>
  writes(at).length > 0 && writes(at).every(({ value }) => value === null);
const placeOf = (one: Disposition, at: AtUpdate): number => writes(at).indexOf(one);

const wraps = [
  [128, 'sync-count/exact-past-127'],
  [256, 'sync-count/exact-past-255'],
  [32_768, 'sync-count/exact-past-32767'],
  [65_536, 'sync-count/exact-past-32767'],
] as const;

/** How a server may count otherwise. */
export const countHypotheses: readonly Hypothesis[] = [
  ...[2, 3, 5, 10, 100].map((by) =>
    next(`rises-by-${by}`, rises, `raises the sync count by ${by} with every update but the first`, (usual, at) =>
      isNew(at) || usual === at.dataset.count ? usual : at.dataset.count + by,
    ),
  ),
  next('never-rises', rises, 'gives every update the same sync count', (usual, at) =>
    isNew(at) ? usual : at.dataset.count,
  ),
  next(
    'first-is-zero',
    'sync-count/first-update-is-one',
    'gives the first update of a dataset sync count 0',
    (usual, at) => (isNew(at) ? 0 : usual),
  ),
  ...[2, 10, 100, 1000].map((first) =>
    next(
      `first-is-${first}`,
      'sync-count/first-update-is-one',
      `gives the first update of a dataset sync count ${first}`,
      (usual, at) => (isNew(at) ? first : usual),
    ),
  ),
  next(
    'restarts-after-deletion',
    'dataset/counter-survives-deletion',
    'counts from 1 again when a deleted dataset is created again',
    (usual, at) => (isRecreated(at) ? 1 : usual),
  ),
  next('restarts-when-emptied', rises, 'counts from 1 again when all records were removed', (usual, at) =>
    at.dataset.exists &&
    at.dataset.records.size > 0 &&
    [...at.dataset.records.values()].every(({ value }) => value === null)
      ? 1
      : usual,
  ),
  next(
    'identity-shares-counter',
    'sync-count/first-update-is-one',
    'uses one counter for all datasets of an identity',
    (usual, at) => {
      const highest = Math.max(0, ...at.neighbours().map(({ count }) => count));
      return usual === at.dataset.count ? usual : Math.max(usual, highest + 1);
    },
  ),
  next('by-size', rises, 'raises the sync count by the number of patches', (usual, at) =>
    usual === at.dataset.count ? usual : at.dataset.count + writes(at).length,
  ),
  each(
    'each-patch',
    'sync-count/batch-shares-count',
    'gives each record of an update the next sync count',
    (_, one, at) => at.dataset.count + 1 + Math.max(0, placeOf(one, at)),
    (usual, at) => (usual === at.dataset.count ? usual : at.dataset.count + writes(at).length),
  ),
  each(
    'each-record',
    rises,
    'counts for each record apart',
    (_, one) => (one.record?.count ?? 0) + 1,
    (_, at) => Math.max(at.dataset.count, ...writes(at).map(({ record }) => (record?.count ?? 0) + 1)),
  ),
  each(
    'sent-plus-one',
    rises,
    'gives a record the sync count of its patch plus one',
    (_, one) => one.patch.count + 1,
    (_, at) => Math.max(at.dataset.count, ...writes(at).map(({ patch }) => patch.count + 1)),
  ),
  each(
    'removal-keeps-count',
    rises,
    'leaves the counts as they are when an update only removes',
    (count, one, at) => (onlyRemovals(at) ? (one.record?.count ?? count) : count),
    (usual, at) => (onlyRemovals(at) ? at.dataset.count : usual),
  ),
  each('removed-keeps-count', rises, 'leaves a removed record at the sync count that it had', (count, one) =>
    one.value === null ? (one.record?.count ?? count) : count,
  ),
  next(
    'takes-count-when-refusing',
    'conflict/refused-changes-nothing',
    'takes a sync count for an update that it refuses: the next one skips it',
    (usual, at) => (at.dataset.refused === null || usual === at.dataset.count ? usual : usual + 1),
  ),
  next(
    'reading-takes-count',
    'list-records/reading-changes-nothing',
    'takes a sync count for a listing: the next update skips it',
    (usual, at) =>
      usual === at.dataset.count ? usual : usual + at.dataset.since.filter(({ kind }) => kind === 'read').length,
  ),
  ...wraps.flatMap(([size, requirement]) =>
    [0, 1].map((from) =>
      next(
        `wraps-at-${size}-to-${from}`,
        requirement,
        `starts again at ${from} after sync count ${size - 1}`,
        (usual) => (usual >= size ? (usual % size) + from : usual),
      ),
    ),
  ),
  ...[10, 16, 20, 32, 50, 64, 100].map((size) =>
    next(`blocks-of-${size}`, rises, `skips a sync count after every ${size}`, (usual) =>
      usual > 0 && usual % size === 0 ? usual + 1 : usual,
    ),
  ),
];
