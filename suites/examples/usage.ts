import { drop, pause, put, remove, sequence, update } from '../../generators/build.ts';
import { identityUsage, poolList, poolUsage } from '../../generators/usage.ts';
import { type DatasetRef, ownPool, type Sequence, type Step } from '../../specs/types/sequence.ts';

/** Two datasets of an identity and one of another, in a pool that nobody else uses. */
const own: readonly DatasetRef[] = [
  { pool: ownPool, identity: 0, name: 'd' },
  { pool: ownPool, identity: 0, name: 'e' },
  { pool: ownPool, identity: 1, name: 'd' },
];

/** Pools of this run: on a target that takes any, three of them hold something. */
export const threePools: readonly DatasetRef[] = [0, 1, ownPool].map((number) => ({
  pool: number,
  identity: 0,
  // Told apart also where all of them are one pool.
  name: `pool${number}`,
}));
export const fillPools: readonly Step[] = threePools.map((_, dataset) => update([put('a', 'x')], { dataset }));

export const usageExamples: readonly Sequence[] = [
  sequence(
    [
      update([put('a', 'x')]),
      pause,
      identityUsage('one dataset'),
      update([put('a', 'x')], { dataset: 1 }),
      pause,
      identityUsage('two datasets'),
      update([put('aé', 'xy'), put('b', '日本')], { dataset: 2 }),
      update([remove('b')], { dataset: 2 }),
      pause,
      identityUsage('another identity', 2),
      poolUsage('two identities'),
      drop(1),
      pause,
      identityUsage('one of two deleted'),
      poolUsage('one of three datasets deleted'),
      poolList('all'),
      poolList('a page', { MaxResults: 1000 }),
    ],
    own,
  ),
];

/**
 * What tells how soon a usage shows what was written, and how its storage is reckoned: it is read before, right after each of two
 * writes, and after a pause. The first look may be remembered for the next.
 */
export const usageProbe: Sequence = sequence(
  [
    identityUsage('nothing yet'),
    poolUsage('nothing yet'),
    update([put('a', 'xyz'), put('b', 'x')]),
    identityUsage('right after the first dataset'),
    update([put('a', 'x')], { dataset: 1 }),
    identityUsage('right after the second dataset'),
    pause,
    identityUsage('two datasets'),
    poolUsage('one identity'),
  ],
  own,
);

/** Several pages of pools, where there are several pools. */
export const poolCountProbe: Sequence = sequence([...fillPools, poolList('by 1', { MaxResults: 1 })], threePools);
