import { datasetPath, identityId, poolId } from '../sync-client.ts';
import type { Script } from './script-player.ts';
import { updating } from './script-parts.ts';
import { get, identity, own, patchOf, post } from './surface-parts.ts';

const hyphens = (path: string): string => path.replaceAll('-', '%2D');
const lowerCase = get(`${own.replaceAll(':', '%3a')}/records`);
const listed = get(`${hyphens(own)}/records`);

/** The same for mutants that take one spelling of a path only. */
export const encodedPathScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['lower-case-escapes-refused', lowerCase],
  ['lower-case-escapes-kept', lowerCase],
  ['only-colons-decoded', listed],
  ['encoded-hyphens-refused', listed],
  ['ids-keep-escapes', listed],
  ['encoded-hyphen-as-underscore', listed],
  [
    'update-keeps-escapes',
    async (player) => {
      const SyncSessionToken = await player.list();
      await post(player, hyphens(own), { SyncSessionToken, RecordPatches: [patchOf('a')] });
    },
  ],
  ['datasets-keep-escapes', get(hyphens(`${identity}/datasets`))],
  ['describe-keeps-escapes', get(hyphens(own))],
  [
    'described-name-as-sent',
    async (player) => {
      await updating('a@0=x', { name: 'd-e' })(player);
      await get(hyphens(datasetPath(poolId, identityId, 'd-e')))(player);
    },
  ],
]);
