import { type Output, recordsOf } from '../../types/answer.ts';
import { isSameDate, seenDate, toldDate } from '../state/dates.ts';
import type { Listing } from '../state/expected-listing.ts';
import type { Moment } from '../state/prediction.ts';
import { type World, datasetKey, datasetOf, withDataset, withToken, withTrace } from '../state/world.ts';
import type { DatasetName, DatasetState, RecordState } from '../state/dataset-state.ts';

/** The world after a listing that was as predicted. */
export function worldAfterListing(world: World, listing: Listing, output: Output, moment: Moment): World {
  const { id, since, presented } = listing;
  const dataset = world.rules.read(listing.dataset);
  const token = output['SyncSessionToken'];
  const tokened = typeof token === 'string' && token !== '' ? withToken(world, id, token, presented) : world;
  const records = new Map(dataset.records);
  for (const shown of recordsOf(output)) {
    const record = records.get(String(shown['Key']));
    const date = shown['LastModifiedDate'];
    if (record === undefined) continue;
    // The answer of an update may have told a moment of its own; what is listed is what is stored.
    if (record.modified !== null && (typeof date !== 'number' || isSameDate(date, record.modified.date))) continue;
    const modified =
      record.modified === null ? toldDate(date, record.writtenAtPause, moment) : seenDate(date, record.writtenAtPause);
    records.set(record.key, { ...record, modified });
  }
  const read = withDataset(tokened, { ...dataset, records, listed: { ...listing.dataset, earlier: [], listed: null } });
  // Only a full listing proves that everything is as predicted.
  if (since > 0) return withTrace(read, id, { kind: 'read' });
  return withDataset(read, {
    ...(read.datasets.get(datasetKey(id)) ?? dataset),
    since: [{ kind: 'read' }],
  });
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Takes over what a full listing says, after an answer that was not foreseen. */
export function adoptListing(world: World, id: DatasetName, output: Output): World {
  const dataset = datasetOf(world, id);
  const records = new Map<string, RecordState>();
  for (const shown of recordsOf(output)) {
    const key = String(shown['Key']);
    const count = typeof shown['SyncCount'] === 'number' ? shown['SyncCount'] : 0;
    const value = typeof shown['Value'] === 'string' ? shown['Value'] : null;
    records.set(key, {
      key,
      count,
      value,
      modified: seenDate(shown['LastModifiedDate'], world.pauses),
      writtenAtPause: world.pauses,
      deviceDate: undefined,
      sentDate: undefined,
    });
  }
  // One that leaves the member out, and lists records all the same, has not lost the dataset.
  const exists = output['DatasetExists'] === true || (isMissing(output['DatasetExists']) && records.size > 0);
  // A record's count is a count that the dataset has had.
  const told = typeof output['DatasetSyncCount'] === 'number' ? output['DatasetSyncCount'] : 0;
  const count = Math.max(told, ...[...records.values()].map((record) => record.count));
  const adopted: DatasetState = {
    ...dataset,
    exists,
    // A deletion that nobody foresaw may have taken a count of its own, which only this listing tells.
    count: exists ? count : dataset.exists ? Math.max(dataset.count, told) : dataset.count,
    updates: Math.max(dataset.updates, exists ? 1 : 0),
    deletedAt: dataset.exists && !exists ? dataset.count : dataset.deletedAt,
    records: exists ? records : new Map(),
    created: null,
    modified: null,
    storage: null,
    peak: null,
    still: null,
    doubt: false,
    since: [{ kind: 'read' }],
  };
  const token = output['SyncSessionToken'];
  const tokened = typeof token === 'string' && token !== '' ? withToken(world, id, token, undefined) : world;
  return withDataset(tokened, adopted);
}
