import { datasetPath, identityId, poolId } from '../sync-client.ts';
import type { Player, Script } from './script-player.ts';
import { deleting, describing, inTurn, listedAfter, listing, updates, updatingAgain } from './script-parts.ts';

const get =
  (path: string): Script =>
  (player) =>
    player.get(path);

const patching =
  (...patches: Parameters<Player['patch']>[0]): Script =>
  async (player) => {
    await player.list();
    await player.patch(patches);
  };

const three = ['a@0=1', 'a@1=2', 'a@2=3'];
/** Four updates of a dataset, so that it counts as grown; the last may be a removal. */
const grow = updates(...three, 'a@3=4');
const bury = updates(...three, 'a@3');
const grown = (patches: string): Script => inTurn(grow, updates(patches));
const buried = (patches: string): Script => inTurn(bury, updates(patches));

/** Two tokens, an update with the newer one, and then one with the older. */
const twoTokens: Script = async (player) => {
  const older = await player.list();
  await player.list();
  await player.update('a@3=4');
  player.token = older;
  await player.update('a@4=5');
};

const withoutPatches: Script = async (player) => {
  await player.call('POST', datasetPath(poolId, identityId, 'd'), JSON.stringify({ SyncSessionToken: player.token }));
};

/** An update with the token that was given before all of this. */
const firstToken =
  (between: Script, patches: string): Script =>
  async (player) => {
    const first = await player.list();
    await between(player);
    player.token = first;
    await player.update(patches);
  };

const twoUpdates = inTurn(updatingAgain('a@0=x'), updates('b@0=x'));

const firstTokenListed: Script = async (player) => {
  const first = await player.list();
  await twoUpdates(player);
  await player.list(`?syncSessionToken=${encodeURIComponent(first)}`);
};

/** A shortest sequence of calls for each mutant that changes its mind. */
export const changeScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  [
    'replace-without-value-in-batch',
    patching({ Op: 'replace', Key: 'a', SyncCount: 0 }, { Op: 'replace', Key: 'b', SyncCount: 0, Value: 'x' }),
  ],
  [
    'remove-with-value-in-batch',
    patching(
      { Op: 'remove', Key: 'a', SyncCount: 0, Value: 'x' },
      { Op: 'replace', Key: 'b', SyncCount: 0, Value: 'x' },
    ),
  ],
  ['colon-at-end-refused', get(`${datasetPath(poolId, identityId, 'd:')}/records`)],
  ['upper-case-lists-datasets', get(`/identitypools/${poolId}/identities/us-east-1%3AABC/datasets`)],
  ['keys-up-to-256', patching({ Op: 'replace', Key: 'k'.repeat(257), SyncCount: 0, Value: 'x' })],
  ['same-value-stale-changes', grown('a@2=4')],
  ['same-value-in-batch-changes', grown('a@4=4 b@0=x')],
  ['count-ahead-of-dataset-changes', grown('a@5=z')],
  ['unknown-key-count-changes', grown('b@1=x')],
  ['unknown-key-count-ahead-changes', grown('b@5=x')],
  ['recreate-at-zero-changes', buried('a@0=x')],
  ['recreate-at-stale-changes', buried('a@1=x')],
  ['remove-tombstone-current-changes', buried('a@4')],
  ['remove-tombstone-stale-changes', buried('a@1')],
  ['remove-tombstone-zero-changes', buried('a@0')],
  ['duplicate-keys-changes', grown('b@0=x b@0=y')],
  [
    'device-date-changes',
    inTurn(
      grow,
      patching({ Op: 'replace', Key: 'a', SyncCount: 4, Value: 'x', DeviceLastModifiedDate: 1_400_000_000 }),
    ),
  ],
  ['deletion-count-changes', inTurn(grow, deleting, updates('a@0=x'))],
  ['deleted-dataset-count-changes', inTurn(grow, deleting, listing())],
  ['deleted-flag-while-deleted-changes', inTurn(grow, deleting, listing('?lastSyncCount=1'))],
  ['deleted-flag-from-start-changes', inTurn(updates(...three), deleting, listedAfter('?lastSyncCount=0', 'a@0=x'))],
  ['num-records-changes', inTurn(bury, describing)],
  ['data-storage-changes', inTurn(grow, describing)],
  ['token-after-other-update-changes', inTurn(updates(...three), twoTokens)],
  ['empty-list-refused-beside-removed', inTurn(updates('a@0=1', 'a@1'), listing(), (player) => player.patch([]))],
  ['missing-patches-raise-later', inTurn(grow, listing(), withoutPatches, listing())],
  ['update-knows-last-spent-token', firstToken(twoUpdates, 'b@2=y')],
  ['list-knows-last-spent-token', firstTokenListed],
  ['three-sessions-kept', firstToken(inTurn(listing(), listing(), listing()), 'a@0=x')],
  ['since-above-unknown-beside-others', inTurn(updates('a@0=x'), listing('?lastSyncCount=1', { name: 'e' }))],
  ['grown-dataset-stays-deleted', inTurn(grow, deleting, updates('a@0=x'))],
  ['grown-dataset-not-listed-deleted', inTurn(grow, deleting, listing())],
]);
