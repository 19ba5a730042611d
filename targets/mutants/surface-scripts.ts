import type { Json } from '../../specs/wire.ts';
import { datasetPath, identityId, poolId } from '../reference/sync-client.ts';
import type { Player, Script } from './play.ts';
import { deleting, inTurn, listing, updating } from './script-parts.ts';

const pool = `/identitypools/${poolId}`;
const identity = `${pool}/identities/${identityId}`;
const own = datasetPath(poolId, identityId, 'd');

type Patch = { readonly [member: string]: Json };

const patchOf = (key: string, value = 'x', extra: Patch = {}): Patch => ({
  Op: 'replace',
  Key: key,
  Value: value,
  SyncCount: 0,
  ...extra,
});

async function update(
  player: Player,
  patches: readonly Patch[],
  spell: (text: string) => string = (text) => text,
  type?: string,
  name = 'd',
): Promise<void> {
  const SyncSessionToken = await player.list('', { name });
  const path = datasetPath(poolId, identityId, name);
  await player.call('POST', path, spell(JSON.stringify({ RecordPatches: patches, SyncSessionToken })), type);
}

/** One update in a spelling of its own, perhaps followed by a listing. */
const spelled =
  (spell: (text: string) => string, patch: Patch = patchOf('a'), type?: string, listed = false): Script =>
  async (player) => {
    await update(player, [patch], spell, type);
    if (listed) await player.list();
  };

/** Updates of the dataset `d`, one for each list of keys, then a listing by pages of one record. */
const paged =
  (query: string, pages: number, ...batches: readonly (readonly string[])[]): Script =>
  async (player) => {
    for (const keys of batches)
      await update(
        player,
        keys.map((key) => patchOf(key)),
      );
    let next = '';
    for (let page = 0; page < pages; page += 1) {
      const { body } = await player.call('GET', `${own}/records${query}${next}`);
      next = `&nextToken=${encodeURIComponent(String(body['NextToken']))}`;
    }
  };

const post = (player: Player, path: string, body: Json): Promise<unknown> =>
  player.call('POST', path, JSON.stringify(body));
const get =
  (path: string): Script =>
  async (player) =>
    void (await player.call('GET', path));
const postOnly =
  (path: string, body: Json = {}): Script =>
  async (player) =>
    void (await post(player, path, body));

const push = {
  ApplicationArns: ['arn:aws:sns:us-east-1:123456789012:app/GCM/x'],
  RoleArn: 'arn:aws:iam::123456789012:role/x',
};
const streams = { RoleArn: push.RoleArn, StreamName: 's', StreamingStatus: 'ENABLED' };
const configuration = `${pool}/configuration`;

const batch =
  (patches: readonly Patch[], listed = false): Script =>
  async (player) => {
    await update(player, patches);
    if (listed) await player.list();
  };

/** A dataset of so many records, written 128 at a time. */
const filled =
  (size: number): Script =>
  async (player) => {
    const patches = Array.from({ length: size }, (_, index) => patchOf(`k${index}`));
    for (let at = 0; at < size; at += 128) await update(player, patches.slice(at, at + 128));
  };

/** The longest value there may be, which fills a dataset. */
const longest: Script = (player) => update(player, [patchOf('a', 'x'.repeat(1_048_575))]);

/** The same, and a hundred characters more. */
const overfull: Script = async (player) => {
  await longest(player);
  await update(player, [patchOf('b', 'x'.repeat(100))]);
};

const twoDatasets: Script = async (player) => {
  await update(player, [patchOf('a')], undefined, undefined, 'd');
  await update(player, [patchOf('a')], undefined, undefined, 'e');
};

/** An update under another name than that of the token. */
const updatingAs =
  (listed: string, name: string): Script =>
  async (player) => {
    const SyncSessionToken = await player.list('', { name: listed });
    const path = `${pool}/identities/${identityId}/datasets/${name}`;
    await post(player, path, { RecordPatches: [patchOf('a')], SyncSessionToken });
  };

const otherIdentity = identityId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

/** Three pools in which something was asked, then pages of them. */
const poolPages =
  (size: number, pages: number): Script =>
  async (player) => {
    for (const name of ['p:1', 'p:2', 'p:3']) await listing('', { pool: name })(player);
    let next = '';
    for (let page = 0; page < pages; page += 1) {
      const { body } = await player.call('GET', `/identitypools?maxResults=${size}${next}`);
      next = `&nextToken=${encodeURIComponent(String(body['NextToken']))}`;
    }
  };

/** A shortest sequence of calls that shows each mutant beyond the rules of sync counts. */
export const surfaceScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['any-length', get(`${datasetPath(poolId, identityId, 'd'.repeat(129))}/records`)],
  ['any-character', get(`${datasetPath(poolId, identityId, 'd!')}/records`)],
  ['nothing-required', postOnly(`${pool}/identity/${identityId}/device`, { Platform: 'GCM' })],
  ['op-in-any-case', batch([patchOf('a', 'x', { Op: 'REPLACE' })])],
  ['numbers-as-text', batch([patchOf('a', 'x', { SyncCount: '0' })])],
  ['updated-name-cut', updatingAs('d'.repeat(128), 'd'.repeat(129))],
  ['updated-name-trimmed', updatingAs('d', 'd%0A')],
  ['longest-name-not-described', get(datasetPath(poolId, identityId, 'd'.repeat(128)))],
  ['longest-stream-refused', postOnly(configuration, { CognitoStreams: { ...streams, StreamName: 's'.repeat(128) } })],
  ['longest-role-refused', postOnly(configuration, { PushSync: { ...push, RoleArn: push.RoleArn.padEnd(2048, 'x') } })],
  ['longest-name-refused', get(`${datasetPath(poolId, identityId, 'd'.repeat(128))}/records`)],
  ['longest-id-refused', get(`${datasetPath(poolId, identityId.padEnd(55, '0'), 'd')}/records`)],
  ['validation-is-422', get(`${datasetPath(poolId, identityId, 'd!')}/records`)],
  ['legal-patches-stored-first', batch([patchOf('a'), patchOf('')], true)],

  ['key-errors-differ', batch([patchOf('')])],

  ['page-holds-one-more', paged('?maxResults=1', 1, ['a', 'b'])],
  ['page-skips-one', paged('?maxResults=1', 2, ['a', 'b'])],
  ['last-page-has-token', paged('?maxResults=1', 2, ['a', 'b'])],
  ['session-token-on-first-page', paged('?maxResults=1', 2, ['a', 'b'])],
  ['filter-forgotten', paged('?lastSyncCount=1&maxResults=2', 2, ['a'], ['b', 'c', 'e'])],
  ['damaged-token-is-500', get(`${own}/records?nextToken=x`)],
  [
    'dataset-on-two-pages',
    async (player) => {
      await twoDatasets(player);
      const { body } = await player.call('GET', `${identity}/datasets?maxResults=1`);
      await player.call('GET', `${identity}/datasets?maxResults=1&nextToken=${String(body['NextToken'])}`);
    },
  ],

  [
    'any-number-of-datasets',
    async (player) => {
      for (let index = 0; index < 21; index += 1)
        await update(player, [patchOf('a')], undefined, undefined, `d${index}`);
    },
  ],
  ['any-number-of-records', filled(1025)],
  ['any-dataset-size', overfull],
  ['any-value-length', batch([patchOf('a', 'x'.repeat(1_048_576))])],
  ['record-limit-one-less', filled(1024)],
  ['limit-is-invalid-parameter', overfull],
  [
    'limit-stores-all-the-same',
    async (player) => {
      await overfull(player);
      await player.list();
    },
  ],
  [
    'deleted-datasets-count',
    async (player) => {
      for (let index = 0; index < 20; index += 1)
        await update(player, [patchOf('a')], undefined, undefined, `d${index}`);
      await player.dataset('DELETE', { name: 'd0' });
      await update(player, [patchOf('a')], undefined, undefined, 'd20');
    },
  ],
  ['removed-values-count', inTurn(longest, batch([{ Op: 'remove', Key: 'a', SyncCount: 1 }]), batch([patchOf('b')]))],
  [
    'replaced-values-count',
    inTurn(longest, batch([patchOf('a', 'x', { SyncCount: 1 })]), batch([patchOf('b', 'x'.repeat(100))])),
  ],
  [
    'removed-key-counts-again',
    inTurn(
      filled(1024),
      batch([{ Op: 'remove', Key: 'k0', SyncCount: 1 }]),
      batch([patchOf('k0', 'x', { SyncCount: 9 })]),
    ),
  ],
  ['deleted-records-count', inTurn(filled(1024), deleting, batch([patchOf('a')]))],

  ['raw-colon-refused', get(`${own}/records`)],
  ['one-content-type', spelled((text) => text, patchOf('a'), 'application/x-amz-json-1.1')],
  ['unknown-member-refused', spelled((text) => text.replace('{', '{"Unknown":1,'))],
  ['white-space-refused', spelled((text) => text.replace('{', '{ '))],
  ['fractions-refused', spelled((text) => text, patchOf('a', 'x', { DeviceLastModifiedDate: 1.5 }))],
  [
    'exponents-refused',
    spelled(
      (text) => text.replace('1400000000', '1.4E9'),
      patchOf('a', 'x', { DeviceLastModifiedDate: 1_400_000_000 }),
    ),
  ],
  [
    'chunks-not-read',
    async (player) => {
      const body = JSON.stringify({ RecordPatches: [patchOf('a')], SyncSessionToken: await player.list() });
      await player.chunked(own, body);
    },
  ],
  ['any-method-reads', async (player) => void (await player.call('PUT', `${own}/records`))],
  ['trailing-text-ignored', spelled((text) => `${text}x`)],
  ['malformed-stored-all-the-same', spelled((text) => `${text}x`, patchOf('a'), undefined, true)],

  [
    'usage-counts-deleted',
    async (player) => {
      await update(player, [patchOf('a')]);
      await player.dataset('DELETE');
      await player.call('GET', identity);
    },
  ],
  ['pool-usage-without-storage', get(pool)],
  ['pool-list-without-count', get('/identitypools')],
  ['deleted-storage-in-usage', inTurn(batch([patchOf('a')]), deleting, get(identity))],
  ['pool-storage-of-one-identity', inTurn(listing(), updating('a@0=x', { identity: otherIdentity }), get(pool))],
  ['count-of-larger-pages-is-total', poolPages(2, 1)],
  ['pool-on-two-pages', poolPages(1, 2)],
  ['pool-lost-between-pages', poolPages(1, 2)],
  ['pools-without-end', poolPages(2, 2)],
  ['damaged-pool-token-is-500', get('/identitypools?nextToken=x')],
  ['push-never-null', get(configuration)],
  [
    'push-loses-arns',
    async (player) => {
      await post(player, configuration, { PushSync: push });
      await player.call('GET', configuration);
    },
  ],
  [
    'push-stays-when-cleared',
    async (player) => {
      await post(player, configuration, { PushSync: push });
      await post(player, configuration, { PushSync: {} });
      await player.call('GET', configuration);
    },
  ],
  ['events-never-empty', get(`${pool}/events`)],
  [
    'events-not-kept',
    async (player) => {
      await post(player, `${pool}/events`, { Events: { SyncTrigger: 'x' } });
      await player.call('GET', `${pool}/events`);
    },
  ],
  [
    'events-never-removed',
    async (player) => {
      await post(player, `${pool}/events`, { Events: { SyncTrigger: '' } });
      await player.call('GET', `${pool}/events`);
    },
  ],
  ['no-device-id', postOnly(`${pool}/identity/${identityId}/device`, { Platform: 'GCM', Token: 't' })],
  [
    'unsubscribe-not-found',
    async (player) => {
      await update(player, [patchOf('a')]);
      const body = JSON.stringify({ Platform: 'GCM', Token: 't' });
      const device = await player.call('POST', `${pool}/identity/${identityId}/device`, body);
      await player.call('DELETE', `${own}/subscriptions/${String(device.body['DeviceId'])}`);
    },
  ],
  ['any-device-subscribes', postOnly(`${own}/subscriptions/none`)],
  ['publish-status-succeeded', postOnly(`${pool}/getBulkPublishDetails`)],
  [
    'publish-without-stream',
    async (player) => {
      await post(player, configuration, { CognitoStreams: { ...streams, StreamingStatus: 'DISABLED' } });
      await post(player, `${pool}/bulkpublish`, {});
    },
  ],
  [
    'publish-never-shows',
    async (player) => {
      await post(player, configuration, { CognitoStreams: streams });
      await post(player, `${pool}/bulkpublish`, {});
      await post(player, `${pool}/getBulkPublishDetails`, {});
    },
  ],
  [
    'publish-any-time',
    async (player) => {
      await post(player, configuration, { CognitoStreams: streams });
      await post(player, `${pool}/bulkpublish`, {});
      await post(player, `${pool}/bulkpublish`, {});
    },
  ],
]);
