import { isObject, type Output } from '../../types/answer.ts';
import type { Input } from '../../types/wire.ts';
import type { Exercise } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import type { Deviation } from '../state/deviation.ts';
import { show } from '../state/show.ts';
import type { World } from '../state/world.ts';

/*
 * The pools of an account come and go while others work, and so do those that this run makes meanwhile. A walk by pages is
 * therefore judged only when the whole listing before it and the one after it show the same pools.
 */

/** What a listing of pools puts to the test. */
export function poolListExercises(world: World, input: Input, choices: Choices): readonly Exercise[] {
  const context = 'ListIdentityPoolUsage';
  const judged = isWhole(input) && (world.pools?.walks.length ?? 0) > 0;
  const counted = !isWhole(input) && held.has(choices[countChoice] ?? '');
  return [
    ...(judged ? ['paging/nothing-lost', 'paging/each-item-once'] : []),
    ...(counted ? [`consistency/${countChoice}`] : []),
  ].map((requirement) => ({ requirement, context }));
}

/** How a listing of pools, or the walks before it, differ from what they must be. `output`: its pages joined. */
export function inspectPoolList(world: World, input: Input, output: Output, choices: Choices): readonly Deviation[] {
  const counts = countDeviations(output, choices);
  const { pools } = world;
  if (pools === null || !isWhole(input) || !isComplete(output) || !sameItems(pools.ids, unique(idsOf(output))))
    return counts;
  return [...counts, ...pools.walks.flatMap((walk) => walkDeviations(pools.ids, walk))];
}

/** The world with the pools that were seen. */
export function sawPools(world: World, input: Input, output: Output): World {
  if (!isComplete(output)) return isWhole(input) ? { ...world, pools: null } : world;
  const ids = idsOf(output);
  if (isWhole(input)) return { ...world, pools: { ids: unique(ids), walks: [] } };
  if (world.pools === null || typeof input['NextToken'] === 'string') return world;
  return { ...world, pools: { ...world.pools, walks: [...world.pools.walks, ids] } };
}

function walkDeviations(pools: readonly string[], walk: readonly string[]): readonly Deviation[] {
  const pointer = '/IdentityPoolUsages';
  const lost = pools.find((id) => !walk.includes(id));
  const twice = walk.find((id, index) => walk.indexOf(id) !== index);
  return [
    ...(lost === undefined
      ? []
      : [
          {
            pointer,
            expected: `${show(lost)} among the pages of the walk before`,
            actual: 'not listed',
            suspects: ['paging/nothing-lost'],
          },
        ]),
    ...(twice === undefined
      ? []
      : [
          {
            pointer,
            expected: `${show(twice)} once in the walk before`,
            actual: 'twice',
            suspects: ['paging/each-item-once'],
          },
        ]),
  ];
}

const countChoice = 'pool-list-count';
const held: ReadonlySet<string> = new Set(['page', 'total', 'other']);

/** Only several pages tell what Count counts. */
function countDeviations(output: Output, choices: Choices): readonly Deviation[] {
  const pages: readonly unknown[] = Array.isArray(output['PageCounts']) ? output['PageCounts'] : [];
  const counts = pages.filter((count) => typeof count === 'number');
  const option = choices[countChoice];
  if (pages.length < 2 || counts.length < pages.length) return [];
  const listed = idsOf(output).length;
  const right =
    option === 'page'
      ? counts.reduce((sum, count) => sum + count, 0) === listed
      : counts.every((count) => Number.isInteger(count) && count >= (option === 'total' ? listed : 0));
  if (right) return [];
  return [
    {
      pointer: '/Count',
      expected: wantedCount(option, listed),
      actual: counts.join(', '),
      suspects: [`consistency/${countChoice}`],
    },
  ];
}

function wantedCount(option: string | undefined, listed: number): string {
  if (option === 'page') return `${listed} on all pages together`;
  return option === 'total' ? `at least ${listed} on every page` : 'a whole number, not below 0';
}

function isWhole(input: Input): boolean {
  return input['MaxResults'] === undefined && input['NextToken'] === undefined;
}

function isComplete(output: Output): boolean {
  const more = output['NextToken'];
  return more === undefined || more === null || more === '';
}

function idsOf(output: Output): readonly string[] {
  const pools = output['IdentityPoolUsages'];
  return Array.isArray(pools) ? pools.filter(isObject).map((pool) => String(pool['IdentityPoolId'])) : [];
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}

function sameItems(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
