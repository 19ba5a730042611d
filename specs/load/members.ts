import type { FieldSpec, OperationSpec } from '../types/contract-types.ts';
import { type Fate, fateOf } from './sentences.ts';
import { entries, fields, readSpec } from './yaml-fields.ts';
import type { Node } from './yaml-fields.ts';

/** What becomes of every member of every answer (members.yaml), by `Holder.Member`. */
export function readMembers(top: Node = readSpec('members.yaml')): ReadonlyMap<string, Fate> {
  return new Map(
    entries(top).map(([id, node]) => [id, fateOf(node, fields(node, ['checked-by', 'choice', 'not-checked']))]),
  );
}

/** The members that the API model declares, named likewise. */
export function declaredMembers(operations: readonly OperationSpec[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const walk = (holder: string, field: FieldSpec): void => {
    ids.add(`${holder}.${field.name}`);
    for (const inner of field.fields ?? field.of?.fields ?? []) walk(field.name, inner);
  };
  for (const { operation, output } of operations) for (const field of output ?? []) walk(operation, field);
  return ids;
}
