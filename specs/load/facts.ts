import { fault, fields, items, need, readSpec, text, word } from './yaml-fields.ts';
import type { Node } from './yaml-fields.ts';

/** How a fact is known. */
export type Proof = 'documented' | 'official-client' | 'observed' | 'inferred' | 'unknown';

/** One thing known, or known not to be known, of the service (facts.yaml). */
export interface Fact {
  readonly id: string;
  readonly evidence: Proof;
  /** One or two sentences. */
  readonly says: string;
  /** The source, by name. */
  readonly where: string;
}

const PROOFS: readonly Proof[] = ['documented', 'official-client', 'observed', 'inferred', 'unknown'];

let known: ReadonlyMap<string, Fact> | undefined;

/** Every fact by its id. Read at the first call: only explanations need them. */
export function facts(): ReadonlyMap<string, Fact> {
  return (known ??= readFacts());
}

/** Reads facts.yaml. */
export function readFacts(top: Node = readSpec('facts.yaml')): ReadonlyMap<string, Fact> {
  const found = new Map<string, Fact>();
  for (const node of items(top)) {
    const map = fields(node, ['id', 'evidence', 'says', 'where']);
    const part = (key: string): Node => need(map, key, node);
    const id = text(part('id'));
    if (!/^[A-Z]-\d\d$/.test(id)) fault(node, `id '${id}' is not a letter and two digits`);
    if (found.has(id)) fault(node, `id '${id}' stands twice`);
    const evidence = word(part('evidence'), PROOFS);
    found.set(id, { id, evidence, says: text(part('says')), where: text(part('where')) });
  }
  return found;
}

/** The ids of the facts that a text cites: `S-01`, and all from `E-12 to E-16`. */
export function citedFacts(cited: string): readonly string[] {
  const ids = [...cited.matchAll(/\b([A-Z])-(\d\d)(?: to \1-(\d\d))?\b/g)].flatMap(([, letter, from, to]) => {
    const first = Number(from);
    const length = Number(to ?? from) - first + 1;
    return Array.from({ length }, (_, index) => `${letter}-${String(first + index).padStart(2, '0')}`);
  });
  return [...new Set(ids)];
}
