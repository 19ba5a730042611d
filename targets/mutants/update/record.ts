import type { Mutant } from '../base/mutant.ts';
import { storing } from '../base/storing.ts';

const group = 'record';

export const recordMutants: readonly Mutant[] = [
  storing('value-trimmed', 'White space around a value is lost.', (value) => value.trim()),
  storing('value-normalised', 'Values are brought into Unicode form NFC.', (value) => value.normalize('NFC')),
  storing('value-cut', 'Values are cut after 255 characters.', (value) => value.slice(0, 255)),
  {
    id: 'key-trimmed',
    title: 'White space around a key is lost.',
    requirement: 'record/key-exact',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      storedKey: (patch) => base.storedKey(patch).trim(),
      recordKey: (key) => base.recordKey(key).trim(),
    }),
  },
  {
    id: 'empty-value-removes',
    title: 'A record written with the empty string is stored as removed.',
    requirement: 'record/empty-value',
    group,
    minimum: 2,
    mutate: (base) => ({ ...base, storedValue: (patch) => base.storedValue(patch) || null }),
  },
  {
    id: 'keys-ignore-case',
    title: 'Keys that differ only in case are one record.',
    requirement: 'record/keys-distinct',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, recordKey: (key) => base.recordKey(key).toLowerCase() }),
  },
  {
    id: 'proto-key-lost',
    title: 'A record with the key __proto__ is accepted and not stored.',
    requirement: 'record/key-exact',
    group: 'record',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      storeRecord: (service, dataset, record) => {
        if (record.key !== '__proto__') base.storeRecord(service, dataset, record);
      },
    }),
  },
  {
    id: 'answer-lists-first-only',
    title: 'The answer of a batch lists its first record only.',
    requirement: 'record/answer-lists-patched',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, records, judged) =>
        base.answeredRecords(service, dataset, records.slice(0, 1), judged),
    }),
  },
  {
    id: 'removed-vanishes',
    title: 'A removed record is no longer listed.',
    requirement: 'record/removed-stays-listed',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      listedRecords: (service, dataset, since) =>
        base.listedRecords(service, dataset, since).filter(({ value }) => value !== null),
    }),
  },
  {
    id: 'removed-shows-empty-string',
    title: 'A removed record shows the empty string as its value.',
    requirement: 'record/removed-has-no-value',
    group,
    minimum: 4,
    mutate: (base) => ({ ...base, shownValue: (service, record) => base.shownValue(service, record) ?? '' }),
  },
  {
    id: 'removed-count-refused',
    title: 'A removed record cannot be written again at its own count.',
    requirement: 'record/tombstone-count-recreates',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        patch.op === 'replace' && record?.value === null && patch.count === record.count
          ? base.conflict(patch.key, 0, patch.count)
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
  {
    id: 'dates-in-milliseconds',
    title: 'Dates are epoch milliseconds.',
    requirement: 'record/dates-are-epoch-seconds',
    group,
    minimum: 2,
    mutate: (base) => ({ ...base, shownDate: (_service, ms) => ms }),
  },
  {
    id: 'dates-as-text',
    title: 'Dates are ISO 8601 strings.',
    requirement: 'record/dates-are-epoch-seconds',
    group,
    minimum: 2,
    mutate: (base) => ({ ...base, shownDate: (_service, ms) => new Date(ms).toISOString() }),
  },
  {
    id: 'last-modified-from-device',
    title: "LastModifiedDate repeats the device's date.",
    requirement: 'record/last-modified-is-server-time',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      modifiedDate: (service, record, patch) =>
        patch.deviceDate === null ? base.modifiedDate(service, record, patch) : patch.deviceDate * 1000,
    }),
  },
  {
    id: 'last-modified-frozen',
    title: 'A record keeps the LastModifiedDate of its first write.',
    requirement: 'record/last-modified-moves',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      modifiedDate: (service, record, patch) => record?.modified ?? base.modifiedDate(service, record, patch),
    }),
  },
];
