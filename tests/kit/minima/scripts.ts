import type { Script } from './script-player.ts';
import {
  afterConflict,
  described,
  inTurn,
  listingDatasets,
  listedAfter,
  longRun,
  onePatch,
  recreated,
  twoPages,
  updates,
} from './script-parts.ts';

/** A shortest sequence of calls that shows each mutant. */
export const scripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['new-record-at-zero-refused', updates('a@0=x', 'b@0=x')],
  ['answer-shows-sent-count', updates('a@0=x')],
  ['listed-count-lags', listedAfter('', 'a@0=x', 'a@1=y')],
  ['current-count-refused', updates('a@0=x', 'b@0=x', 'a@1=y')],
  ['first-update-is-zero', updates('a@0=x')],
  ['rises-by-two', updates('a@0=x', 'b@0=x')],
  ['count-per-record', updates('a@0=x', 'b@0=x')],
  ['count-per-patch', updates('a@0=x b@0=x')],
  ['dataset-count-lags', listedAfter('', 'a@0=x')],
  ['untouched-records-rise', listedAfter('', 'a@0=x', 'b@0=x')],
  ['wraps-at-128', longRun(128)],
  ['wraps-at-256', longRun(256)],
  ['last-write-wins', updates('a@0=x', 'a@0=y')],
  ['stale-by-one-accepted', updates('a@0=x', 'a@1=y', 'a@1=z')],
  ['zero-forces', updates('a@0=x', 'a@0=y')],
  ['stale-remove-accepted', updates('a@0=x', 'a@0')],
  ['conflict-is-400', updates('a@0=x', 'a@0=y')],
  ['conflict-has-other-type', updates('a@0=x', 'a@0=y')],
  ['conflict-without-message', updates('a@0=x', 'a@0=y')],
  ['only-first-patch-checked', updates('a@0=x', 'b@0=y a@0=y')],
  ['only-last-patch-checked', updates('a@0=x', 'a@0=y b@0=y')],
  ['refused-batch-half-applied', afterConflict],
  ['refused-update-raises-count', afterConflict],
  ['value-trimmed', onePatch({ Value: ' x' })],
  ['value-normalised', onePatch({ Value: 'e\u0301' })],
  ['value-cut', onePatch({ Value: 'x'.repeat(256) })],
  ['key-trimmed', onePatch({ Key: 'a ' })],
  ['empty-value-removes', onePatch({ Value: '' })],
  ['keys-ignore-case', listedAfter('', 'a@0=x A@0=y')],
  ['proto-key-lost', listedAfter('', '__proto__@0=x')],
  ['answer-lists-first-only', updates('a@0=x b@0=x')],
  ['removed-vanishes', listedAfter('', 'a@0=x', 'a@1')],
  ['removed-shows-empty-string', updates('a@0=x', 'a@1')],
  ['removed-count-refused', updates('a@0', 'a@1=x')],
  ['dates-in-milliseconds', updates('a@0=x')],
  ['dates-as-text', updates('a@0=x')],
  ['last-modified-from-device', onePatch({ DeviceLastModifiedDate: 5 })],
  ['last-modified-frozen', updates('a@0=x', 'a@1=y')],
  ['unknown-dataset-not-found', listedAfter('')],
  [
    'listing-creates-dataset',
    async (player) => {
      await player.list();
      await player.dataset('GET');
    },
  ],
  ['first-record-left-out', listedAfter('', 'a@0=x')],
  ['since-is-inclusive', listedAfter('?lastSyncCount=1', 'a@0=x')],
  ['since-is-ignored', listedAfter('?lastSyncCount=1', 'a@0=x')],
  ['pages-overlap', twoPages],
  ['last-page-is-short', twoPages],
  ['exists-only-with-records', listedAfter('?lastSyncCount=1', 'a@0=x')],
  ['dataset-count-of-listing', listedAfter('?lastSyncCount=1', 'a@0=x')],
  [
    'reading-raises-count',
    async (player) => {
      await listedAfter('', 'a@0=x')(player);
      await player.list();
    },
  ],
  ['count-is-zero', listedAfter('', 'a@0=x')],
  ['no-token-for-unknown-dataset', listedAfter('')],
  ['created-by-second-update', described],
  ['num-records-is-sync-count', described],
  ['newest-dataset-not-listed', inTurn(updates('a@0=x'), listingDatasets)],
  ['deletion-keeps-records', recreated('b@0=y')],
  ['describe-unknown-answers', (player) => player.dataset('GET')],
  ['delete-unknown-answers', (player) => player.dataset('DELETE')],
  ['deletion-resets-count', recreated('a@0=x')],
  ['deleted-flag-never-set', recreated('a@0=x', '?lastSyncCount=1')],
  [
    'dataset-names-ignore-case',
    async (player) => {
      await updates('a@0=x')(player);
      await player.list('', { name: 'D' });
    },
  ],
  [
    'prefix-is-deleted-too',
    async (player) => {
      await updates('a@0=x')(player);
      await player.list('', { name: 'dd' });
      await player.update('a@0=x', { name: 'dd' });
      await player.dataset('DELETE');
      await player.dataset('GET', { name: 'dd' });
    },
  ],
  [
    'identities-share-datasets',
    async (player) => {
      await updates('a@0=x')(player);
      await player.list('', { identity: 'us-east-1:1' });
    },
  ],
  [
    'pools-share-identities',
    async (player) => {
      await updates('a@0=x')(player);
      await player.list('', { pool: 'us-east-1:1' });
    },
  ],
  ['token-not-required', (player) => player.update('a@0=x')],
  [
    'made-up-token-accepted',
    async (player) => {
      player.token = 'made-up';
      await player.update('a@0=x');
    },
  ],
  [
    'token-of-other-dataset-accepted',
    async (player) => {
      await player.list();
      await player.update('a@0=x', { name: 'other' });
    },
  ],
  [
    'token-of-other-identity-accepted',
    async (player) => {
      await player.list();
      await player.update('a@0=x', { identity: 'us-east-1:1' });
    },
  ],
  [
    'token-spent-by-reading',
    async (player) => {
      const token = await player.list();
      await player.list(`?syncSessionToken=${token}`);
      await player.list(`?syncSessionToken=${token}`);
    },
  ],
  [
    'token-spent-by-conflict',
    async (player) => {
      await updates('a@0=x', 'a@0=y')(player);
      await player.update('a@1=y');
    },
  ],
]);
