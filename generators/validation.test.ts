import { describe, expect, test } from 'vitest';
import { contract, type FieldSpec, type ShapeSpec } from '../specs/contract.ts';
import type { Operation } from '../specs/wire.ts';
import { validationChecks } from './validation.ts';

const operations = Object.keys(contract.operations) as Operation[];

/** Every constrained member, as the checks name it. A path cannot carry an empty member, so only upper bounds count. */
function constrained(spec: ShapeSpec, name: string): readonly string[] {
  const own = spec.pattern !== undefined || spec.enum !== undefined || (spec.max ?? Infinity) <= 4096 ? [name] : [];
  const inner = [
    ...(spec.fields ?? []).flatMap((field: FieldSpec) => constrained(field, `${name}.${field.name}`)),
    ...(spec.of === undefined ? [] : constrained(spec.of, `${name}${spec.type === 'map' ? '{}' : '[]'}`)),
  ];
  return [...own, ...inner];
}

describe('the checks of each operation', () => {
  // An update of another dataset would be refused for its token, whatever its name.
  const named = (operation: Operation): readonly string[] =>
    contract.operations[operation].input
      .filter((member) => operation !== 'UpdateRecords' || member.in !== 'path')
      .flatMap((member) => constrained(member, member.name));

  test.each(operations)('%s: every constraint is broken at least once', (operation) => {
    const contexts = validationChecks(operation)
      .filter((check) => check.expect.outcome === 'refused')
      .map((check) => check.expect.context);
    const missed = named(operation).filter(
      (member) => !contexts.some((context) => context.startsWith(`${operation} ${member}: `)),
    );
    expect(missed).toEqual([]);
  });

  test('what changes a whole pool is tried on pools of our own only', () => {
    const writing = operations.filter((operation) => /^(Set|Register|Bulk)/.test(operation)).flatMap(validationChecks);
    expect(writing.filter((check) => check.free !== true)).toEqual([]);
  });
});
