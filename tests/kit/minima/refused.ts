import { inTurn, listing, updates, updating } from './script-parts.ts';
import type { Script } from './script-player.ts';
import { batch, patchOf } from './surface-parts.ts';

const illegal = patchOf('');
const letters = [...'abcdefghij'];
const long = 'x'.repeat(1_048_575);
const removal = { Op: 'remove', Key: 'a', SyncCount: 1 };

/** A shortest sequence of calls that shows each fault of refused updates. */
export const refusedScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['stored-up-to-illegal', batch([patchOf('a'), illegal], true)],
  ['stored-after-illegal-first', batch([illegal, patchOf('a')], true)],
  ['stored-in-tens-before-illegal', batch([...letters.map((key) => patchOf(key)), illegal], true)],
  ['removed-before-illegal', inTurn(updates('a@0=x'), batch([removal, illegal], true))],
  ['illegal-update-creates-dataset', batch([illegal], true)],
  [
    'illegal-update-revives-dataset',
    async (player) => {
      await updates('a@0=x')(player);
      await player.dataset('DELETE');
      await batch([illegal], true)(player);
    },
  ],
  ['illegal-update-raises-count', inTurn(updates('a@0=x'), batch([illegal], true))],
  [
    'stored-in-tens-before-stale',
    inTurn(updates('z@0=x'), updating([...letters.map((key) => `${key}@0=x`), 'z@0=y'].join(' ')), listing()),
  ],
  ['removed-before-stale', inTurn(updates('a@0=x b@0=x', 'a@1 b@0=y'), listing())],
  [
    'changes-stored-beyond-quota',
    inTurn(updates('a@0=x'), batch([patchOf('a', 'y', { SyncCount: 1 }), patchOf('b', long)], true)),
  ],
  ['what-fits-stored-beyond-quota', batch([patchOf('a'), patchOf('b', long)], true)],
]);
