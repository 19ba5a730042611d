import { serviceRules } from '../rules/service-rules.ts';
import { describe, expect, test } from 'vitest';
import type { Output } from '../../types/answer.ts';
import { inspectPoolList, sawPools } from './pool-list-outcome.ts';
import { type World, emptyWorld } from '../state/world.ts';

const page = (ids: readonly string[], more: Output = {}): Output => ({
  IdentityPoolUsages: ids.map((IdentityPoolId) => ({ IdentityPoolId })),
  NextToken: null,
  ...more,
});

/** The world after a whole listing of pools a, b and c, and one walk by two. */
function walked(...ids: readonly string[]): World {
  return sawPools(sawPools(emptyWorld(false, serviceRules), {}, page(['a', 'b', 'c'])), { MaxResults: 2 }, page(ids));
}

const broken = (world: World, ...ids: readonly string[]): readonly string[] =>
  inspectPoolList(world, {}, page(ids), {}).map((one) => one.suspects[0] ?? '');

describe('a walk over pools', () => {
  test('holds every pool once', () => {
    expect(broken(walked('a', 'b', 'c'), 'c', 'b', 'a')).toEqual([]);
    expect(broken(walked('a', 'c'), 'a', 'b', 'c')).toEqual(['paging/nothing-lost']);
    expect(broken(walked('a', 'b', 'b', 'c'), 'a', 'b', 'c')).toEqual(['paging/each-item-once']);
  });

  test('is not judged when pools came or went meanwhile, or when it was given up', () => {
    expect(broken(walked('a', 'b', 'b', 'c'), 'a', 'b', 'c', 'd')).toEqual([]);
    const given = sawPools(walked('a', 'b', 'c'), { MaxResults: 2 }, page(['a'], { NextToken: 'more' }));
    expect(broken(given, 'a', 'b', 'c')).toEqual([]);
  });

  test('says nothing when the listing that should be whole was given up', () => {
    const cut = sawPools(walked('a', 'c'), {}, page(['a', 'b', 'c'], { NextToken: 'more' }));
    expect(broken(cut, 'a', 'b', 'c')).toEqual([]);
  });
});

describe('Count of several pages', () => {
  const counted = (option: string, ...PageCounts: readonly number[]): readonly string[] =>
    inspectPoolList(emptyWorld(false, serviceRules), { MaxResults: 1 }, page(['a', 'b', 'c'], { PageCounts }), {
      'pool-list-count': option,
    }).map((one) => one.suspects[0] ?? '');

  test('is held to what it once counted', () => {
    expect([counted('page', 1, 1, 1), counted('total', 3, 3, 3), counted('other', 9, 1, 4)]).toEqual([[], [], []]);
    expect([counted('page', 3, 3, 3), counted('total', 1, 1, 1)]).toEqual([
      ['consistency/pool-list-count'],
      ['consistency/pool-list-count'],
    ]);
  });
});
