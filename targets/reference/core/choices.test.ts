import { describe, expect, test } from 'vitest';
import type { Json } from '../../../specs/types/wire.ts';
import { choiceOptions, resolveChoices } from './choices.ts';
import { startEndpoint } from '../server/server.ts';
import {
  type Reply,
  type ShortPatch,
  type SyncClient,
  datasetPath,
  identityId,
  poolId,
  syncClient,
} from '../../../tests/kit/sync-client.ts';

interface Scene {
  /** What a client sees of the choice. */
  observe(client: SyncClient): Promise<unknown>;
  /** What it sees under each option. */
  readonly shows: { readonly [option: string]: unknown };
}

const conflict = 'ResourceConflictException';
const invalid = 'InvalidParameterException';
const notFound = 'ResourceNotFoundException';
const now = 1_700_000_000_250;

const put = (key: string, at: number, value = 'v'): ShortPatch => ({ key, at, value });
const remove = (key: string, at: number): ShortPatch => ({ key, at });
const recordsOf = ({ body }: Reply): { [member: string]: unknown }[] =>
  (body['Records'] ?? []) as unknown as { [member: string]: unknown }[];

/** The error type, or the dataset's count and the records in short after the last of the updates. */
async function outcome(client: SyncClient, ...updates: ShortPatch[][]): Promise<unknown> {
  let last: Reply | undefined;
  for (const patches of updates) last = await client.update('d', patches);
  if (last?.status !== 200) return last?.type;
  const listed = await client.list('d');
  const records = recordsOf(listed).map(
    ({ Key, SyncCount, Value }) => `${String(Key)}@${String(SyncCount)}=${String(Value)}`,
  );
  return [listed.body['DatasetSyncCount'], ...records].join(' ');
}

const updates = (shows: Scene['shows'], ...list: ShortPatch[][]): Scene => ({
  observe: (client) => outcome(client, ...list),
  shows,
});

async function raw(client: SyncClient, body: { [member: string]: Json }): Promise<unknown> {
  const SyncSessionToken = String((await client.list('d')).body['SyncSessionToken']);
  const reply = await client.send('POST', datasetPath(poolId, identityId, 'd'), { ...body, SyncSessionToken });
  return reply.status === 200 ? outcome(client, []) : reply.type;
}

/** One member of the listed record, after one update. */
const member = (name: string, shows: Scene['shows'], patch: ShortPatch = put('k', 0)): Scene => ({
  async observe(client) {
    await client.update('d', [patch]);
    return recordsOf(await client.list('d'))[0]?.[name];
  },
  shows,
});

const token = async (client: SyncClient): Promise<string> => String((await client.list('d')).body['SyncSessionToken']);

/** Whether an update is accepted with a token that was taken before `between`. */
const tokenAfter = (
  between: (client: SyncClient, token: string) => Promise<unknown>,
  shows: Scene['shows'],
): Scene => ({
  async observe(client) {
    const taken = await token(client);
    await between(client, taken);
    return (await client.update('d', [put('z', 0)], taken)).status === 200;
  },
  shows,
});

const listing = (query: string, name: string, shows: Scene['shows'], deleted = true): Scene => ({
  async observe(client) {
    await client.update('d', [put('a', 0), put('b', 0), put('c', 0)]);
    await client.update('d', [remove('a', 1), put('b', 1, 'w')]);
    if (deleted) await client.dataset('DELETE', 'd');
    const reply = await client.list('d', query);
    return reply.status === 200 ? reply.body[name] : reply.type;
  },
  shows,
});

const described = (name: string, shows: Scene['shows']): Scene => ({
  async observe(client) {
    await client.update('d', [put('é', 0, '€\u{1F600}'), put('gone', 0)]);
    await client.update('d', [remove('gone', 1)]);
    return ((await client.dataset('GET', 'd')).body['Dataset'] as { [member: string]: unknown })[name];
  },
  shows,
});

/** DataStorage after two datasets of two bytes each. */
async function usage(client: SyncClient, path: string, name: string): Promise<unknown> {
  await client.update('d', [put('k', 0)]);
  await client.update('e', [put('k', 0)]);
  return ((await client.send('GET', path)).body[name] as { [member: string]: unknown })['DataStorage'];
}

const unknownKey = { conflict, invalid, 'not-found': notFound };
const ahead = { conflict, invalid };

const scenes: { readonly [Id in keyof typeof choiceOptions]: Scene } = {
  'same-value-current': updates({ raises: '2 k@2=v', keeps: '1 k@1=v' }, [put('k', 0)], [put('k', 1)]),
  'same-value-in-batch': updates(
    { raises: '2 j@2=v k@2=v', keeps: '2 j@2=v k@1=v' },
    [put('k', 0)],
    [put('k', 1), put('j', 0)],
  ),
  'same-value-stale': updates({ refused: conflict, raises: '2 k@2=v', keeps: '1 k@1=v' }, [put('k', 0)], [put('k', 0)]),
  'count-ahead-of-record': updates(
    { ...ahead, accepted: '3 j@2=v k@3=w' },
    [put('k', 0)],
    [put('j', 0)],
    [put('k', 2, 'w')],
  ),
  'count-ahead-of-dataset': updates({ ...ahead, accepted: '2 k@2=w' }, [put('k', 0)], [put('k', 9, 'w')]),
  'unknown-key-count': updates({ ...unknownKey, accepted: '2 j@2=v k@1=v' }, [put('k', 0)], [put('j', 1)]),
  'unknown-key-count-ahead': updates({ ...unknownKey, accepted: '1 j@1=v' }, [put('j', 1)]),
  'recreate-at-zero': updates({ refused: conflict, accepted: '2 k@2=v' }, [remove('k', 0)], [put('k', 0)]),
  'recreate-at-stale': updates(
    { refused: conflict, accepted: '3 k@3=w' },
    [put('k', 0)],
    [remove('k', 1)],
    [put('k', 1, 'w')],
  ),
  'remove-unknown': updates(
    { tombstone: '2 j@1=v k@2=null', 'ignored-raises': '2 j@1=v', 'ignored-keeps': '1 j@1=v', refused: invalid },
    [put('j', 0)],
    [remove('k', 0)],
  ),
  'remove-tombstone-current': updates(
    { raises: '2 k@2=null', keeps: '1 k@1=null', refused: invalid },
    [remove('k', 0)],
    [remove('k', 1)],
  ),
  'remove-tombstone-stale': updates(
    { refused: conflict, raises: '3 k@3=null', keeps: '2 k@2=null' },
    [put('k', 0)],
    [remove('k', 1)],
    [remove('k', 1)],
  ),
  'remove-tombstone-zero': updates(
    { refused: conflict, raises: '2 k@2=null', keeps: '1 k@1=null' },
    [remove('k', 0)],
    [remove('k', 0)],
  ),
  'duplicate-keys': updates({ invalid, conflict, 'last-wins': '1 k@1=b', 'first-wins': '1 k@1=a' }, [
    put('k', 0, 'a'),
    put('k', 0, 'b'),
  ]),
  'empty-patches': {
    observe: (client) => raw(client, { RecordPatches: [] }),
    shows: { keeps: '0', raises: '2', refused: invalid },
  },
  'missing-patches': { observe: (client) => raw(client, {}), shows: { keeps: '0', raises: '1', refused: invalid } },
  'replace-without-value': {
    observe: (client) => raw(client, { RecordPatches: [{ Op: 'replace', Key: 'k', SyncCount: 0 }] }),
    shows: { refused: invalid, empty: '1 k@1=', removed: '1 k@1=null' },
  },
  'remove-with-value': {
    observe: (client) => raw(client, { RecordPatches: [{ Op: 'remove', Key: 'k', SyncCount: 0, Value: '' }] }),
    shows: { ignored: '1 k@1=null', refused: invalid },
  },
  'device-date': member(
    'DeviceLastModifiedDate',
    { echoed: 5.5, 'server-made': now / 1000, absent: null },
    { ...put('k', 0), date: 5.5 },
  ),
  'device-date-unsent': member('DeviceLastModifiedDate', { absent: null, 'server-made': now / 1000 }),
  'null-members': {
    async observe(client) {
      await client.update('d', [remove('k', 0)]);
      const reply = await client.list('d');
      return ['NextToken' in reply.body, 'Value' in (recordsOf(reply)[0] ?? {})];
    },
    shows: { null: [true, true], absent: [false, false], mixed: [false, true] },
  },
  'spent-token-update': tokenAfter((client, taken) => client.update('d', [put('k', 0)], taken), {
    refused: false,
    accepted: true,
  }),
  'spent-token-list': {
    async observe(client) {
      const taken = await token(client);
      await client.update('d', [put('k', 0)], taken);
      return (await client.list('d', `?syncSessionToken=${taken}`)).status;
    },
    shows: { refused: 400, accepted: 200 },
  },
  'older-token': tokenAfter((client) => client.list('d'), { accepted: true, refused: false }),
  'token-after-other-update': tokenAfter((client) => client.update('d', [put('k', 0)]), {
    accepted: true,
    refused: false,
  }),
  'list-count': listing('?lastSyncCount=1&maxResults=1', 'Count', { page: 1, matching: 2, total: 3 }, false),
  'list-count-removed': listing('', 'Count', { counted: 3, 'not-counted': 2 }, false),
  'record-order': {
    async observe(client) {
      await client.update('d', [put('b', 0)]);
      await client.update('d', [put('c', 0), put('a', 0)]);
      return recordsOf(await client.list('d'))
        .map(({ Key }) => Key)
        .join('');
    },
    shows: { key: 'abc', count: 'bac', other: 'cba' },
  },
  'since-above': listing('?lastSyncCount=3', 'Records', { invalid, empty: [] }, false),
  'since-above-unknown-dataset': {
    async observe(client) {
      const reply = await client.list('d', '?lastSyncCount=1');
      return reply.status === 200 ? recordsOf(reply).length : reply.type;
    },
    shows: { invalid, empty: 0 },
  },
  'deletion-count': {
    async observe(client) {
      await client.update('d', [put('k', 0)]);
      await client.dataset('DELETE', 'd');
      return outcome(client, [put('k', 0)]);
    },
    shows: { kept: '2 k@2=v', raised: '3 k@3=v' },
  },
  'deleted-dataset-count': listing('', 'DatasetSyncCount', { zero: 0, last: 2 }),
  'update-after-deletion': {
    async observe(client) {
      await client.update('d', [put('k', 0)]);
      await client.dataset('DELETE', 'd');
      return (await client.update('d', [put('k', 0)])).type;
    },
    shows: { recreates: '', 'not-found': notFound },
  },
  'list-after-deletion': listing('', 'DatasetExists', { answers: false, 'not-found': notFound }),
  'deleted-flag-while-deleted': listing('?lastSyncCount=1', 'DatasetDeletedAfterRequestedSyncCount', {
    true: true,
    false: false,
  }),
  'deleted-flag-from-start': listing('', 'DatasetDeletedAfterRequestedSyncCount', { true: true, false: false }),
  'num-records': described('NumRecords', { live: 1, all: 2 }),
  'data-storage': described('DataStorage', {
    'keys-values-bytes': 9,
    'all-keys-values-bytes': 13,
    'values-bytes': 7,
    'keys-values-characters': 3,
    'keys-values-utf16': 4,
    other: 109,
  }),
  'identity-usage-delay': {
    async observe(client) {
      await client.update('d', [put('k', 0)]);
      const { body } = await client.send('GET', `/identitypools/${poolId}/identities/${identityId}`);
      return (body['IdentityUsage'] as { readonly DatasetCount: number }).DatasetCount;
    },
    shows: { 'at-once': 1, later: 0, 'much-later': 0 },
  },
  'identity-usage-storage': {
    observe: (client) => usage(client, `/identitypools/${poolId}/identities/${identityId}`, 'IdentityUsage'),
    shows: { sum: 4, later: 0, other: 132 },
  },
  'pool-usage-storage': {
    observe: (client) => usage(client, `/identitypools/${poolId}`, 'IdentityPoolUsage'),
    shows: { sum: 4, later: 0, other: 132 },
  },
  'pool-list-count': {
    async observe(client) {
      for (const pool of ['p:1', 'p:2', 'p:3'])
        await client.send('GET', `${datasetPath(pool, identityId, 'd')}/records`);
      return (await client.send('GET', '/identitypools?maxResults=2')).body['Count'];
    },
    shows: { page: 2, total: 3, other: 1 },
  },
  'last-modified-by': member('LastModifiedBy', { identity: identityId, other: '123456789012', absent: null }),
  'validation-error-type': {
    observe: async (client) => (await client.list('d!')).type,
    shows: {
      'invalid-parameter': invalid,
      validation: 'ValidationException',
      'other-client-error': 'SerializationException',
    },
  },
  'dataset-name-colon': {
    observe: async (client) => (await client.list('d:e')).status,
    shows: { accepted: 200, refused: 400 },
  },
  'id-upper-case': {
    observe: async (client) =>
      (await client.send('GET', `${datasetPath(poolId, 'us-east-1:ABC', 'd')}/records`)).status,
    shows: { refused: 400, accepted: 200 },
  },
  'key-over-128': {
    observe: async (client) => (await client.update('d', [put('k'.repeat(129), 0)])).status,
    shows: { accepted: 200, refused: 400 },
  },
  'date-resolution': member('LastModifiedDate', { milliseconds: now / 1000, seconds: 1_700_000_000 }),
};

describe.each(Object.entries(scenes))('choice %s', (id, { observe, shows }) => {
  test('has a scene for every option', () => {
    expect(Object.keys(shows).toSorted()).toEqual([...choiceOptions[id as keyof typeof choiceOptions]].toSorted());
  });

  test.each(Object.entries(shows))('%s', async (option, expected) => {
    const endpoint = await startEndpoint({ choices: { [id]: option }, now: () => now });
    try {
      expect(await observe(syncClient(endpoint.url))).toEqual(expected);
    } finally {
      await endpoint.close();
    }
  });
});

test('an unknown choice or option is refused', () => {
  expect(() => resolveChoices({ nonsense: 'x' })).toThrow('knows no choice "nonsense"');
  expect(() => resolveChoices({ 'older-token': 'x' })).toThrow('has the options accepted, refused, not "x"');
});
