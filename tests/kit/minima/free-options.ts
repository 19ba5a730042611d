import type { Script } from './script-player.ts';
import { deleting, describing, inTurn, listing, onePatch, updating } from './script-parts.ts';
import { batch, get, identity, otherIdentity, patchOf, pool, poolPages } from './surface-parts.ts';

const much = 'x'.repeat(8192);
const dated = { DeviceLastModifiedDate: 1_400_001_000 };

/** The same for mutants that break an option which allows much. */
export const freeOptionScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['storage-always-zero', inTurn(updating('a@0=x'), describing)],
  ['storage-of-first-look', inTurn(updating('a@0=x'), describing, updating(`b@0=${much}`), describing)],
  ['storage-grows-with-reading', inTurn(updating('a@0=x'), describing, describing)],
  ['storage-of-newest-update', inTurn(updating('a@0=xyz'), describing, updating('b@0=x'), describing)],
  ['storage-keeps-what-was-removed', inTurn(updating(`a@0=${much}`), describing, updating('a@1'), describing)],
  ['device-date-shifted', onePatch(dated)],
  ['device-date-of-local-time', onePatch(dated)],
  ['device-date-in-whole-hours', onePatch(dated)],
  ['device-date-of-patch-before', batch([patchOf('a', 'x', dated), patchOf('b')])],
  ['identity-usage-empty-after-removal', inTurn(updating('a@0=x b@0=x'), updating('b@1'), get(identity))],
  ['pool-usage-beyond-all', inTurn(listing(), updating('a@0=x', { identity: otherIdentity }), get(pool))],
  ['identity-usage-beyond-all', inTurn(updating('é@0=x'), get(identity))],
  ['pool-usage-empty-after-deletion', inTurn(updating('a@0=x'), updating('a@0=x', { name: 'e' }), deleting, get(pool))],
  ['pool-count-below-zero', poolPages(2, 1)],
]);
