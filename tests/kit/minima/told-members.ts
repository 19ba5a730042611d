import type { Script } from './script-player.ts';
import {
  afterConflict,
  describing,
  inTurn,
  listedAfter,
  listing,
  listingDatasets,
  updates,
  updating,
} from './script-parts.ts';

/** The same for mutants of members and headers that clients seldom read. */
export const toldMemberScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['success-as-html', listing()],
  ['success-in-latin-1', listing()],
  ['update-as-plain-text', updates('a@0=x')],
  ['datasets-as-bytes', listingDatasets],
  ['body-names-internal-error', describing],
  ['body-names-conflict-otherwise', afterConflict],
  ['merged-names-list-itself', listedAfter('', 'a@0=x')],
  ['merged-names-list-others', inTurn(updating('a@0=x', { name: 'e' }), listing())],
  ['merged-names-list-identities', listedAfter('', 'a@0=x')],
  ['unknown-dataset-has-author', listing()],
  ['batch-dated-by-place', updates('a@0=x b@0=x')],
]);
