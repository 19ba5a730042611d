import type { Disposition } from '../state/disposition.ts';
import type { AtPatch } from '../state/rules.ts';
import type { Hypothesis } from './hypothesis.ts';

type Which = (one: Disposition, at: AtPatch) => boolean;

const conflict = 'ResourceConflictException';
const isConflict = ({ effect, types }: Disposition): boolean => effect === 'refuse' && types.includes(conflict);
/** By how many counts the patch lags behind its record. */
const behind = ({ patch, record }: Disposition): number => (record?.count ?? 0) - patch.count;
const isRemoval = ({ patch }: Disposition): boolean => patch.op === 'remove';

function passes(id: string, requirement: string, says: string, which: Which): Hypothesis {
  return {
    id: `staleness/${id}`,
    requirement,
    says,
    override: ({ decide }) => ({
      decide(one, at) {
        const decided = decide(one, at);
        return isConflict(decided) && which(decided, at)
          ? { ...decided, effect: 'write', demand: requirement, types: [] }
          : decided;
      },
    }),
  };
}

function refuses(id: string, requirement: string, says: string, which: Which): Hypothesis {
  return {
    id: `staleness/${id}`,
    requirement,
    says,
    override: ({ decide }) => ({
      decide(one, at) {
        const decided = decide(one, at);
        return decided.effect === 'write' && which(decided, at)
          ? { ...decided, effect: 'refuse', demand: requirement, types: [conflict] }
          : decided;
      },
    }),
  };
}

const stale = 'conflict/stale-refused';
const zero = 'conflict/zero-against-existing';
const removal = 'conflict/stale-remove-refused';
const batch = 'conflict/one-stale-refuses-batch';

const alike: readonly (readonly [id: string, says: string, fold: (text: string) => string])[] = [
  ['same-length', 'of the length of the stored one', (text) => String(text.length)],
  ['same-case-folded', 'that differs from the stored one only in case', (text) => text.toLowerCase()],
  [
    'same-number',
    'that is the number of the stored one in another form',
    (text) => (text.trim() === '' ? text : String(Number(text))),
  ],
  ['same-trimmed', 'that differs from the stored one only in white space around it', (text) => text.trim()],
];

/** Which stale patches a server may take. */
const taken: readonly Hypothesis[] = [
  passes('unchecked', stale, 'does not check sync counts', () => true),
  passes('writes-unchecked', stale, 'checks the sync count of removals only', (one) => !isRemoval(one)),
  passes('nonzero-unchecked', stale, 'refuses a stale sync count only if it is 0', (one) => one.patch.count > 0),
  passes(
    'stale-by-one',
    stale,
    'takes a sync count that is one behind for the current one',
    (one) => behind(one) === 1,
  ),
  passes(
    'stale-by-one-not-zero',
    stale,
    'takes a sync count that is one behind, but not 0, for the current one',
    (one) => behind(one) === 1 && one.patch.count > 0,
  ),
  ...[2, 3, 5, 10].map((by) =>
    passes(`far-stale-${by}`, stale, `accepts a sync count that is ${by} or more behind`, (one) => behind(one) >= by),
  ),
  ...[2, 3, 5, 10].map((by) =>
    passes(
      `far-stale-${by}-not-zero`,
      stale,
      `accepts a sync count, other than 0, that is ${by} or more behind`,
      (one) => behind(one) >= by && one.patch.count > 0,
    ),
  ),
  ...[2, 3, 5, 10].map((by) =>
    passes(
      `near-stale-${by}`,
      stale,
      `accepts a sync count that is less than ${by} behind`,
      (one) => behind(one) > 0 && behind(one) < by,
    ),
  ),
  passes('zero', zero, 'lets sync count 0 overwrite an existing record', (one) => one.patch.count === 0),
  passes(
    'zero-writes',
    zero,
    'lets a write at sync count 0 overwrite an existing record',
    (one) => one.patch.count === 0 && !isRemoval(one),
  ),
  passes('removals', removal, 'does not check the sync count of a removal', isRemoval),
  passes(
    'removals-not-zero',
    removal,
    'checks the sync count of a removal only if it is 0',
    (one) => isRemoval(one) && one.patch.count > 0,
  ),
  passes(
    'removals-at-zero',
    removal,
    'takes a removal at sync count 0 whatever the count of the record',
    (one) => isRemoval(one) && one.patch.count === 0,
  ),
  passes(
    'as-text',
    stale,
    'compares sync counts as texts: 9 is not smaller than 10',
    (one) => one.patch.count > 0 && String(one.patch.count) > String(one.record?.count ?? 0),
  ),
  ...[0x7f, 0xff, 0xffff].map((mask) =>
    passes(
      `masked-${mask}`,
      zero,
      `compares sync counts modulo ${mask + 1}`,
      (one) => (one.patch.count & mask) === ((one.record?.count ?? 0) & mask),
    ),
  ),
  passes(
    'dataset-count',
    stale,
    'takes the count of the dataset for that of any record',
    (one, { dataset }) => one.patch.count === dataset.count,
  ),
  passes('ahead-of-record', stale, 'accepts a sync count ahead of the record', (one) => behind(one) < 0),
  ...alike.map(([id, says, fold]) =>
    passes(id, stale, `accepts a stale patch with a value ${says}`, (one) => {
      const stored = one.record?.value ?? null;
      return (
        stored !== null &&
        one.patch.value !== undefined &&
        stored !== one.patch.value &&
        fold(stored) === fold(one.patch.value)
      );
    }),
  ),
];

const size = ({ all }: AtPatch): number => all.length;
const isMixed = ({ all }: AtPatch): boolean => all.some(isRemoval) && !all.every(isRemoval);

/** Which patches of a batch a server may check. */
const batches: readonly Hypothesis[] = [
  passes('first-only', batch, 'checks only the first patch of a batch', (_, { index }) => index > 0),
  passes('last-only', batch, 'checks only the last patch of a batch', (_, at) => at.index < size(at) - 1),
  passes(
    'not-the-first',
    batch,
    'does not check the first patch of a batch',
    (_, at) => at.index === 0 && size(at) > 1,
  ),
  passes(
    'not-the-last',
    batch,
    'does not check the last patch of a batch',
    (_, at) => at.index === size(at) - 1 && size(at) > 1,
  ),
  passes(
    'ends-only',
    batch,
    'checks only the first and the last patch of a batch',
    (_, at) => at.index > 0 && at.index < size(at) - 1,
  ),
  passes(
    'every-other',
    batch,
    'checks every other patch of a batch, from the first',
    (_, { index }) => index % 2 === 1,
  ),
  ...[2, 3, 4, 5, 10, 20, 25, 50].map((most) =>
    passes(`up-to-${most}`, batch, `checks only the first ${most} patches of a batch`, (_, { index }) => index >= most),
  ),
  ...[1, 2, 3, 5, 10, 20, 25, 50].map((most) =>
    passes(
      `larger-than-${most}`,
      batch,
      most === 1 ? 'checks no patch of a batch of several' : `checks no patch of a batch of more than ${most}`,
      (_, at) => size(at) > most,
    ),
  ),
  passes('mixed', batch, 'checks no patch of a batch that both writes and removes', (_, at) => isMixed(at)),
  passes(
    'removals-in-batch',
    batch,
    'checks a removal alone, and not beside other patches',
    (one, at) => isRemoval(one) && size(at) > 1,
  ),
  passes(
    'removals-beside-writes',
    batch,
    'does not check a removal beside a write',
    (one, at) => isRemoval(one) && isMixed(at),
  ),
  passes(
    'zero-in-batch',
    batch,
    'refuses sync count 0 against an existing record alone, and not in a batch',
    (one, at) => one.patch.count === 0 && size(at) > 1,
  ),
  passes('any-good', batch, 'accepts a batch with one good patch', (_, { all }) =>
    all.some(({ effect }) => effect === 'write'),
  ),
  passes(
    'majority',
    batch,
    'refuses a batch only if most of its patches are stale',
    (_, { all }) => all.filter(isConflict).length * 2 <= all.length,
  ),
  passes('new-beside', batch, 'does not check a batch that creates a record', (_, { all }) =>
    all.some(({ record, effect }) => record === undefined && effect === 'write'),
  ),
];

const isLive = ({ record }: Disposition): boolean => record !== undefined && record.value !== null;
const current = 'sync-count/current-count-accepted';

/** What a server may refuse by its counts that the service accepts. */
const refused: readonly Hypothesis[] = [
  refuses(
    'dataset-moved-on',
    current,
    'refuses the current count of a record once the dataset has moved on',
    (one, { dataset }) => isLive(one) && (one.record?.count ?? 0) < dataset.count,
  ),
  refuses(
    'removal-moved-on',
    'record/remove-accepted',
    'checks a removal against the count of the dataset',
    (one, { dataset }) => isLive(one) && isRemoval(one) && (one.record?.count ?? 0) < dataset.count,
  ),
  refuses(
    'write-moved-on',
    current,
    'checks a write against the count of the dataset',
    (one, { dataset }) => isLive(one) && !isRemoval(one) && (one.record?.count ?? 0) < dataset.count,
  ),
  refuses('current', current, 'refuses the current count of a record', (one) => isLive(one) && !isRemoval(one)),
  refuses('removal', 'record/remove-accepted', 'refuses every removal', (one) => isLive(one) && isRemoval(one)),
  refuses(
    'removal-in-batch',
    'record/remove-accepted',
    'refuses a removal beside other patches',
    (one, at) => isLive(one) && isRemoval(one) && size(at) > 1,
  ),
  refuses(
    'new-beside-others',
    'sync-count/new-record-at-zero',
    'refuses a new record at sync count 0 in a dataset that has records',
    (one, { dataset }) => one.record === undefined && dataset.exists && dataset.records.size > 0,
  ),
  refuses(
    'new',
    'sync-count/new-record-at-zero',
    'refuses a new record at sync count 0',
    (one) => one.record === undefined,
  ),
  refuses(
    'inherited-key',
    'sync-count/new-record-at-zero',
    'takes keys that every JavaScript object has, such as constructor, for existing records',
    (one) => one.record === undefined && one.patch.key in {},
  ),
  refuses(
    'removed-at-own-count',
    'record/tombstone-count-recreates',
    'refuses to write a removed record again at its own count',
    (one) => one.record?.value === null && one.patch.count === one.record.count,
  ),
  refuses(
    'empty-value',
    'record/empty-value',
    'refuses an empty value',
    (one) => one.patch.op === 'replace' && one.patch.value === '',
  ),
];

export const stalenessHypotheses: readonly Hypothesis[] = [...taken, ...batches, ...refused];
