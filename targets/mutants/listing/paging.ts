import type { Json } from '../../../specs/types/wire.ts';
import type { Answer, Behaviour, Service } from '../../reference/core/behaviour.ts';
import { datasetPath } from '../../reference/rules/storage.ts';
import { type Mutant, withAnswers } from '../base/mutant.ts';

const group = 'paging';

type Input = Parameters<Behaviour['intercept']>[2];

/** A server whose later pages of a listing are wrong. */
function laterPage(
  id: string,
  title: string,
  requirement: string,
  minimum: number,
  change: (service: Service, input: Input, answer: Answer) => Answer,
): Mutant {
  return {
    id,
    title,
    requirement,
    group,
    minimum,
    mutate: (base) =>
      withAnswers(base, (service, operation, input, answer) =>
        operation.startsWith('List') && typeof input['NextToken'] === 'string'
          ? change(service, input, answer)
          : answer,
      ),
  };
}

function withBody(answer: Answer, members: { readonly [member: string]: Json }): Answer {
  return answer.status === 200 ? { ...answer, body: { ...answer.body, ...members } } : answer;
}

function isPool(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'identities' in item;
}

/** A server whose pages begin by another collation than the list is ordered by. `member`: what orders the items. */
function foldedBorder(id: string, title: string, minimum: number, member: 'key' | 'name'): Mutant {
  const folded = (item: unknown): string | undefined => {
    const text =
      typeof item === 'object' && item !== null ? (item as { readonly [name: string]: unknown })[member] : null;
    return typeof text === 'string' ? text.toLowerCase() : undefined;
  };
  return {
    id,
    title,
    requirement: 'paging/nothing-lost',
    group,
    minimum,
    mutate: (base) => ({
      ...base,
      slicePage: (items, start, size) => {
        const border = folded(items[start - 1]);
        if (border === undefined) return base.slicePage(items, start, size);
        const after = items.findIndex((item) => (folded(item) ?? '') > border);
        return base.slicePage(items, after < 0 ? items.length : after, size);
      },
    }),
  };
}

export const pagingMutants: readonly Mutant[] = [
  {
    id: 'page-holds-one-more',
    title: 'A page holds one item more than maxResults.',
    requirement: 'paging/at-most-max-results',
    group,
    minimum: 3,
    mutate: (base) => ({ ...base, slicePage: (items, start, size) => base.slicePage(items, start, size + 1) }),
  },
  {
    id: 'page-skips-one',
    title: 'The first item after a page is skipped.',
    requirement: 'paging/nothing-lost',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      slicePage: (items, start, size) => base.slicePage(items, start === 0 ? 0 : start + 1, size),
    }),
  },
  {
    id: 'dataset-on-two-pages',
    title: 'A page of datasets begins with the last one of the page before.',
    requirement: 'paging/each-item-once',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      slicePage: (items, start, size) => {
        const page = base.slicePage(items, start, size);
        const before = items[start - 1];
        return typeof before === 'object' && before !== null && 'name' in before
          ? { ...page, items: [before, ...page.items].slice(0, size) }
          : page;
      },
    }),
  },
  foldedBorder(
    'page-border-in-any-case',
    'A page of records begins after the last key of the page before, upper and lower case being one.',
    4,
    'key',
  ),
  foldedBorder(
    'dataset-border-in-any-case',
    'A page of datasets begins after the last name of the page before, upper and lower case being one.',
    6,
    'name',
  ),
  laterPage(
    'filter-forgotten',
    'lastSyncCount is forgotten after the first page.',
    'paging/filter-kept',
    6,
    (service, input, answer) => {
      const { behaviour } = service;
      const since = Number(input['LastSyncCount'] ?? 0);
      if (since === 0 || typeof input['DatasetName'] !== 'string') return answer;
      const dataset = behaviour.findDataset(service, datasetPath(input));
      const older = [...dataset.records.values()].find((record) => record.count <= since);
      const shown = answer.body['Records'];
      if (older === undefined || !Array.isArray(shown) || shown.length >= Number(input['MaxResults'])) return answer;
      return withBody(answer, { Records: [...shown, behaviour.renderRecord(service, dataset, older)] });
    },
  ),
  laterPage(
    'last-page-has-token',
    'Every page has a page token, also the last.',
    'paging/ends',
    4,
    (_, input, answer) => withBody(answer, { NextToken: answer.body['NextToken'] ?? input['NextToken'] ?? null }),
  ),
  laterPage(
    'session-token-on-first-page',
    'Only the first page gives a session token.',
    'paging/last-page-complete',
    4,
    (_, _input, answer) => withBody(answer, 'SyncSessionToken' in answer.body ? { SyncSessionToken: null } : {}),
  ),
  laterPage(
    'count-on-first-page',
    'Only the first page tells the count of the dataset.',
    'paging/last-page-complete',
    4,
    (_, _input, answer) => withBody(answer, 'DatasetSyncCount' in answer.body ? { DatasetSyncCount: 0 } : {}),
  ),
  {
    id: 'record-on-two-pages',
    title: 'A page of records begins with the last one of the page before.',
    requirement: 'paging/each-item-once',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      slicePage: (items, start, size) => {
        const before = items[start - 1];
        return typeof before === 'object' && before !== null && 'key' in before
          ? base.slicePage(items, start - 1, size)
          : base.slicePage(items, start, size);
      },
    }),
  },
  {
    id: 'pool-on-two-pages',
    title: 'A page of identity pools begins with the last one of the page before.',
    requirement: 'paging/each-item-once',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      slicePage(items, start, size) {
        const before = items[start - 1];
        if (before === undefined || !isPool(before) || size < 2) return base.slicePage(items, start, size);
        const page = base.slicePage(items, start, size - 1);
        return { ...page, items: [before, ...page.items] };
      },
    }),
  },
  {
    id: 'pool-lost-between-pages',
    title: 'The first identity pool after a page is skipped.',
    requirement: 'paging/nothing-lost',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      slicePage: (items, start, size) => base.slicePage(items, isPool(items[0]) && start > 0 ? start + 1 : start, size),
    }),
  },
  laterPage(
    'damaged-pool-token-is-500',
    'A damaged page token of the identity pools is a server error.',
    'paging/damaged-token',
    1,
    (_, input, answer) =>
      answer.status === 400 && !('IdentityPoolId' in input)
        ? { ...answer, status: 500, errorType: 'InternalErrorException' }
        : answer,
  ),
  laterPage(
    'damaged-token-is-500',
    'A damaged page token is a server error.',
    'paging/damaged-token',
    1,
    (_, _input, answer) =>
      answer.status === 400 && JSON.stringify(answer.body).includes('NextToken')
        ? { ...answer, status: 500, errorType: 'InternalErrorException' }
        : answer,
  ),
];
