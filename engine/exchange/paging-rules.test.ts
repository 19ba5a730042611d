import { describe, expect, test } from 'vitest';
import type { Output } from '../../specs/types/answer.ts';
import type { Exchange } from './call.ts';
import { blamePaging, pagingDeviations, walkLimit } from './paging-rules.ts';

function page(keys: readonly string[], more: Output = {}): Exchange {
  const output = { Records: keys.map((Key) => ({ Key })), DatasetSyncCount: 3, SyncSessionToken: 't', ...more };
  const request = { method: 'GET', path: '/', headers: {} };
  const reply = { kind: 'response', status: 200, headers: {}, body: '', ms: 1 } as const;
  return {
    operation: 'ListRecords',
    input: {},
    request,
    reply,
    answer: { kind: 'success', status: 200, output },
    at: 0,
  };
}

const broken = (pages: readonly Exchange[], size = 2): readonly string[] =>
  pagingDeviations('ListRecords', { MaxResults: size }, pages).map((one) => one.suspects[0] ?? '');

describe('the pages of a walk', () => {
  test('that are right break nothing', () => {
    expect(broken([page(['a', 'b'], { NextToken: 'n' }), page(['c'])])).toEqual([]);
  });

  test.each([
    ['paging/at-most-max-results', [page(['a', 'b', 'c'])]],
    ['paging/ends', [page(['a'], { NextToken: 'n' })]],
    ['paging/each-item-once', [page(['a', 'b'], { NextToken: 'n' }), page(['b'])]],
    ['paging/last-page-complete', [page(['a'], { NextToken: 'n' }), page(['b'], { DatasetSyncCount: 2 })]],
    ['paging/last-page-complete', [page(['a'], { NextToken: 'n' }), page(['b'], { SyncSessionToken: null })]],
  ])('%s', (requirement, pages) => {
    expect(broken(pages)).toEqual([requirement]);
  });
});

describe('a walk over pools', () => {
  const pools = (token: string, ...ids: readonly string[]): Exchange => {
    const output = { IdentityPoolUsages: ids.map((IdentityPoolId) => ({ IdentityPoolId })), NextToken: token };
    return { ...page([]), operation: 'ListIdentityPoolUsage', answer: { kind: 'success', status: 200, output } };
  };
  const brokenWalk = (...walk: readonly Exchange[]): readonly string[] =>
    pagingDeviations('ListIdentityPoolUsage', { MaxResults: 1 }, walk).map((one) => one.suspects[0] ?? '');

  test('that was given up says nothing of its end', () => {
    expect(brokenWalk(pools('1', 'a'), pools('2', 'b'))).toEqual([]);
  });

  test('that comes to the same token again does not end', () => {
    expect(brokenWalk(pools('1', 'a'), pools('1', 'b'))).toEqual(['paging/ends']);
  });

  test('has no more items on a page than were asked for', () => {
    expect(brokenWalk(pools('', 'a', 'b'))).toEqual(['paging/at-most-max-results']);
  });
});

test('what joined pages lack is first of all the fault of the paging', () => {
  const lacking = {
    pointer: '/Records',
    expected: 'a record',
    actual: 'not listed',
    suspects: ['record/update-is-stored'],
  };
  const walk = [page(['a'], { NextToken: 'n' }), page([])];
  const blamed = blamePaging('ListRecords', {}, walk, [lacking]);
  expect(blamed[0]?.suspects).toEqual(['paging/nothing-lost', 'record/update-is-stored']);
  expect(blamePaging('ListRecords', {}, walk.slice(1), [lacking])).toEqual([lacking]);
});

test('what stands on two pages is told once, as a fault of the paging', () => {
  const again = {
    pointer: '/Records/1',
    expected: 'each record once',
    actual: '"b" again',
    suspects: ['list-records/each-record-once'],
  };
  const walk = [page(['a', 'b'], { NextToken: 'n' }), page(['b'])];
  expect(blamePaging('ListRecords', {}, walk, [again])[0]?.suspects[0]).toBe('paging/each-item-once');
  const onOnePage = [page(['b', 'b'], { NextToken: 'n' }), page(['c'])];
  expect(blamePaging('ListRecords', {}, onOnePage, [again])[0]?.suspects[0]).toBe('list-records/each-record-once');
});

test('a walk is given up long before its limit where the model knows how many records there are', () => {
  expect(walkLimit('ListRecords', 3)).toBe(16);
  expect(walkLimit('ListRecords')).toBe(400);
  expect(walkLimit('ListRecords', 1000)).toBe(400);
});
