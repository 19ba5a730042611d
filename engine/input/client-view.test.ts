import { expect, test } from 'vitest';
import type { Answer } from '../../specs/types/answer.ts';
import {
  emptyView,
  resolveCount,
  resolveSince,
  resolveToken,
  sawDeletion,
  sawListing,
  sawUpdate,
  type View,
} from './client-view.ts';

const ok = (output: { readonly [member: string]: unknown }): Answer => ({ kind: 'success', status: 200, output });
const records = (...pairs: readonly (readonly [string, number])[]): unknown =>
  pairs.map(([Key, SyncCount]) => ({ Key, SyncCount }));
const alone = { dataset: undefined, identity: undefined };

/** Actor 0 listed when a was at 3 and b at 5, actor 1 when a was at 7. */
function seen(): View {
  const view = emptyView();
  const first = { Records: records(['a', 3], ['b', 5]), DatasetSyncCount: 5, SyncSessionToken: 't1' };
  sawListing(view, 0, 0, ok(first), true);
  const second = { Records: records(['a', 7], ['b', 5]), DatasetSyncCount: 7, SyncSessionToken: 't2' };
  sawListing(view, 1, 4, ok(second), true);
  return view;
}

test.each([
  [{ at: 'current' }, 7],
  [{ at: 'known' }, 3],
  [{ at: 'zero' }, 0],
  [{ at: 'behind' }, 6],
  [{ at: 'behind', by: 7 }, 0],
  [{ at: 'behind', by: 8 }, null],
  [{ at: 'ahead', by: 2 }, 9],
  [{ at: 'dataset', by: 1 }, 8],
] as const)('a patch of a at %o says %s', (ref, count) => {
  expect(resolveCount(seen(), 0, 'a', ref)).toBe(count);
});

test('a key that nobody saw is at 0', () => {
  const at = (kind: 'current' | 'known' | 'behind'): number | null => resolveCount(seen(), 0, 'c', { at: kind });
  expect([at('current'), at('known'), at('behind')]).toEqual([0, 0, null]);
});

test.each([
  [{ at: 'start' }, undefined],
  [{ at: 'zero' }, 0],
  [{ at: 'current' }, 7],
  [{ at: 'known' }, 5],
  [{ at: 'behind', by: 3 }, 4],
  [{ at: 'behind', by: 9 }, null],
  [{ at: 'ahead', by: 2 }, 9],
  [{ at: 'record', key: 'b' }, 5],
  [{ at: 'record', key: 'c' }, null],
] as const)('a listing since %o asks after %s', (ref, count) => {
  expect(resolveSince(seen(), 0, ref)).toBe(count);
});

test('tokens are told apart by age, owner and use', () => {
  const view = seen();
  const token = (ref: Parameters<typeof resolveToken>[2], actor = 0): unknown =>
    resolveToken(view, actor, ref, false, alone);
  expect(token('fresh')).toEqual({ text: 't2', call: 4 });
  expect(token('own')).toEqual({ text: 't1', call: 0 });
  expect(token('older')).toEqual({ text: 't1', call: 0 });
  expect(token('spent')).toBeNull();
  expect(token('none')).toEqual({ text: null, call: undefined });
  sawUpdate(view, 1, { SyncSessionToken: 't2' }, ok({ Records: records(['a', 8]) }));
  expect(token('spent')).toEqual({ text: 't2', call: 4 });
  expect(token('fresh')).toBe('fetch');
  expect(resolveToken(view, 0, 'fresh', true, alone)).toEqual({ text: 't2', call: 4 });
  expect(token('own', 1)).toBe('fetch');
  view.tokens.push({ text: 't3', actor: 0, call: 6, spent: true, outlived: false, presented: false });
  expect([token('spent'), token('first-spent')]).toEqual([
    { text: 't3', call: 6 },
    { text: 't2', call: 4 },
  ]);
});

test('a token of elsewhere comes from there, and there may be none', () => {
  const other = seen();
  const elsewhere = { dataset: other, identity: emptyView() };
  expect(resolveToken(emptyView(), 0, 'other-dataset', false, elsewhere)).toEqual({ text: 't2', call: 4 });
  expect(resolveToken(emptyView(), 0, 'other-identity', false, elsewhere)).toBeNull();
  expect(resolveToken(emptyView(), 0, 'fresh', false, alone)).toBe('fetch');
});

test('an update tells its new counts to all, a full listing forgets what is gone', () => {
  const view = seen();
  sawUpdate(view, 1, { SyncSessionToken: 't2' }, ok({ Records: records(['c', 8]) }));
  expect(resolveCount(view, 0, 'c', { at: 'current' })).toBe(8);
  expect(resolveCount(view, 0, 'c', { at: 'known' })).toBe(0);
  expect(resolveSince(view, 0, { at: 'current' })).toBe(8);
  sawListing(view, 0, 9, ok({ Records: records(['c', 8]), DatasetSyncCount: 8 }), true);
  expect(resolveCount(view, 0, 'a', { at: 'current' })).toBe(0);
});

test('a refusal teaches nothing; a deletion makes everything unknown but the count', () => {
  const view = seen();
  const refusal = { kind: 'failure', status: 409, type: null, message: null } as const;
  sawListing(view, 0, 9, refusal, true);
  sawUpdate(view, 0, { SyncSessionToken: 't2' }, refusal);
  sawDeletion(view, refusal);
  expect(view).toEqual(seen());
  sawDeletion(view, ok({}));
  expect(resolveToken(view, 0, 'fresh', false, alone)).toBe('fetch');
  expect(resolveCount(view, 0, 'a', { at: 'known' })).toBe(0);
  expect(resolveSince(view, 0, { at: 'current' })).toBe(7);
});

test('what is no count, key or token is passed over', () => {
  const view = emptyView();
  const broken = { Records: [null, { Key: 1, SyncCount: 2 }, { Key: 'a', SyncCount: '2' }], DatasetSyncCount: '9' };
  sawListing(view, 0, 0, ok({ ...broken, SyncSessionToken: 7 }), true);
  sawListing(view, 0, 0, ok({ Records: 'none', SyncSessionToken: '' }), true);
  expect(view).toEqual({ ...emptyView(), known: new Map([[0, { counts: new Map(), datasetCount: 0 }]]) });
});
