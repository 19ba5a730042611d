import { fault, fields, items, need, readSpec, text, word } from './yaml-fields.ts';
import type { Node } from './yaml-fields.ts';

/** A published page of UpdateRecords: API reference, AWS CLI v2, AWS SDK for .NET v3. */
export type Page = 'api' | 'cli' | 'dotnet';

const PAGES: readonly Page[] = ['api', 'cli', 'dotnet'];

/** What becomes of a sentence: requirements hold it, a choice leaves it to the server, or nothing checks it. */
export type Fate =
  | { readonly kind: 'checked'; readonly requirements: readonly string[] }
  | { readonly kind: 'choice'; readonly choice: string }
  | { readonly kind: 'not-checked'; readonly reason: string };

/** One thing that the pages of UpdateRecords say, or pass over, of how a server behaves (sentences.yaml). */
export interface Sentence {
  readonly id: string;
  readonly pages: readonly Page[];
  readonly says: string;
  /** How the pages differ, or where the check is made. */
  readonly note?: string;
  readonly fate: Fate;
}

/** Reads sentences.yaml; the ids it names are not looked up. */
export function readSentences(top: Node = readSpec('sentences.yaml')): readonly Sentence[] {
  const seen = new Set<string>();
  return items(top).map((node) => {
    const map = fields(node, ['id', 'pages', 'says', 'note', 'checked-by', 'choice', 'not-checked']);
    const id = text(need(map, 'id', node));
    if (seen.has(id)) fault(node, `id '${id}' stands twice`);
    seen.add(id);
    const note = map.get('note');
    return {
      id,
      pages: some(need(map, 'pages', node)).map((page) => word(page, PAGES)),
      says: text(need(map, 'says', node)),
      ...(note && { note: text(note) }),
      fate: fateOf(node, map),
    };
  });
}

/** The one fate that an entry names. */
export function fateOf(node: Node, map: ReadonlyMap<string, Node>): Fate {
  const [checked, choice, reason] = [map.get('checked-by'), map.get('choice'), map.get('not-checked')];
  const fates: Fate[] = [];
  if (checked) fates.push({ kind: 'checked', requirements: some(checked).map(text) });
  if (choice) fates.push({ kind: 'choice', choice: text(choice) });
  if (reason) fates.push({ kind: 'not-checked', reason: text(reason) });
  const [fate, ...more] = fates;
  if (fate === undefined || more.length > 0) fault(node, `expected one of 'checked-by', 'choice' and 'not-checked'`);
  return fate;
}

function some(node: Node): readonly Node[] {
  const list = items(node);
  return list.length > 0 ? list : fault(node, 'expected at least one entry');
}
