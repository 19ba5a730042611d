import { behind, list, put, remove, sequence, update, zero } from '../../generators/build.ts';
import type { PatchStep, Sequence } from '../../specs/types/sequence.ts';

const keys = Array.from({ length: 101 }, (_, index) => `k${index}`);
const puts = (count: number, value: string): PatchStep[] => keys.slice(0, count).map((key) => put(key, value));

/** Batches beyond the sizes that clients mostly send. Servers may refuse the largest, but not take a part of them. */
export const manyPatches: readonly Sequence[] = [
  sequence([
    update(puts(12, 'x')),
    update([...puts(11, 'y'), put('k11', 'y', zero)]),
    list(),
    update(puts(12, 'y')),
    update([...puts(11, 'z'), put('k11', 'z', behind(1))]),
    list(),
    update([put('k11', 'z'), ...keys.slice(0, 11).map((key) => remove(key))]),
    list(),
    update(puts(26, 'y').slice(12)),
    list(),
  ]),
  sequence([update(puts(26, 'x')), list(), update(puts(101, 'y')), list(), list({ page: 50 }), list({ page: 101 })]),
];

/** Stale patches by what they would write over what: comparisons of values or dates must not let them through. */
export const staleValues: readonly Sequence[] = [
  sequence([
    update([put('a', 'x', zero, 1_400_000_000), put('b', '')]),
    update([put('a', 'yy', undefined, 1_400_000_000), put('b', 'y')]),
    update([put('a', '', behind(1))]),
    update([put('a', 'zz', behind(1))]),
    update([put('a', 'zzz', behind(1))]),
    update([put('a', 'a', behind(1))]),
    update([put('a', 'z', behind(1), 1_700_000_000)]),
    update([put('b', '', behind(1))]),
    list(),
    update([put('b', '')]),
    update([put('b', 'z', behind(1))]),
    update([remove('b', behind(1))]),
    list(),
  ]),
];

/** Stale patches beside removals, at every place. */
export const mixedBatches: readonly Sequence[] = [
  sequence([
    update([put('a', 'x'), put('b', 'x'), put('c', 'x')]),
    update([put('a', 'y', zero), remove('b'), put('e', 'x')]),
    list(),
    update([remove('b'), put('e', 'x'), remove('a', zero)]),
    list(),
    update([put('e', 'x'), put('a', 'y', zero), remove('c')]),
    list(),
    update([remove('c'), put('a', 'y')]),
    list(),
  ]),
];
