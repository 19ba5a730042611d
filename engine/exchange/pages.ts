import { type Answer, isObject, type Output } from '../../specs/types/answer.ts';
import { datasetOf, type World } from '../../specs/model/state/world.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import type { Exchange } from './call.ts';
import { readable } from './lenient-output.ts';

/** The token of the next page, null on the last one. */
export function nextToken(operation: Operation, answer: Answer): string | null {
  if (!operation.startsWith('List') || answer.kind !== 'success') return null;
  const token = answer.output['NextToken'];
  return typeof token === 'string' && token !== '' ? token : null;
}

const items: { readonly [operation: string]: string } = {
  ListRecords: 'Records',
  ListDatasets: 'Datasets',
  ListIdentityPoolUsage: 'IdentityPoolUsages',
};

/**
 * How many pages a walk over the records of a dataset may take; undefined where the model does not know. `fullest`: the most
 * items that a page held so far, since a server's own limit may lie below maxResults.
 */
export function pagesOf(world: World, operation: Operation, input: Input, fullest: number): number | undefined {
  const most = input['MaxResults'];
  const text = (member: string): string => String(input[member]);
  if (operation !== 'ListRecords' || typeof most !== 'number' || most < 1) return undefined;
  const size = fullest === 0 ? most : Math.min(most, fullest);
  const name = { pool: text('IdentityPoolId'), identity: text('IdentityId'), name: text('DatasetName') };
  const { doubt, records } = datasetOf(world, name);
  return doubt ? undefined : Math.ceil(records.size / size);
}

/** The items of one page. */
export function itemsOf(operation: Operation, page: Output): readonly Output[] {
  const list = page[items[operation] ?? ''];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The pages of a walk as one answer: their items joined, everything else from the last page, with all the Counts as PageCounts. null: nothing came back. */
export function joinPages(operation: Operation, exchanges: readonly Exchange[]): Answer | null {
  const answers = exchanges.map((one) => readable(operation, one.answer));
  const last = answers.at(-1);
  if (last === undefined) return null;
  const member = items[operation];
  if (answers.length === 1 || member === undefined || last.kind !== 'success') return last;
  const joined = answers.flatMap((answer) => {
    const page = answer.kind === 'success' ? answer.output[member] : [];
    return Array.isArray(page) ? page.filter(isObject) : [];
  });
  const counts = answers.map((answer) => (answer.kind === 'success' ? answer.output['Count'] : undefined));
  return { ...last, output: { ...last.output, [member]: joined, PageCounts: counts } };
}
