import { type Output, recordsOf } from '../../types/answer.ts';
import { boundaryRequirement } from '../blame/boundary.ts';
import { type ExpectedDates, inspectDates, inspectMove, isEpochSeconds } from '../state/dates.ts';
import { deviceDateAfter, repeats } from '../rules/device-date.ts';
import type { Disposition } from '../state/disposition.ts';
import type { Moment } from '../state/prediction.ts';
import type { Deviation } from '../state/deviation.ts';
import { refusedDemand } from '../state/refused-trace.ts';
import { show } from '../state/show.ts';
import { alike } from '../state/text-kind.ts';
import { deletionMayCount } from './after-update.ts';
import type { Plan } from '../rules/update-plan.ts';

/** How an update's answer differs from the plan. */
export function inspectUpdate(plan: Plan, output: Output, moment: Moment): readonly Deviation[] {
  const deviations: Deviation[] = [];
  const add = (pointer: string, expected: string, actual: string, ...suspects: readonly string[]): void =>
    void deviations.push({ pointer, expected, actual, suspects });
  const records = recordsOf(output);
  const wanted = new Map(plan.effects.map((one) => [one.patch.key, one]));
  const seen = new Set<string>();
  const counts = new Set(
    records
      .filter((record) => wanted.get(String(record['Key']))?.effect === 'write')
      .map((record) => record['SyncCount']),
  );
  records.forEach((record, index) => {
    const key = String(record['Key']);
    const one =
      wanted.get(key) ?? plan.effects.find(({ patch }) => plan.rules.sameKey(patch.key) === plan.rules.sameKey(key));
    const pointer = `/Records/${index}`;
    if (typeof record['Key'] !== 'string') {
      add(`${pointer}/Key`, 'a key', show(record['Key']), 'record/key-exact');
      return;
    }
    if (one === undefined) {
      add(
        `${pointer}/Key`,
        `one of ${[...wanted.keys()].map(show).join(', ') || 'none'}`,
        show(record['Key']),
        ...unexpectedKey(plan, key),
      );
      return;
    }
    if (seen.has(key) && !plan.duplicates)
      add(pointer, 'each record once', `${show(key)} again`, ...repeatedKey(plan, key));
    seen.add(key);
    seen.add(one.patch.key);
    // Of records with one name nobody can say which is which.
    if (!plan.duplicates && records.some((other, at) => at !== index && String(other['Key']) === key)) return;
    inspectCount(plan, one, record['SyncCount'], counts.size > 1, (expected, actual, suspects) =>
      add(`${pointer}/SyncCount`, expected, actual, ...suspects),
    );
    if (one.effect === 'write' || one.effect === 'keep')
      inspectValue(plan, one, record['Value'], (expected, actual, suspect) =>
        add(`${pointer}/Value`, expected, actual, ...(plan.duplicates ? byChoice(one.demand) : []), suspect),
      );
    if (one.effect !== 'write') return;
    const dates = inspectDates(record, pointer, expectedDates(plan, one), moment);
    deviations.push(...dates);
    // A date that is not the time of the write does not move with it either.
    if (dates.some((date) => date.pointer.endsWith('/LastModifiedDate'))) return;
    deviations.push(
      ...inspectMove(
        repeats(one) ? null : (one.record?.modified ?? null),
        plan.pauses,
        record['LastModifiedDate'],
        `${pointer}/LastModifiedDate`,
        'record/last-modified-moves',
        plan.choices,
      ),
    );
  });
  inspectOneMoment(records, wanted, add);
  for (const one of plan.effects) {
    if (one.effect === 'write' && !seen.has(one.patch.key)) {
      const mangled =
        records.some((record) => !wanted.has(String(record['Key']))) ||
        seen.size < records.length ||
        !/^[a-zA-Z0-9]+$/.test(one.patch.key);
      add(
        '/Records',
        `a record ${show(one.patch.key)}`,
        'none',
        ...byChoice(one.demand),
        ...(mangled
          ? ['record/key-exact', 'record/answer-lists-patched']
          : ['record/answer-lists-patched', 'record/key-exact']),
      );
    }
  }
  return deviations;
}

/** Seconds within which the records of one update are stored, by several servers with clocks of their own. */
const updateSeconds = 120;

/** The records of one update were modified at one time, however the clock of the server goes (S-25). */
function inspectOneMoment(
  records: readonly Output[],
  wanted: ReadonlyMap<string, Disposition>,
  add: (pointer: string, expected: string, actual: string, ...suspects: readonly string[]) => void,
): void {
  const written = records.filter((record) => {
    const one = wanted.get(String(record['Key']));
    return one?.effect === 'write' && !repeats(one) && isEpochSeconds(record['LastModifiedDate']);
  });
  const first = written[0]?.['LastModifiedDate'];
  const apart = written.find((record) => Math.abs(Number(record['LastModifiedDate']) - Number(first)) > updateSeconds);
  if (apart === undefined) return;
  add(
    `/Records/${records.indexOf(apart)}/LastModifiedDate`,
    `about ${show(first)}, as of the other records of the update`,
    show(apart['LastModifiedDate']),
    'record/last-modified-is-server-time',
  );
}

/** The choice that demands what becomes of a patch, if one does. */
function byChoice(demand: string): readonly string[] {
  return demand.startsWith('consistency/') ? [demand] : [];
}

/** A key that comes twice may be two keys that were taken for one. */
function repeatedKey(plan: Plan, key: string): readonly string[] {
  const taken = plan.effects.some((one) => one.patch.key !== key && alike(one.patch.key, key));
  return taken
    ? ['record/key-exact', 'record/keys-distinct', 'record/answer-lists-nothing-else']
    : ['record/answer-lists-nothing-else'];
}

function unexpectedKey(plan: Plan, key: string): readonly string[] {
  const known = plan.dataset.exists && plan.dataset.records.has(key);
  return known ? ['record/answer-lists-nothing-else'] : ['record/key-exact', 'record/answer-lists-nothing-else'];
}

function inspectCount(
  plan: Plan,
  one: Disposition,
  actual: unknown,
  differing: boolean,
  add: (expected: string, actual: string, suspects: readonly string[]) => void,
): void {
  const own = one.record?.count ?? 0;
  if (one.effect === 'ignore') return;
  const expected = one.effect === 'keep' ? own : plan.countOf(one);
  if (actual === expected || (deletionMayCount(plan) && actual === expected + 1)) return;
  const suspects: string[] = [];
  suspects.push(...byChoice(one.demand));
  if (typeof actual !== 'number' || !Number.isInteger(actual)) suspects.push('sync-count/returns-new-count');
  const { dataset } = plan;
  const past = boundaryRequirement(plan.count);
  if (typeof actual === 'number' && past !== null && actual <= dataset.count) suspects.push(past);
  if (differing) suspects.push('sync-count/batch-shares-count');
  const recreated = !dataset.exists && dataset.deletedAt !== null;
  const option = plan.choices['deletion-count'];
  if (recreated && option !== undefined && actual === plan.count + (option === 'raised' ? -1 : 1))
    suspects.push('consistency/deletion-count');
  if (recreated) suspects.push('dataset/counter-survives-deletion');
  else if (dataset.updates === 0) {
    suspects.push('sync-count/first-update-is-one');
    // A first update that skips a number may be one of many that do.
    if (typeof actual === 'number' && actual > plan.count) suspects.push('sync-count/rises-by-one');
  }
  // Whoever answers with a count from before the update shows what the patch said, what the record or what the dataset had.
  const before = [
    one.patch.count,
    ...(one.record === undefined ? [] : [own]),
    ...(dataset.exists ? [dataset.count] : []),
  ];
  if (typeof actual === 'number' && before.includes(actual)) suspects.push('sync-count/returns-new-count');
  if (dataset.refused !== null) suspects.unshift(refusedDemand(dataset.refused));
  if (!recreated && dataset.updates > 0) suspects.push('sync-count/rises-by-one');
  // What a reading changed is a count that went up.
  if (!recreated && dataset.updates > 0 && !(typeof actual === 'number' && actual < plan.count))
    suspects.push('list-records/reading-changes-nothing');
  if (past !== null) suspects.push(past);
  add(String(expected), show(actual), [...new Set(suspects)]);
}

function inspectValue(
  { rules }: Plan,
  one: Disposition,
  actual: unknown,
  add: (expected: string, actual: string, suspect: string) => void,
): void {
  if (one.value === null) {
    if (actual !== undefined && actual !== null) add('nothing', show(actual), 'record/removed-has-no-value');
    return;
  }
  if (actual !== one.value && (actual ?? null) !== rules.storedValue(one.value))
    add(show(one.value), show(actual), one.value === '' ? 'record/empty-value' : 'record/value-exact');
}

function expectedDates(plan: Plan, one: Disposition): ExpectedDates {
  return { deviceDate: deviceDateAfter(one, plan.choices) };
}
