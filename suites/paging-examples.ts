import { drop, list, put, remove, sequence, update } from '../generators/build.ts';
import { answered, check } from '../generators/check.ts';
import type { DatasetRef, ListStep, Sequence, Step } from '../specs/sequence.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];
const refs: readonly DatasetRef[] = keys.map((name) => ({ pool: 0, identity: 0, name }));

/** Two updates of five keys, one of them removed: items of several counts. */
const fill: readonly Step[] = [
  update(keys.map((key) => put(key, 'x'))),
  update([put('b', 'y')]),
  update([remove('c'), put('d', 'y')]),
];

const pages = (...sizes: readonly number[]): readonly ListStep[] => sizes.map((page) => list({ page }));

function damaged(operation: 'ListRecords' | 'ListDatasets', context: string, end?: string): Step {
  const token = end === undefined ? 'made-up' : ({ $: 'saved', name: 'next', end } as const);
  return check(operation, { MaxResults: 2, NextToken: token }, answered('paging/damaged-token', context));
}

function keep(operation: 'ListRecords' | 'ListDatasets'): Step {
  const context = `${operation} by 2, first page`;
  return check(operation, { MaxResults: 2 }, answered('paging/damaged-token', context), {
    save: { next: 'NextToken' },
  });
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
  sequence([...pages(1), ...fill, drop(), ...pages(1)]),
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
];
