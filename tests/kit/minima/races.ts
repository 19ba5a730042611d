import type { Player, Script } from './script-player.ts';
import { deleting, inTurn, listing, updates, updating } from './script-parts.ts';

/** Calls that are sent together; updates are given in short, each with a session of its own that was opened before. */
const atOnce =
  (...calls: readonly (string | Script)[]): Script =>
  async (player) => {
    const lanes: Script[] = [];
    for (const call of calls) lanes.push(typeof call === 'string' ? withToken(await player.list(), call) : call);
    await player.together(...lanes);
  };

function withToken(token: string, patches: string): Script {
  return (player: Player) => {
    player.token = token;
    return player.update(patches);
  };
}

/** A shortest race that shows each mutant. */
export const raceScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['checked-before-the-write', atOnce('a@0=x', 'a@0=x')],
  ['counted-before-the-write', atOnce('a@0=x', 'b@0=x')],
  ['written-back-whole', inTurn(atOnce('a@0=x', 'b@0=x'), listing())],
  ['undone-in-part', inTurn(atOnce('b@0=x', 'a@0=x b@0=x'), listing())],
  ['written-after-deletion', inTurn(updates('a@0=x'), atOnce('a@1=y', deleting), listing())],
  ['number-taken-at-arrival', inTurn(atOnce('a@0=x', 'a@0=x'), listing())],
  ['lock-left-behind', inTurn(atOnce('a@0=x', 'a@0=x'), updating('a@1=y'))],
  ['batch-stored-one-by-one', atOnce('a@0=x b@0=x', listing())],
  ['cached-too-late', inTurn(atOnce('a@0=x', listing()), listing())],
  ['count-read-before-records', atOnce(listing(), 'a@0=x')],
  ['second-update-hangs', atOnce('a@0=x', 'b@0=x')],
  ['dataset-locked-for-good', inTurn(atOnce('a@0=x', 'b@0=x'), updating('a@1=y'))],
  ['connections-dropped-for-good', inTurn(atOnce('a@0=x', 'b@0=x'), updating('a@1=y'))],
]);
