import type { Mutant } from '../base/mutant.ts';

const group = 'record';

/** A server that keeps a record under another key than was sent. */
function renaming(id: string, title: string, change: (key: string) => string): Mutant {
  return {
    id,
    title,
    requirement: 'record/key-exact',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      storedKey: (patch) => change(base.storedKey(patch)),
      recordKey: (key) => change(base.recordKey(key)),
    }),
  };
}

/** A server that takes some different keys for one. */
function merging(id: string, title: string, fold: (key: string) => string): Mutant {
  return {
    id,
    title,
    requirement: 'record/keys-distinct',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, recordKey: (key) => fold(base.recordKey(key)) }),
  };
}

export const keyMutants: readonly Mutant[] = [
  renaming('key-normalised', 'Keys are brought into Unicode form NFC.', (key) => key.normalize('NFC')),
  renaming('key-percent-decoded', 'A key is percent-decoded although it came in the body.', (key) =>
    key.replaceAll('%20', ' '),
  ),
  renaming('key-cut', 'Keys are cut after 127 characters.', (key) => key.slice(0, 127)),
  renaming('key-ends-at-nul', 'A key ends at its first NUL.', (key) => key.split('\0', 1)[0] ?? ''),
  merging('keys-with-slash-merge', 'Slashes at the ends of a key do not count.', (key) =>
    key.replace(/^\/+|\/+$/g, ''),
  ),
  merging('keys-as-numbers', 'Keys that are the same number are one record.', (key) =>
    /^\d+(\.\d+)?$/.test(key) ? String(Number(key)) : key,
  ),
  merging('keys-collate', 'Keys are compared as a German dictionary sorts: ß is ss.', (key) =>
    key.replaceAll('ß', 'ss'),
  ),
  merging('keys-share-hash', 'Records are kept by a hash of their key, in which Aa is BB.', (key) =>
    String(key.split('').reduce((hash, unit) => (Math.imul(hash, 31) + unit.charCodeAt(0)) | 0, 0)),
  ),
  {
    id: 'inherited-key-exists',
    title: 'Keys that every JavaScript object has, such as constructor, are taken for existing records.',
    requirement: 'sync-count/new-record-at-zero',
    group: 'sync-count',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        record === undefined && patch.key !== '__proto__' && patch.key in {}
          ? base.conflict(patch.key, 1, patch.count)
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
];
