import type { Output } from '../../types/answer.ts';
import { countReadings } from '../rules/count-readings.ts';
import { sampleDeviceDate } from '../rules/device-date.ts';
import type { Listing } from '../state/expected-listing.ts';

/** What a conforming target answers to a listing. `at`: epoch seconds. */
export function sampleListing(listing: Listing, serial: number, at: number): Output {
  const { dataset, since, choices, id } = listing;
  const known = dataset.exists ? [...dataset.records.values()] : [];
  const records = known.filter(listing.lists);
  const deleted = dataset.deletedAt !== null && since > 0 && since <= dataset.deletedAt;
  const fromStart = dataset.deletedAt !== null && since === 0 && choices['deleted-flag-from-start'] === 'true';
  return {
    Count: countReadings(known, listing.lists, choices)[0]?.count ?? 0,
    DatasetExists: dataset.exists,
    DatasetSyncCount: dataset.exists || choices['deleted-dataset-count'] === 'last' ? dataset.count : 0,
    DatasetDeletedAfterRequestedSyncCount: dataset.exists
      ? deleted || fromStart
      : deleted && choices['deleted-flag-while-deleted'] === 'true',
    Records: records.map((record) => ({
      Key: record.key,
      Value: record.value,
      SyncCount: record.count,
      LastModifiedDate: record.modified?.date ?? at,
      DeviceLastModifiedDate: sampleDeviceDate(record.deviceDate, at),
      LastModifiedBy: id.identity,
    })),
    SyncSessionToken: `rehearsed-${serial}`,
  };
}
