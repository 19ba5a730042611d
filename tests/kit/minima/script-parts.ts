import { identityId, poolId } from '../sync-client.ts';
import type { Player, Script } from './script-player.ts';

/** Updates in a row, each after a listing of its own. */
export const updates =
  (...list: readonly string[]): Script =>
  async (player) => {
    for (const patches of list) {
      await player.list();
      await player.update(patches);
    }
  };

/** The same, then one listing. */
export const listedAfter =
  (query: string, ...list: readonly string[]): Script =>
  async (player) => {
    await updates(...list)(player);
    await player.list(query);
  };

export const twoPages: Script = async (player) => {
  await listedAfter('?maxResults=1', 'a@0=x b@0=x')(player);
  await player.list(`?maxResults=1&nextToken=${player.next}`);
};

export const recreated =
  (again: string, query = ''): Script =>
  async (player) => {
    await updates('a@0=x')(player);
    await player.dataset('DELETE');
    await updates(again)(player);
    await player.list(query);
  };

export const described: Script = async (player) => {
  await updates('a@0=x b@0=x')(player);
  await player.dataset('GET');
};

export const onePatch =
  (patch: Parameters<Player['patch']>[0][number]): Script =>
  async (player) => {
    await player.list();
    await player.patch([{ Key: 'a', Op: 'replace', SyncCount: 0, Value: 'x', ...patch }]);
  };

export const afterConflict: Script = async (player) => {
  await updates('a@0=x', 'b@0=y a@0=y')(player);
  await player.list();
};

export const longRun = (last: number): Script =>
  updates(...Array.from({ length: last }, (_, index) => `a@${index}=${index}`));

/** One script after the other. */
export const inTurn =
  (...scripts: readonly Script[]): Script =>
  async (player) => {
    for (const script of scripts) await script(player);
  };

/** One listing, of another dataset, identity or pool where it says so. */
export const listing =
  (query = '', where: Parameters<Player['list']>[1] = {}): Script =>
  async (player) => {
    await player.list(query, where);
  };

/** One update with a listing of its own. */
export const updating =
  (patches: string, where: Parameters<Player['update']>[1] = {}): Script =>
  async (player) => {
    await player.list('', where);
    await player.update(patches, where);
  };

/** An update with the token of the last listing, whatever it was. */
export const updatingAgain =
  (patches: string): Script =>
  (player) =>
    player.update(patches);

export const describing: Script = (player) => player.dataset('GET');

export const deleting: Script = (player) => player.dataset('DELETE');

export const listingDatasets: Script = (player) =>
  player.get(`/identitypools/${poolId}/identities/${identityId}/datasets`);

/** An update with a token that no listing gave. */
export const withMadeUpToken =
  (patches: string): Script =>
  async (player) => {
    player.token = 'made-up';
    await player.update(patches);
  };
