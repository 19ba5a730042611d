import type { Script } from './script-player.ts';
import { describing, inTurn, listedAfter, listing, onePatch, updates, updating } from './script-parts.ts';
import { configuration, postOnly, push, streams, subscriptions } from './surface-parts.ts';

/** The same for slips. */
export const slipScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['listing-hides-removed', listedAfter('', 'a@0=x', 'a@1')],
  ['remove-needs-value', updates('a@0=x', 'a@1')],
  ['unchanged-left-out-of-answer', updates('a@0=x', 'a@1=x')],
  ['key-not-shown-of-removed', updates('a@0=x', 'a@1')],
  ['nothing-after-zero', listedAfter('?lastSyncCount=0', 'a@0=x')],
  ['only-latest-changes-listed', listedAfter('?lastSyncCount=1', 'a@0=x', 'b@0=x', 'c@0=x', 'd@0=x')],
  [
    'empty-value-is-no-change',
    inTurn(updates('a@0=x'), onePatch({ Value: '', SyncCount: 1 }), listing('?lastSyncCount=1')),
  ],
  ['count-restarts-when-emptied', updates('a@0=x', 'a@1', 'a@2=x')],
  ['odd-key-never-stale', updates('a.b@0=x', 'a.b@1=y', 'a.b@1=z')],
  ['dots-are-underscores', inTurn(updating('a@0=x', { name: 'd.' }), listing('', { name: 'd_' }))],
  ['errors-with-status-200', describing],
  ['subscribing-answers-true', subscriptions('POST')],
  [
    'streams-kept-disabled',
    inTurn(postOnly(configuration, { CognitoStreams: streams }), (player) => player.get(configuration)),
  ],
  ['leading-punctuation-refused', listing('', { name: '.d' })],
  [
    'any-resource-as-role',
    postOnly(configuration, { PushSync: { ...push, RoleArn: push.RoleArn.replace(':role/', ':user/') } }),
  ],
]);
