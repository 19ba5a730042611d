import { datasetPath, identityId, poolId } from '../sync-client.ts';
import type { Script } from './script-player.ts';
import { deleting, inTurn } from './script-parts.ts';
import {
  pool,
  own,
  patchOf,
  update,
  spelled,
  paged,
  get,
  postOnly,
  push,
  streams,
  configuration,
  batch,
  filled,
  longest,
  overfull,
  pagedDatasets,
  updatingAs,
} from './surface-parts.ts';

/** A shortest sequence of calls that shows each mutant beyond the rules of sync counts. */
export const surfaceScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['any-length', get(`${datasetPath(poolId, identityId, 'd'.repeat(129))}/records`)],
  ['any-character', get(`${datasetPath(poolId, identityId, 'd!')}/records`)],
  ['nothing-required', postOnly(`${pool}/identity/${identityId}/device`, { Platform: 'GCM' })],
  ['op-in-any-case', batch([patchOf('a', 'x', { Op: 'REPLACE' })])],
  ['numbers-as-text', batch([patchOf('a', 'x', { SyncCount: '0' })])],
  ['fractions-cut', batch([patchOf('a', 'x', { SyncCount: 0.5 })])],
  ['updated-name-cut', updatingAs('d'.repeat(128), 'd'.repeat(129))],
  ['updated-name-trimmed', updatingAs('d', 'd%0A')],
  ['longest-name-not-described', get(datasetPath(poolId, identityId, 'd'.repeat(128)))],
  ['longest-stream-refused', postOnly(configuration, { CognitoStreams: { ...streams, StreamName: 's'.repeat(128) } })],
  ['longest-role-refused', postOnly(configuration, { PushSync: { ...push, RoleArn: push.RoleArn.padEnd(2048, 'x') } })],
  ['longest-name-refused', get(`${datasetPath(poolId, identityId, 'd'.repeat(128))}/records`)],
  ['validation-is-422', get(`${datasetPath(poolId, identityId, 'd!')}/records`)],
  ['legal-patches-stored-first', batch([patchOf('a'), patchOf('')], true)],

  ['page-holds-one-more', paged('?maxResults=1', 1, ['a', 'b'])],
  ['negative-count-breaks-listing', get(`${own}/records?lastSyncCount=-1`)],
  ['page-skips-one', paged('?maxResults=1', 2, ['a', 'b'])],
  ['last-page-has-token', paged('?maxResults=1', 2, ['a', 'b'])],
  ['count-on-first-page', paged('?maxResults=1', 2, ['a', 'b'])],
  ['record-on-two-pages', paged('?maxResults=1', 2, ['a', 'b'])],
  ['session-token-on-first-page', paged('?maxResults=1', 2, ['a', 'b'])],
  ['filter-forgotten', paged('?lastSyncCount=1&maxResults=2', 2, ['a'], ['b', 'c', 'e'])],
  ['damaged-token-is-500', get(`${own}/records?nextToken=x`)],
  ['dataset-on-two-pages', pagedDatasets('d', 'e')],
  ['dataset-border-in-any-case', pagedDatasets('A', 'a')],
  ['page-border-in-any-case', paged('?maxResults=1', 2, ['A', 'a'])],

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
      batch([patchOf('k0', 'x', { SyncCount: 3 })]),
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
  ['nesting-breaks-parser', spelled((text) => text.replace('{', `{"Unknown":${'['.repeat(1000)}${']'.repeat(1000)},`))],
  ['malformed-stored-all-the-same', spelled((text) => `${text}x`, patchOf('a'), undefined, true)],
]);
