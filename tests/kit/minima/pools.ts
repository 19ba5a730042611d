import { identityId } from '../sync-client.ts';
import type { Script } from './script-player.ts';
import { deleting, inTurn, listing, updating } from './script-parts.ts';
import {
  pool,
  identity,
  own,
  patchOf,
  update,
  post,
  get,
  postOnly,
  push,
  streams,
  configuration,
  batch,
  subscriptions,
  otherIdentity,
  poolPages,
} from './surface-parts.ts';

/** The same for mutants of what belongs to a whole pool. */
export const poolScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  [
    'usage-counts-deleted',
    async (player) => {
      for (const name of ['d', 'e']) await update(player, [patchOf('a')], undefined, undefined, name);
      await player.dataset('DELETE');
      await player.call('GET', identity);
    },
  ],
  ['pool-usage-without-storage', inTurn(batch([patchOf('a')]), get(pool))],
  ['pool-list-without-count', get('/identitypools')],
  [
    'deleted-storage-in-usage',
    inTurn(batch([patchOf('a')]), updating('a@0=x', { name: 'e' }), deleting, get(identity)),
  ],
  ['pool-storage-of-one-identity', inTurn(listing(), updating('a@0=x', { identity: otherIdentity }), get(pool))],
  ['count-of-larger-pages-is-total', poolPages(2, 1)],
  ['pool-on-two-pages', poolPages(2, 2)],
  ['pool-lost-between-pages', poolPages(1, 2)],
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
  ['unsubscribe-not-found', subscriptions('POST', 'DELETE')],
  ['subscribe-not-found', subscriptions('POST')],
  ['subscribe-once-only', subscriptions('POST', 'DELETE', 'POST')],
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
