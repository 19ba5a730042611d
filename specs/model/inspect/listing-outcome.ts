import { type Output, recordsOf } from '../../types/answer.ts';
import { boundaryRequirement } from '../blame/boundary.ts';
import { type CountReading, countReadings } from '../rules/count-readings.ts';
import { elsewhere, touchedElsewhere } from '../state/elsewhere.ts';
import { inspectRecords, refusals } from './listed-records.ts';
import type { Moment } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import type { Deviation } from '../state/deviation.ts';
import { show } from '../state/show.ts';
import type { DatasetState } from '../state/dataset-state.ts';
import type { Add, Listing } from '../state/expected-listing.ts';

/** How a listing differs from the dataset. */
export function inspectListing(listing: Listing, output: Output, moment: Moment): readonly Deviation[] {
  const deviations: Deviation[] = [];
  const add: Add = (pointer, expected, actual, ...suspects) =>
    void deviations.push({ pointer, expected, actual, suspects: [...new Set(suspects)] });
  const records = recordsOf(output);
  inspectExistence(listing, output, add);
  // Whether it exists decides everything else.
  if (deviations.length > 0) return deviations;
  deviations.push(...inspectRecords(listing, records, moment, add));
  inspectFlags(listing, output, add, deviations[0]?.suspects ?? []);
  const token = output['SyncSessionToken'];
  // Of several pages it is the last that lacks it.
  const paged = Array.isArray(output['PageCounts']) ? ['paging/last-page-complete'] : [];
  if (typeof token !== 'string' || token === '')
    add('/SyncSessionToken', 'a token', show(token), ...paged, 'list-records/token-present');
  if (deviations.length === 0) inspectCount(listing, output, add);
  inspectDescription(listing, output, add);
  return flagFirst(listing, output, deviations);
}

/** A server that wrongly takes the dataset for deleted since lists what it would list then. */
function flagFirst(
  { dataset, since }: Listing,
  output: Output,
  deviations: readonly Deviation[],
): readonly Deviation[] {
  const flagged = output['DatasetDeletedAfterRequestedSyncCount'] === true;
  if (!flagged || since === 0 || since <= (dataset.deletedAt ?? 0)) return deviations;
  return deviations.map((one) =>
    one.expected === 'not listed' ? { ...one, suspects: [...new Set(['dataset/deleted-flag', ...one.suspects])] } : one,
  );
}

function inspectExistence(listing: Listing, output: Output, add: Add): void {
  const { dataset } = listing;
  const exists = output['DatasetExists'] ?? false;
  if (exists !== dataset.exists)
    add('/DatasetExists', String(dataset.exists), show(output['DatasetExists']), ...existenceSuspects(dataset));
}

/** `earlier`: suspects for wrong records; a wrong count beside them most likely has the same cause. */
function inspectFlags(listing: Listing, output: Output, add: Add, earlier: readonly string[]): void {
  const { dataset, choices } = listing;
  const flag = output['DatasetDeletedAfterRequestedSyncCount'] ?? false;
  const wanted = deletedFlag(listing);
  if (wanted !== null && flag !== wanted.value) {
    add(
      '/DatasetDeletedAfterRequestedSyncCount',
      String(wanted.value),
      show(flag),
      wanted.demand,
      'dataset/deleted-flag',
    );
  }
  const count = output['DatasetSyncCount'] ?? 0;
  if (dataset.exists) {
    if (count !== dataset.count)
      add(
        '/DatasetSyncCount',
        String(dataset.count),
        show(count),
        ...earlier,
        ...countSuspects(listing, output, count),
      );
  } else if (dataset.deletedAt === null) {
    if (count !== 0) add('/DatasetSyncCount', '0', show(count), ...elsewhere(dataset), 'list-records/unknown-dataset');
  } else {
    const option = choices['deleted-dataset-count'];
    const expected = option === 'zero' ? 0 : dataset.count;
    if (option !== undefined && count !== expected)
      add('/DatasetSyncCount', String(expected), show(count), 'consistency/deleted-dataset-count');
  }
}

function deletedFlag(listing: Listing): { value: boolean; demand: string } | null {
  const { dataset, since, choices } = listing;
  if (dataset.deletedAt === null) return { value: false, demand: 'dataset/deleted-flag' };
  // Deleted and asked from the start: two choices meet, and only the second is probed.
  // Where no count was asked for, deleted after which?
  if (since === 0) return dataset.exists && listing.asked ? fromChoice('deleted-flag-from-start', choices) : null;
  if (since > dataset.deletedAt) {
    // A deletion that takes a count of its own can be asked about, but no client has that count to ask with.
    return dataset.exists && since > dataset.deletedAt + 1 ? { value: false, demand: 'dataset/deleted-flag' } : null;
  }
  if (!dataset.exists) {
    // The target was asked with the dataset's own count: what is false there may be true after an earlier one.
    const told = choices['deleted-flag-while-deleted'] === 'true' || since === dataset.deletedAt;
    return told ? fromChoice('deleted-flag-while-deleted', choices) : null;
  }
  return { value: true, demand: 'dataset/deleted-flag' };
}

function fromChoice(id: string, choices: Choices): { value: boolean; demand: string } | null {
  const option = choices[id];
  return option === undefined ? null : { value: option === 'true', demand: `consistency/${id}` };
}

function existenceSuspects(dataset: DatasetState): readonly string[] {
  const apart = elsewhere(dataset);
  if (dataset.exists) {
    const written = dataset.since.some((trace) => trace.kind === 'accepted');
    const own = ['list-records/dataset-exists', ...(written ? ['dataset/created-by-update'] : [])];
    return [...touchedElsewhere(dataset), ...own, ...apart];
  }
  // Where the deletion alone is to blame, the shrinker leaves out the updates that were refused after it.
  if (dataset.deletedAt !== null)
    return [...refusals(afterDeletion(dataset)), 'dataset/delete-erases', ...apart, 'list-records/dataset-exists'];
  const refusal = refusals(dataset);
  const read = dataset.since.some((trace) => trace.kind === 'read') ? ['list-records/creates-nothing'] : [];
  // The listing for its token may have created the dataset as well.
  if (refusal.length > 0) return [...refusal, ...read, ...apart];
  return [...apart, ...read, 'list-records/unknown-dataset', 'list-records/dataset-exists'];
}

function afterDeletion(dataset: DatasetState): DatasetState {
  return { ...dataset, since: dataset.since.slice(dataset.since.findLastIndex(({ kind }) => kind === 'deleted') + 1) };
}

function countSuspects(listing: Listing, output: Output, actual: unknown): readonly string[] {
  const { dataset, since } = listing;
  const suspects: string[] = [];
  const past = boundaryRequirement(dataset.count);
  if (past !== null && typeof actual === 'number' && actual < dataset.count) suspects.push(past);
  suspects.push(...touchedElsewhere(dataset), ...refusals(dataset), ...idleUpdates(dataset));
  if (since > 0) suspects.push('list-records/dataset-count');
  // Whatever went before, no record can be at a count that the dataset has not had.
  const highest = Math.max(...recordsOf(output).map((record) => Number(record['SyncCount'])));
  if (typeof actual === 'number' && actual < highest) return [...suspects, 'sync-count/dataset-count-is-highest'];
  const accepted = dataset.since.some((trace) => trace.kind === 'accepted');
  if (!accepted) suspects.push(...elsewhere(dataset));
  // Reads since the latest update, of which the shrinker leaves out those that do not matter.
  const latest = dataset.since.findLastIndex((trace) => trace.kind === 'accepted');
  const raised = typeof actual === 'number' && actual > dataset.count;
  if ((!accepted || raised) && dataset.since.slice(latest + 1).some((trace) => trace.kind === 'read'))
    suspects.push('list-records/reading-changes-nothing');
  suspects.push('sync-count/dataset-count-is-highest');
  return suspects;
}

/** Updates that stored nothing by choice: a count that they took or did not take shows only here. */
function idleUpdates(dataset: DatasetState): readonly string[] {
  return dataset.since.flatMap((trace) => (trace.kind === 'accepted' && trace.idle !== undefined ? [trace.idle] : []));
}

function inspectCount(listing: Listing, output: Output, add: Add): void {
  const { dataset, choices } = listing;
  const pages: readonly unknown[] = Array.isArray(output['PageCounts']) ? output['PageCounts'] : [output['Count']];
  const counts = pages.filter((count) => typeof count === 'number');
  if (counts.length < pages.length)
    return add('/Count', 'a number', show(output['Count']), 'list-records/count-member');
  const records = dataset.exists ? [...dataset.records.values()] : [];
  const wanted = countReadings(records, listing.lists, choices);
  const fits = (reading: CountReading): boolean =>
    reading.perPage ? sum(counts) === reading.count : counts.every((count) => count === reading.count);
  if (wanted.some(fits)) return undefined;
  const expected = [...new Set(wanted.map((reading) => reading.count))].join(' or ');
  return add('/Count', expected, counts.join(', '), 'list-records/count-member');
}

/** What is told of the dataset besides its records. */
function inspectDescription({ dataset, id }: Listing, output: Output, add: Add): void {
  const merged = output['MergedDatasetNames'];
  const names: readonly unknown[] = Array.isArray(merged) ? merged : [];
  const foreign = names.find((name) => typeof name === 'string' && !isMergedInto(id.name, name));
  if (foreign !== undefined)
    add(
      '/MergedDatasetNames',
      `names like ${show(`${id.name}.<identity id>`)}`,
      show(foreign),
      'list-records/merged-names',
    );
  const by = output['LastModifiedBy'] ?? null;
  if (!dataset.exists && dataset.deletedAt === null && by !== null)
    add(
      '/LastModifiedBy',
      'nothing, since nobody wrote',
      show(by),
      ...elsewhere(dataset),
      'list-records/unknown-dataset',
    );
}

/** A dataset that came from a merged identity (S-55). */
function isMergedInto(name: string, other: string): boolean {
  return other.startsWith(`${name}.`) && /^[\w-]+:[0-9a-f-]+$/i.test(other.slice(name.length + 1));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
