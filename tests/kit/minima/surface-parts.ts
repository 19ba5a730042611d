import type { Json } from '../../../specs/types/wire.ts';
import { datasetPath, identityId, poolId } from '../sync-client.ts';
import type { Player, Script } from './script-player.ts';
import { listing } from './script-parts.ts';

export const pool: string = `/identitypools/${poolId}`;
export const identity: string = `${pool}/identities/${identityId}`;
export const own: string = datasetPath(poolId, identityId, 'd');

export type Patch = { readonly [member: string]: Json };

export const patchOf = (key: string, value = 'x', extra: Patch = {}): Patch => ({
  Op: 'replace',
  Key: key,
  Value: value,
  SyncCount: 0,
  ...extra,
});

export async function update(
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
export const spelled =
  (spell: (text: string) => string, patch: Patch = patchOf('a'), type?: string, listed = false): Script =>
  async (player) => {
    await update(player, [patch], spell, type);
    if (listed) await player.list();
  };

/** Updates of the dataset `d`, one for each list of keys, then a listing by pages of one record. */
export const paged =
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

export const post = (player: Player, path: string, body: Json): Promise<unknown> =>
  player.call('POST', path, JSON.stringify(body));
export const get =
  (path: string): Script =>
  async (player) =>
    void (await player.call('GET', path));
export const postOnly =
  (path: string, body: Json = {}): Script =>
  async (player) =>
    void (await post(player, path, body));

export const push: { readonly ApplicationArns: string[]; readonly RoleArn: string } = {
  ApplicationArns: ['arn:aws:sns:us-east-1:123456789012:app/GCM/x'],
  RoleArn: 'arn:aws:iam::123456789012:role/x',
};
export const streams: { readonly [member: string]: string } = {
  RoleArn: push.RoleArn,
  StreamName: 's',
  StreamingStatus: 'ENABLED',
};
export const configuration: string = `${pool}/configuration`;

export const batch =
  (patches: readonly Patch[], listed = false): Script =>
  async (player) => {
    await update(player, patches);
    if (listed) await player.list();
  };

/** A dataset of so many records, written 1,000 at a time. */
export const filled =
  (size: number): Script =>
  async (player) => {
    const patches = Array.from({ length: size }, (_, index) => patchOf(`k${index}`));
    for (let at = 0; at < size; at += 1000) await update(player, patches.slice(at, at + 1000));
  };

/** The longest value there may be, which fills a dataset. */
export const longest: Script = (player) => update(player, [patchOf('a', 'x'.repeat(1_048_575))]);

/** The same, and a hundred characters more. */
export const overfull: Script = async (player) => {
  await longest(player);
  await update(player, [patchOf('b', 'x'.repeat(100))]);
};

/** Datasets of these names, then two pages of one dataset each. */
export const pagedDatasets =
  (...names: readonly string[]): Script =>
  async (player) => {
    for (const name of names) await update(player, [patchOf('a')], undefined, undefined, name);
    const { body } = await player.call('GET', `${identity}/datasets?maxResults=1`);
    await player.call('GET', `${identity}/datasets?maxResults=1&nextToken=${String(body['NextToken'])}`);
  };

/** An update under another name than that of the token. */
export const updatingAs =
  (listed: string, name: string): Script =>
  async (player) => {
    const SyncSessionToken = await player.list('', { name: listed });
    const path = `${pool}/identities/${identityId}/datasets/${name}`;
    await post(player, path, { RecordPatches: [patchOf('a')], SyncSessionToken });
  };

/** A dataset and a device, and calls about the subscription of one to the other. */
export const subscriptions =
  (...methods: readonly ('DELETE' | 'POST')[]): Script =>
  async (player) => {
    await update(player, [patchOf('a')]);
    const body = JSON.stringify({ Platform: 'GCM', Token: 't' });
    const device = await player.call('POST', `${pool}/identity/${identityId}/device`, body);
    for (const method of methods) await player.call(method, `${own}/subscriptions/${String(device.body['DeviceId'])}`);
  };

export const otherIdentity: string = identityId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

/** Three pools in which something was asked, then pages of them. */
export const poolPages =
  (size: number, pages: number): Script =>
  async (player) => {
    for (const name of ['p:1', 'p:2', 'p:3']) await listing('', { pool: name })(player);
    let next = '';
    for (let page = 0; page < pages; page += 1) {
      const { body } = await player.call('GET', `/identitypools?maxResults=${size}${next}`);
      next = `&nextToken=${encodeURIComponent(String(body['NextToken']))}`;
    }
  };
