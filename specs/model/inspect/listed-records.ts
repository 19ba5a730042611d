import type { Output } from '../../types/answer.ts';
import { boundaryRequirement } from '../blame/boundary.ts';
import { inspectDates, inspectMove, isEpochSeconds, isSameDate, isSameWrite } from '../state/dates.ts';
import { elsewhere, touchedElsewhere } from '../state/elsewhere.ts';
import type { Add, Listing } from '../state/expected-listing.ts';
import type { Moment } from '../state/prediction.ts';
import type { Deviation } from '../state/deviation.ts';
import { refusedDemand } from '../state/refused-trace.ts';
import { show } from '../state/show.ts';
import { mistakenKeys } from '../state/text-kind.ts';
import type { DatasetState, RecordState, Trace } from '../state/dataset-state.ts';

export function inspectRecords(
  listing: Listing,
  shown: readonly Output[],
  moment: Moment,
  add: Add,
): readonly Deviation[] {
  const { dataset } = listing;
  const deviations: Deviation[] = [];
  const expected = new Map([...(dataset.exists ? dataset.records : [])].filter(([, record]) => listing.lists(record)));
  const seen = new Set<string>();
  shown.forEach((record, index) => {
    const key = String(record['Key']);
    const pointer = `/Records/${index}`;
    const wanted = expected.get(key);
    if (typeof record['Key'] !== 'string')
      return add(`${pointer}/Key`, 'a key', show(record['Key']), 'record/key-exact');
    if (seen.has(key))
      return add(`${pointer}/Key`, 'each record once', `${show(key)} again`, 'list-records/each-record-once');
    seen.add(key);
    if (wanted === undefined)
      return add(pointer, 'not listed', describe(record), ...surplusSuspects(listing, key, record));
    inspectRecord(listing, wanted, record, pointer, add);
    if (deviations.length === 0) deviations.push(...inspectWrittenDates(listing, wanted, record, pointer, moment));
    return undefined;
  });
  for (const wanted of expected.values()) {
    if (!seen.has(wanted.key))
      add(
        '/Records',
        `a record ${show(wanted.key)} at ${wanted.count}`,
        'not listed',
        ...missingSuspects(listing, wanted, shown),
      );
  }
  return deviations;
}

function inspectWrittenDates(
  listing: Listing,
  wanted: RecordState,
  record: Output,
  pointer: string,
  moment: Moment,
): readonly Deviation[] {
  const written = lastWriter(listing.dataset, wanted.key);
  const untouched = !written || refusedAfter(listing.dataset, wanted.key);
  const shown = record['LastModifiedDate'];
  // What no listing has shown yet is known from the answer of the update alone.
  const isSame = written ? isSameWrite : isSameDate;
  if (untouched && wanted.modified !== null && typeof shown === 'number' && !isSame(wanted.modified.date, shown)) {
    const suspects = [...refusals(listing.dataset), 'sync-count/untouched-records-keep'];
    return [
      { pointer: `${pointer}/LastModifiedDate`, expected: String(wanted.modified.date), actual: show(shown), suspects },
    ];
  }
  const first = wanted.modified?.date;
  if (first !== undefined && isEpochSeconds(shown) && !isSame(first, shown)) {
    const suspects = [...stuck(listing.dataset, wanted.key, shown), 'record/update-is-stored'];
    const expected = `${first}, as the update told`;
    return [{ pointer: `${pointer}/LastModifiedDate`, expected, actual: show(shown), suspects }];
  }
  const dates = inspectDates(
    record,
    pointer,
    { deviceDate: wanted.deviceDate },
    first === undefined ? moment : { asked: first, answered: first },
  );
  const refused = refusedAfter(listing.dataset, wanted.key) ? refusals(listing.dataset) : [];
  const told = dates.map((one) => ({ ...one, suspects: [...new Set([...refused, ...one.suspects])] }));
  if (told.some((one) => one.pointer.endsWith('/LastModifiedDate'))) return told;
  return [
    ...told,
    ...inspectMove(
      wanted.modified,
      wanted.modified?.pauses ?? 0,
      shown,
      `${pointer}/LastModifiedDate`,
      'record/last-modified-moves',
      listing.choices,
    ),
  ];
}

/** A date from before the latest write: it did not move. */
function stuck(dataset: DatasetState, key: string, shown: number): readonly string[] {
  const dates = dataset.since.flatMap((trace) =>
    trace.kind === 'accepted' ? (trace.before.get(key)?.modified ?? []) : [],
  );
  return dates.some(({ date }) => isSameDate(date, shown)) ? ['record/last-modified-moves'] : [];
}

function inspectRecord(listing: Listing, wanted: RecordState, record: Output, pointer: string, add: Add): void {
  const { dataset } = listing;
  const value = record['Value'] ?? null;
  const written = lastWriter(dataset, wanted.key);
  const refused = refusedWith(dataset, wanted.key, value);
  const count = record['SyncCount'];
  const past = boundaryRequirement(wanted.count);
  const wrapped = past !== null && typeof count === 'number' && count < wanted.count ? [past] : [];
  if (count !== wanted.count) {
    const suspects = written
      ? [...lost(dataset, wanted.key, count, value), 'sync-count/returned-count-is-listed']
      : ['sync-count/untouched-records-keep', ...elsewhere(dataset)];
    add(
      `${pointer}/SyncCount`,
      `${show(wanted.key)} at ${wanted.count}`,
      show(count),
      ...wrapped,
      ...touchedElsewhere(dataset),
      ...refused,
      ...refusals(dataset),
      ...suspects,
    );
  }
  if (value === wanted.value) return;
  if (wanted.value === null) {
    add(
      `${pointer}/Value`,
      'nothing, since the record is removed',
      show(value),
      ...refused,
      ...lost(dataset, wanted.key, count, value),
      'record/removed-has-no-value',
      ...elsewhere(dataset),
    );
    return;
  }
  const exact = wanted.value === '' ? 'record/empty-value' : 'record/value-exact';
  const taken = takenForAnother(dataset, wanted.key);
  const suspects = written
    ? [...lost(dataset, wanted.key, undefined, value), ...taken, exact, 'record/update-is-stored']
    : [...taken, 'sync-count/untouched-records-keep', ...elsewhere(dataset), exact];
  const first = [...touchedElsewhere(dataset), ...refused, ...onlyRefusals(dataset)];
  add(`${pointer}/Value`, show(wanted.value), show(value), ...first, ...suspects, ...refusals(dataset));
}

/** Worked out once for the records of a dataset: a listing that lacks a thousand asks a thousand times. */
const mistakenIn = new WeakMap<DatasetState['records'], ReadonlySet<string>>();

function takenForAnother({ records }: DatasetState, key: string): readonly string[] {
  const mistaken = mistakenIn.get(records) ?? mistakenKeys(records.keys());
  mistakenIn.set(records, mistaken);
  return mistaken.has(key) ? ['record/keys-distinct'] : [];
}

/** A record shown as it was before the update: the update was not stored. `count` undefined: whatever its count. */
function lost(dataset: DatasetState, key: string, count: unknown, value: unknown): readonly string[] {
  const shownBefore = dataset.since.some((trace) => {
    const before = trace.kind === 'accepted' ? trace.before.get(key) : undefined;
    return before !== undefined && before.value === value && (count === undefined || before.count === count);
  });
  return shownBefore ? ['record/update-is-stored'] : [];
}

/** What happened in the dataset's running life. */
function thisLife(dataset: DatasetState): readonly Trace[] {
  return dataset.since.slice(dataset.since.findLastIndex((trace) => trace.kind === 'deleted') + 1);
}

/** Whether an update accepted since the last clean listing, and since the last deletion, wrote the key. */
function lastWriter(dataset: DatasetState, key: string): boolean {
  return thisLife(dataset).some((trace) => trace.kind === 'accepted' && trace.keys.has(key));
}

/** Whether an update was refused after the latest accepted one that wrote the key. */
function refusedAfter(dataset: DatasetState, key: string): boolean {
  const written = dataset.since.findLastIndex((trace) => trace.kind === 'accepted' && trace.keys.has(key));
  return dataset.since.slice(written + 1).some((trace) => trace.kind === 'refused');
}

/** The refusal whose patch the listing seems to show. */
function refusedWith(dataset: DatasetState, key: string, value: unknown): readonly string[] {
  const trace = dataset.since.findLast(
    (one) => one.kind === 'refused' && one.patches.some((patch) => patch.key === key && patch.value === value),
  );
  if (trace?.kind !== 'refused') return [];
  return [refusedDemand(trace)];
}

function surplusSuspects(listing: Listing, key: string, record: Output): readonly string[] {
  const { dataset, since } = listing;
  const known = dataset.exists ? dataset.records.get(key) : undefined;
  if (known !== undefined && listing.lists(known)) return ['list-records/each-record-once'];
  if (known !== undefined) {
    const count = record['SyncCount'];
    // A record that is shown as newer than it is was changed, and then it is right to list it.
    const raised = typeof count === 'number' && count > since && !lastWriter(dataset, key);
    return [...(raised ? ['sync-count/untouched-records-keep'] : []), 'list-records/only-newer'];
  }
  const refused = refusedWith(dataset, key, record['Value'] ?? null);
  if (refused.length > 0) return [...refused, ...elsewhere(dataset)];
  if (dataset.deletedAt !== null && !lastWriter(dataset, key)) return ['dataset/delete-erases', ...elsewhere(dataset)];
  const apart = elsewhere(dataset);
  const written = thisLife(dataset).some((trace) => trace.kind === 'accepted')
    ? ['record/key-exact', 'record/update-is-stored']
    : [];
  return [...apart, ...written, ...refusals(dataset), 'record/key-exact'];
}

function missingSuspects(listing: Listing, wanted: RecordState, shown: readonly Output[]): readonly string[] {
  const { dataset, since } = listing;
  // Where a listing without maxResults shows the record, the shrinker leaves maxResults in.
  const paged = listing.sized ? ['paging/nothing-lost'] : [];
  // And the 0 likewise.
  const zero = listing.asked && since === 0 ? ['list-records/everything-without-count'] : [];
  const filter = since > 0 ? ['list-records/only-newer'] : onlyRefusals(dataset);
  const removed = wanted.value === null ? ['record/removed-stays-listed'] : [];
  const taken = takenForAnother(dataset, wanted.key);
  const mangled = shown.some((record) => !dataset.records.has(String(record['Key']))) ? ['record/key-exact'] : [];
  // Nothing but reading lies between this listing and one that showed the record.
  const onlyRead = dataset.since.every((trace) => trace.kind === 'read')
    ? ['list-records/everything-without-count']
    : [];
  const untouched = onlyRead.length > 0 ? [] : ['sync-count/untouched-records-keep'];
  const gone = lastWriter(dataset, wanted.key)
    ? [...mangled, 'record/update-is-stored', 'record/key-exact']
    : [...refusals(dataset), ...untouched, ...elsewhere(dataset)];
  const odd = /^[a-zA-Z0-9]+$/.test(wanted.key) ? [] : ['record/key-exact'];
  const own = [
    ...(since > 0 ? [...removed, ...filter] : [...filter, ...removed]),
    ...taken,
    ...odd,
    ...gone,
    'list-records/everything-without-count',
  ];
  // Many records, all of them right, and not all: the listing was cut off.
  const cut = since === 0 && shown.length >= 8 && mangled.length === 0 && taken.length === 0;
  // A record that is shown without its key may be any.
  const nameless = shown.some((record) => typeof record['Key'] !== 'string') ? ['record/key-exact'] : [];
  const first = cut ? ['list-records/everything-without-count'] : since > 0 ? [] : onlyRead;
  return [...nameless, ...touchedElsewhere(dataset), ...paged, ...zero, ...first, ...own];
}

function describe(record: Output): string {
  return `${show(record['Key'])} at ${show(record['SyncCount'])}, value ${show(record['Value'])}`;
}

/** The same, where nothing but refused updates lies between the last clean listing and this answer. */
export function onlyRefusals(dataset: DatasetState): readonly string[] {
  return dataset.since.every((trace) => trace.kind === 'read' || trace.kind === 'refused') ? refusals(dataset) : [];
}

/** Who is to blame when something changed after a refusal. */
export function refusals(dataset: DatasetState): readonly string[] {
  return dataset.since.flatMap((trace) => (trace.kind === 'refused' ? [refusedDemand(trace)] : []));
}
