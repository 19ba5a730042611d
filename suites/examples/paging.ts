import { drop, list, put, remove, sequence, update } from '../../generators/build.ts';
import { answered, check } from '../../generators/check.ts';
import { poolList } from '../../generators/usage.ts';
import { fillPools, threePools } from './usage.ts';
import type { CheckStep } from '../../specs/types/check-step.ts';
import type { DatasetRef, ListStep, Sequence, Step } from '../../specs/types/sequence.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];
/** Keys and names that collations order differently: a page that begins by another order than the list loses some. */
const collated = ['A', 'a', 'B', 'b', 'é', 'z', '_', '\u{1F600}'];
const refs: readonly DatasetRef[] = ['a', 'B', '_', 'A', 'b'].map((name) => ({ pool: 0, identity: 0, name }));

/** Two updates of five keys, one of them removed: items of several counts. */
const fill: readonly Step[] = [
  update(keys.map((key) => put(key, 'x'))),
  update([put('b', 'y')]),
  update([remove('c'), put('d', 'y')]),
];

const pages = (...sizes: readonly number[]): readonly ListStep[] => sizes.map((page) => list({ page }));

type Listing = 'ListRecords' | 'ListDatasets' | 'ListIdentityPoolUsage';

/** Pages of one pool, so that there are several as soon as there are two pools. */
const sizes: { readonly [operation in Listing]?: number } = { ListIdentityPoolUsage: 1 };

function damaged(operation: Listing, context: string, end?: string): Step {
  const token = end === undefined ? 'made-up' : ({ $: 'saved', name: 'next', end } as const);
  return check(
    operation,
    { MaxResults: sizes[operation] ?? 2, NextToken: token },
    answered('paging/damaged-token', context),
  );
}

function keep(operation: Listing): Step {
  const size = sizes[operation] ?? 2;
  const context = `${operation} by ${size}, first page`;
  return check(operation, { MaxResults: size }, answered('paging/damaged-token', context), {
    save: { next: 'NextToken' },
  });
}

/** No range is documented, so what these come to is open (S-53), but for a server error. The walk ends with the first page. */
function outOfRange(operation: Listing, input: CheckStep['input'] = {}): Step {
  const [said] = Object.entries(input).map(([member, value]) => `${member} ${JSON.stringify(value)}`);
  const expect = answered('wire/no-server-error', `${operation}, ${said ?? ''}`);
  return check(operation, input, expect, { save: { next: 'NextToken' } });
}

/** Page sizes around the number of items, with and without a filter. */
export const pagingExamples: readonly Sequence[] = [
  sequence([
    ...fill,
    ...pages(1, 2, 4, 5, 6),
    list({ page: 1, since: { at: 'behind', by: 2 } }),
    list({ page: 2, since: { at: 'behind', by: 2 } }),
    list({ page: 1, since: { at: 'current' } }),
    list(),
    update([put('a', 'y')]),
    list({ page: 2 }),
    update([put('a', 'z')]),
    list({ page: 3, since: { at: 'zero' } }),
  ]),
  sequence(
    [
      ...refs.map((_, dataset) => update([put('a', 'x')], { dataset })),
      ...[1, 2, 4, 5, 6].map((page): Step => ({ do: 'datasets', dataset: 0, page })),
      { do: 'datasets', dataset: 0 },
      drop(2),
      { do: 'datasets', dataset: 0, page: 2 },
    ],
    refs,
  ),
  sequence([...pages(1), update(collated.map((key) => put(key, 'x'))), ...pages(1, 2), drop(), ...pages(1)]),
  sequence(
    [
      ...fillPools,
      poolList('in one piece'),
      // How many pools there are is not known: the smallest pages show a fault soonest, the largest walk comes to an end.
      ...[2, 10, 50].map((size) => poolList(`by ${size}`, { MaxResults: size })),
      poolList('in one piece again'),
      keep('ListIdentityPoolUsage'),
      damaged('ListIdentityPoolUsage', 'ListIdentityPoolUsage, a made-up token'),
      damaged('ListIdentityPoolUsage', 'ListIdentityPoolUsage, more at the end of the token', 'x'),
    ],
    threePools,
  ),
  sequence([
    ...fill,
    keep('ListRecords'),
    damaged('ListRecords', 'ListRecords, a made-up token'),
    damaged('ListRecords', 'ListRecords, more at the end of the token', 'x'),
    list(),
  ]),
  sequence(
    [
      ...refs.slice(0, 3).map((_, dataset) => update([put('a', 'x')], { dataset })),
      keep('ListDatasets'),
      damaged('ListDatasets', 'ListDatasets, a made-up token'),
      damaged('ListDatasets', 'ListDatasets, more at the end of the token', 'x'),
    ],
    refs.slice(0, 3),
  ),
  sequence([
    ...fill,
    ...[0, -1, 2 ** 31 - 1].flatMap((size) => [
      outOfRange('ListRecords', { MaxResults: size }),
      outOfRange('ListDatasets', { MaxResults: size }),
    ]),
    outOfRange('ListRecords', { LastSyncCount: -1 }),
    list(),
  ]),
];
