import type { Output } from '../../specs/types/answer.ts';
import type { Exercise } from '../../specs/model/state/prediction.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import { show } from '../../specs/model/state/show.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import type { Exchange } from './call.ts';
import { itemsOf, nextToken } from './pages.ts';

/** What names an item, so that one that comes twice is seen. */
const names: { readonly [operation: string]: string } = {
  ListRecords: 'Key',
  ListDatasets: 'DatasetName',
  ListIdentityPoolUsage: 'IdentityPoolId',
};

/** Others add and remove items while a walk goes on: what it must hold is for the model to say, and its end may be far. */
const shifting: ReadonlySet<string> = new Set(['ListIdentityPoolUsage']);

/** Whether what an operation lists depends on others than the play. */
export function isShifting(operation: Operation): boolean {
  return shifting.has(operation);
}

/**
 * How many pages a walk may have before it is given up. `pages`: how many it takes where none is emptier than it must be; a
 * server may give some that are.
 */
export function walkLimit(operation: Operation, pages: number = Infinity): number {
  return shifting.has(operation) ? 12 : Math.min(400, 2 * pages + 10);
}

/** Whether the latest page holds items, but none that an earlier page of the walk had not. Pools come and go meanwhile. */
export function goesInCircles(operation: Operation, exchanges: readonly Exchange[]): boolean {
  const name = names[operation];
  if (name === undefined || shifting.has(operation)) return false;
  const named = ({ answer }: Exchange): readonly unknown[] =>
    answer.kind === 'success' ? itemsOf(operation, answer.output).map((item) => item[name]) : [];
  const last = exchanges.at(-1);
  const items = last === undefined ? [] : named(last);
  const before = new Set(exchanges.slice(0, -1).flatMap(named));
  return items.length > 0 && items.every((item) => before.has(item));
}

/** A walk that was given up before its end, though no page token had come twice. */
function cutShort(exchanges: readonly Exchange[]): boolean {
  const tokens = exchanges.flatMap((one) => nextToken(one.operation, one.answer) ?? []);
  return tokens.length === exchanges.length && new Set(tokens).size === tokens.length;
}

/** What a walk over pages puts to the test. */
export function pagingExercises(
  operation: Operation,
  input: Input,
  exchanges: readonly Exchange[],
): readonly Exercise[] {
  if (names[operation] === undefined || exchanges.some((one) => one.answer.kind !== 'success')) return [];
  const context = `${operation}, ${exchanges.length === 1 ? 'one page' : exchanges.length === 2 ? 'two pages' : 'many pages'}`;
  if (shifting.has(operation)) {
    const told = exchanges.length > 1 && !cutShort(exchanges);
    return [
      ...(typeof input['MaxResults'] === 'number' ? ['paging/at-most-max-results'] : []),
      ...(told ? ['paging/ends'] : []),
    ].map((requirement) => ({ requirement, context }));
  }
  const sized = typeof input['MaxResults'] === 'number';
  const whole = ['paging/each-item-once', 'paging/last-page-complete', 'paging/nothing-lost'];
  return [
    ...(sized ? ['paging/at-most-max-results', 'paging/ends'] : []),
    ...(exchanges.length > 1 ? whole : []),
    ...(exchanges.length > 1 && input['LastSyncCount'] !== undefined ? ['paging/filter-kept'] : []),
  ].map((requirement) => ({ requirement, context }));
}

/**
 * How the pages of a walk break the rules of paging, whatever they hold. `own`: whether an item is the play's,
 * where others keep items there too, and may add and remove them meanwhile (S-53).
 */
export function pagingDeviations(
  operation: Operation,
  input: Input,
  exchanges: readonly Exchange[],
  own: (name: unknown) => boolean = () => true,
): readonly Deviation[] {
  const pages = exchanges.flatMap(({ answer }) => (answer.kind === 'success' ? [answer.output] : []));
  if (names[operation] === undefined || pages.length < exchanges.length) return [];
  return [
    ...tooLarge(operation, input, pages),
    ...endless(operation, input, exchanges),
    ...(shifting.has(operation) ? [] : repeated(operation, input, pages, own)),
    ...(operation === 'ListRecords' ? incomplete(pages) : []),
  ];
}

function deviation(pointer: string, expected: string, actual: string, ...suspects: readonly string[]): Deviation {
  return { pointer, expected, actual, suspects };
}

/** Where the filter does not hold for all pages, their items shift; where a page begins at the wrong place, some are lost as well. */
function twiceSuspects(input: Input): readonly string[] {
  const filter = input['LastSyncCount'] === undefined ? [] : ['paging/filter-kept'];
  return ['paging/each-item-once', ...filter, 'paging/nothing-lost'];
}

function tooLarge(operation: Operation, input: Input, pages: readonly Output[]): readonly Deviation[] {
  const most = input['MaxResults'];
  if (typeof most !== 'number' || most < 1) return [];
  const larger = pages.map((page) => itemsOf(operation, page).length).find((size) => size > most);
  if (larger === undefined) return [];
  return [deviation('', `at most ${most} items on a page`, `${larger}`, 'paging/at-most-max-results')];
}

function endless(operation: Operation, input: Input, exchanges: readonly Exchange[]): readonly Deviation[] {
  const last = exchanges.at(-1);
  if (last === undefined || nextToken(operation, last.answer) === null) return [];
  if (shifting.has(operation) && cutShort(exchanges)) return [];
  const actual = `still one after ${exchanges.length} pages`;
  const circle = goesInCircles(operation, exchanges) ? twiceSuspects(input) : [];
  return [deviation('/NextToken', 'none on the last page', actual, 'paging/ends', ...circle)];
}

function repeated(
  operation: Operation,
  input: Input,
  pages: readonly Output[],
  own: (name: unknown) => boolean,
): readonly Deviation[] {
  const seen = new Map<unknown, number>();
  const name = names[operation] ?? '';
  for (const [number, page] of pages.entries()) {
    for (const item of itemsOf(operation, page)) {
      const before = seen.get(item[name]);
      if (before !== undefined && before !== number && own(item[name]))
        return [
          deviation(
            '',
            'each item on one page',
            `${show(item[name])} on pages ${before + 1} and ${number + 1}`,
            ...twiceSuspects(input),
          ),
        ];
      seen.set(item[name], number);
    }
  }
  return [];
}

/** Clients take count and token from the last page (S-51). */
function incomplete(pages: readonly Output[]): readonly Deviation[] {
  const [first, last] = [pages[0], pages.at(-1)];
  if (pages.length < 2 || first === undefined || last === undefined) return [];
  const members = ['DatasetSyncCount', 'DatasetExists'].filter(
    (member) => JSON.stringify(first[member]) !== JSON.stringify(last[member]),
  );
  if (typeof first['SyncSessionToken'] === 'string' && typeof last['SyncSessionToken'] !== 'string')
    members.push('SyncSessionToken');
  return members.map((member) =>
    deviation(
      `/${member}`,
      member === 'SyncSessionToken' ? 'a token, as on the first page' : `${show(first[member])}, as on the first page`,
      show(last[member]),
      'paging/last-page-complete',
      // What only grows from one page to the next, reading may have raised.
      ...(Number(last[member]) > Number(first[member]) ? ['list-records/reading-changes-nothing'] : []),
    ),
  );
}

/**
 * Joined pages that differ from the whole listing: the cause lies with the paging, if the listing is right in one piece.
 * What is told of single items stays as it is.
 */
export function blamePaging(
  operation: Operation,
  input: Input,
  exchanges: readonly Exchange[],
  deviations: readonly Deviation[],
): readonly Deviation[] {
  if (exchanges.length < 2 || names[operation] === undefined) return deviations;
  const broken = pagingDeviations(operation, input, exchanges);
  const twice = broken.some((one) => one.suspects[0] === 'paging/each-item-once');
  return deviations.map((one) => {
    const lastOnly = broken.find(({ pointer }) => pointer !== '' && pointer === one.pointer);
    if (lastOnly !== undefined) return { ...one, suspects: [...new Set([...lastOnly.suspects, ...one.suspects])] };
    if (twice && one.expected.endsWith(' once')) return { ...one, suspects: twiceSuspects(input) };
    const filtered = one.actual !== 'not listed' && input['LastSyncCount'] !== undefined;
    if (one.actual !== 'not listed' && one.expected !== 'not listed') return one;
    if (one.actual === 'not listed')
      return { ...one, suspects: [...(twice ? twiceSuspects(input) : ['paging/nothing-lost']), ...one.suspects] };
    return filtered ? { ...one, suspects: ['paging/filter-kept', ...one.suspects] } : one;
  });
}
