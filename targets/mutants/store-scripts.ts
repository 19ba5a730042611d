import type { Script } from './play.ts';
import {
  deleting,
  describing,
  inTurn,
  listedAfter,
  listing,
  listingDatasets,
  longRun,
  onePatch,
  updates,
  updating,
  updatingAgain,
  withMadeUpToken,
} from './script-parts.ts';

const e = { name: 'e' };
const other = { identity: 'us-east-1:1' };
const pool = { pool: 'us-east-1:1' };

const tokenReadTwice: Script = async (player) => {
  const token = await player.list();
  await player.list(`?syncSessionToken=${token}`);
  await player.list(`?syncSessionToken=${token}`);
  await player.update('a@0=x');
};

const spentTwice: Script = async (player) => {
  const first = await player.list();
  await player.update('a@0=x');
  await updates('a@1=y')(player);
  player.token = first;
  await player.update('a@2=z');
};

/** A batch of so many new records. */
const letters = (count: number): string =>
  [...'abcdefghijklmnopqrstuvwxyz']
    .slice(0, count)
    .map((key) => `${key}@0=x`)
    .join(' ');

/** A shortest sequence of calls that shows each fault of the ways stores are built. */
export const storeScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['counter-in-blocks', longRun(20)],
  ['conflict-takes-a-count', inTurn(updates('a@0=x', 'a@0=y'), updatingAgain('b@0=x'))],
  ['removal-takes-no-count', updates('a@0=x', 'a@1')],
  ['removed-record-keeps-count', updates('a@0=x', 'a@1')],
  ['dataset-count-of-live-records', listedAfter('', 'a@0=x', 'a@1')],
  ['identity-shares-counter', inTurn(updating('a@0=x'), updating('a@0=x', e))],
  ['interleaved-update-skips', inTurn(updating('a@0=x'), updating('a@0=x', e), updating('b@0=x'))],
  ['shown-in-a-signed-byte', longRun(128)],
  ['dataset-count-in-a-byte', inTurn(longRun(256), listing())],
  ['count-compared-as-text', inTurn(longRun(10), updating('a@9=x'))],
  ['count-compared-in-a-byte', inTurn(longRun(256), updating('a@0=x'))],
  ['stale-with-same-length-accepted', updates('a@0=x', 'a@1=y', 'a@1=z')],
  ['stale-in-another-case-accepted', updates('a@0=x', 'a@1=y', 'a@1=Y')],
  ['stale-with-same-number-accepted', updates('a@0=x', 'a@1=1', 'a@1=1.0')],
  ['far-stale-accepted', inTurn(longRun(4), updating('a@1=x'))],
  ['checked-against-dataset', updates('a@0=x', 'b@0=x', 'a@1')],
  ['stale-remove-in-batch-accepted', updates('a@0=x', 'a@0 b@0=x')],
  ['removed-key-free-for-all', updates('a@0=x', 'a@1', 'a@2=y', 'a@1=z')],
  ['message-shows-dataset-count', updates('a@0=x', 'b@0=x', 'a@0=y')],
  ['patches-after-the-stale-one-applied', inTurn(updates('a@0=x', 'a@0=y b@0=x'), listing())],
  ['every-other-patch-checked', updates('a@0=x', 'b@0=x a@0=y')],
  ['fourth-patch-unchecked', updates('a@0=x', 'b@0=x c@0=x d@0=x a@0=y')],
  ['majority-decides', updates('a@0=x', 'b@0=x a@0=y')],
  ['mixed-batch-unchecked', updates('a@0=x b@0=x', 'a@0=y b@1')],
  ['large-batch-unchecked', updates(letters(11), letters(11))],
  ['batch-cut-at-25', updates(letters(26))],
  ['keys-as-patterns', updates('axb@0=x', 'a_b@0=y')],
  ['keys-share-hash', listedAfter('', 'Aa@0=x BB@0=y')],
  ['neighbours-counted', inTurn(updating('a@0=x'), updating('a@0=x', e), listing())],
  ['deletion-keeps-removed', inTurn(updates('a@0=x', 'a@1'), deleting, updates('a@0=x'))],
  ['batch-stores-last-only', listedAfter('', 'a@0=x b@0=x')],
  ['third-of-four-lost', listedAfter('', 'a@0=x b@0=x c@0=x d@0=x')],
  ['second-write-lost', listedAfter('', 'a@0=x', 'a@1=y')],
  ['batch-replaces-dataset', listedAfter('', 'a@0=x', 'b@0=x c@0=x')],
  ['answer-lists-all-records', updates('a@0=x', 'b@0=x')],
  ['answer-lacks-removed', updates('a@0=x', 'a@1')],
  ['answer-repeats-records', updates('a@0=x b@0=x')],
  ['removal-answers-old-count', updates('a@0=x', 'a@1')],
  ['value-trimmed-at-end', onePatch({ Value: 'x ' })],
  ['value-ends-at-astral', onePatch({ Value: 'x\u{1F600}y' })],
  ['value-ends-at-nul', onePatch({ Value: 'x\0y' })],
  ['value-over-64k-cut', onePatch({ Value: 'x'.repeat(65_536) })],
  ['null-text-removes', onePatch({ Value: 'null' })],
  ['number-text-reformatted', onePatch({ Value: '0' })],
  ['json-reserialised', onePatch({ Value: '[1,2]' })],
  ['value-html-escaped', onePatch({ Value: '&' })],
  ['line-ends-normalised', onePatch({ Value: '\r\n' })],
  ['value-percent-decoded', onePatch({ Value: '%41' })],
  ['value-in-latin-1', onePatch({ Value: '\u{1F600}' })],
  ['byte-order-mark-lost', onePatch({ Value: '\ufeffx' })],
  ['answer-shows-old-value', updates('a@0=x', 'a@1=y')],
  ['key-normalised', onePatch({ Key: 'e\u0301' })],
  ['key-percent-decoded', onePatch({ Key: 'a%20b' })],
  ['key-cut', onePatch({ Key: 'k'.repeat(128) })],
  ['key-ends-at-nul', onePatch({ Key: 'a\0' })],
  ['inherited-key-exists', onePatch({ Key: 'constructor' })],
  ['keys-with-slash-merge', listedAfter('', 'a@0=x a/@0=y')],
  ['keys-as-numbers', listedAfter('', '1@0=x 01@0=y')],
  ['keys-collate', listedAfter('', 'ß@0=x ss@0=y')],
  ['date-kept-for-a-minute', updates('a@0=x', 'a@1=y')],
  ['device-date-in-milliseconds', onePatch({ DeviceLastModifiedDate: 5 })],
  ['removal-keeps-date', updates('a@0=x', 'a@1')],
  ['removed-without-date', updates('a@0=x', 'a@1')],
  ['dates-without-epoch', updates('a@0=x')],
  ['dates-in-local-time', updates('a@0=x')],
  ['dataset-dates-in-local-time', inTurn(updates('a@0=x'), describing)],
  ['neighbours-dated', listedAfter('', 'a@0=x', 'b@0=x')],
  ['described-date-cached', inTurn(updates('a@0=x'), describing, updates('a@1=y'), describing)],
  ['creation-date-moves', inTurn(updates('a@0=x'), describing, updates('a@1=y'), describing)],
  ['listing-cached-over-batch', listedAfter('', 'a@0=x b@0=x')],
  ['listing-cached-over-remove', listedAfter('', 'a@0=x', 'a@1')],
  ['listing-cached-over-deletion', inTurn(updates('a@0=x'), listing(), deleting, listing())],
  ['listing-cached-without-count', inTurn(updates('a@0=x'), listing('?lastSyncCount=1'), listing())],
  ['tombstones-swept-by-next-write', listedAfter('', 'a@0=x', 'a@1', 'b@0=x')],
  ['ten-records-listed', listedAfter('', Array.from('abcdefghijk', (key) => `${key}@0=x`).join(' '))],
  ['since-inclusive-for-removed', listedAfter('?lastSyncCount=2', 'a@0=x', 'a@1')],
  ['since-compared-as-text', inTurn(longRun(10), listing('?lastSyncCount=9'))],
  ['rewritten-listed-twice', listedAfter('', 'a@0=x', 'a@1=y')],
  ['all-removed-refused', listedAfter('', 'a@0=x', 'a@1')],
  ['exists-only-with-values', listedAfter('', 'a@0=x', 'a@1')],
  ['count-of-updates', listedAfter('', 'a@0=x b@0=x')],
  ['no-token-with-since', listedAfter('?lastSyncCount=1', 'a@0=x')],
  ['describing-raises-count', inTurn(updates('a@0=x'), describing, listing())],
  ['describing-creates-dataset', inTurn(describing, listing())],
  ['second-deletion-resets-count', inTurn(updates('a@0=x'), deleting, updates('a@0=x'), deleting, updates('a@0=x'))],
  [
    'second-deletion-unflagged',
    inTurn(updates('a@0=x'), deleting, updates('a@0=x'), deleting, listedAfter('?lastSyncCount=2', 'a@0=x')),
  ],
  [
    'flag-cleared-by-reading',
    inTurn(updates('a@0=x'), deleting, listedAfter('?lastSyncCount=1', 'a@0=x'), listing('?lastSyncCount=1')),
  ],
  ['flag-stays-for-ever', inTurn(updates('a@0=x'), deleting, listedAfter('?lastSyncCount=3', 'a@0=x', 'b@0=x'))],
  ['recreated-keys-refused-at-zero', inTurn(updates('a@0=x'), deleting, updates('a@0=x'))],
  ['deleted-dataset-listed', inTurn(updates('a@0=x'), deleting, listingDatasets)],
  ['deleted-dataset-described', inTurn(updates('a@0=x'), deleting, describing)],
  ['delete-only-if-empty', inTurn(updates('a@0=x'), deleting)],
  ['delete-answers-nothing', inTurn(updates('a@0=x'), deleting)],
  ['storage-only-grows', inTurn(updates('a@0=x', 'a@1=y'), describing)],
  ['storage-counts-long-values-short', inTurn(onePatch({ Value: 'x'.repeat(1025) }), describing)],
  ['batch-removals-still-counted', inTurn(updates('a@0=x', 'a@1 b@0=x'), describing)],
  ['listed-num-records-lags', inTurn(updates('a@0=x'), listingDatasets)],
  ['datasets-counted-one-short', inTurn(updating('a@0=x'), updating('a@0=x', e), listingDatasets)],
  ['empty-identity-not-found', listingDatasets],
  ['described-only-with-values', inTurn(updates('a@0'), describing)],
  ['dataset-name-end-trimmed', inTurn(updating('a@0=x'), listing('', { name: 'd_' }))],
  ['dataset-name-ends-at-dot', inTurn(updating('a@0=x'), listing('', { name: 'd.e' }))],
  ['dataset-names-fold-punctuation', inTurn(updating('a@0=x', { name: 'd-1' }), listing('', { name: 'd_1' }))],
  [
    'deletion-reaches-other-identities',
    inTurn(updating('a@0=x', other), updating('a@0=x'), deleting, listing('', other)),
  ],
  ['deletion-reaches-other-pools', inTurn(updating('a@0=x', pool), updating('a@0=x'), deleting, listing('', pool))],
  [
    'recreation-empties-namesakes',
    inTurn(updating('a@0=x', { name: 'd2' }), updating('a@0=x'), listing('', { name: 'd2' })),
  ],
  ['second-session-refused', updates('a@0=x', 'b@0=x')],
  ['token-expires-with-next-read', tokenReadTwice],
  ['wrong-token-not-authorized', withMadeUpToken('a@0=x')],
  ['wrong-token-checked-after-writing', inTurn(withMadeUpToken('a@0=x'), listing())],
  ['wrong-token-takes-a-count', inTurn(updates('a@0=x'), withMadeUpToken('b@0=x'), listing())],
  ['token-of-longer-name-accepted', inTurn(listing(), (player) => player.update('a@0=x', { name: 'd2' }))],
  ['token-checked-for-known-datasets-only', withMadeUpToken('a@0=x')],
  ['counts-as-text', updates('a@0=x')],
  ['exists-as-text', listing()],
  ['single-record-without-list', updates('a@0=x')],
  ['missing-token-undeclared', updatingAgain('a@0=x')],
  ['invalid-is-422', updatingAgain('a@0=x')],
  ['creation-is-201', updates('a@0=x')],
  ['partial-listing-is-206', listedAfter('?lastSyncCount=1', 'a@0=x')],
  ['quote-breaks-statement', onePatch({ Value: "'" })],
  ['nul-breaks-store', onePatch({ Value: '\0' })],
  ['large-value-breaks-store', onePatch({ Value: 'x'.repeat(65_537) })],
  ['answer-length-in-characters', onePatch({ Value: 'é' })],
  ['same-value-stale-in-batch', updates('a@0=x', 'a@0=x b@0=x')],
  ['recreated-at-zero-in-batch', updates('a@0=x', 'a@1', 'a@0=y b@0=x')],
  ['far-ahead-accepted', updates('a@0=x', 'b@0=x', 'b@2=y', 'a@3=y')],
  ['empty-value-again-keeps', updates('a@0=', 'a@1=')],
  ['since-far-above-is-empty', listedAfter('?lastSyncCount=3', 'a@0=x')],
  ['remove-unknown-in-batch-ignored', updates('a@0 b@0=x')],
  ['spent-token-revives', spentTwice],
  ['removed-not-counted-when-many', listedAfter('', 'a@0=x b@0=x', 'a@1 b@1')],
]);
