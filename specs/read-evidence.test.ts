import { describe, expect, test } from 'vitest';
import { bind } from './bind.ts';
import { contract, outputProblems } from './contract.ts';
import { readEvidence } from './read-evidence.ts';
import type { EvidenceStep } from './read-evidence.ts';
import type { Input, Json } from './types/wire.ts';

const all = readEvidence();

type Form = { readonly name: string; readonly argument: Json };

/** `{ $ref: … }` and its kin stand in place of a value. */
function formOf(value: Json): Form | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [entry] = Object.entries(value);
  return entry?.[0].startsWith('$') ? { name: entry[0], argument: entry[1] } : undefined;
}

/** The value with each form replaced by what `instead` makes of it. */
function replace(value: Json, instead: (form: Form) => Json): Json {
  const form = formOf(value);
  if (form) return instead(form);
  if (Array.isArray(value)) return value.map((inner: Json) => replace(inner, instead));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, instead)]));
}

function formsIn(value: Json): readonly Form[] {
  const found: Form[] = [];
  replace(value, (form) => {
    found.push(form);
    if (form.name === '$contains') found.push(...formsIn(form.argument));
    return null;
  });
  return found;
}

test('covers the operations of datasets and records, each scenario under its own id', () => {
  expect(new Set(all.flatMap(({ steps }) => steps.map(({ operation }) => operation)))).toEqual(
    new Set(['UpdateRecords', 'ListRecords', 'DescribeDataset', 'ListDatasets', 'DeleteDataset']),
  );
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.filter(({ id }) => !/^E-\d\d$/.test(id))).toEqual([]);
});

describe.each(all.map((evidence) => [evidence.id, evidence] as const))('%s', (_, { given, steps }) => {
  test('sends members the operation knows', () => {
    for (const { operation, input } of steps) {
      const concrete: Input = Object.fromEntries(
        Object.entries(input).map(([name, value]) => [name, replace(value, () => 'ref')]),
      );
      expect(() => bind(operation, concrete)).not.toThrow();
      const required = contract.operations[operation].input.filter((member) => member.required);
      expect(required.filter(({ name }) => concrete[name] === undefined)).toEqual([]);
    }
  });

  test('refers to answers of earlier steps', () => {
    steps.forEach(({ input }, index) => {
      for (const { name, argument } of formsIn(input)) {
        expect(name).toBe('$ref');
        const [, step, member] = /^(\d+)\/(\w+)$/.exec(typeof argument === 'string' ? argument : '') ?? [];
        expect(Number(step)).toBeGreaterThan(0);
        expect(Number(step)).toBeLessThanOrEqual(index);
        expect(outputNames(steps[Number(step) - 1]!)).toContain(member);
      }
    });
  });

  test('claims only members and types of the output', () => {
    for (const step of steps) {
      if (typeof step.seen === 'string' || step.seen.kind === 'error') continue;
      const { output } = step.seen;
      expect(outputNames(step)).toEqual(expect.arrayContaining(Object.keys(output)));
      expect(formsIn(output).filter(({ name }) => !/^\$(present|blank|length|contains)$/.test(name))).toEqual([]);
      const element = ({ name, argument }: Form): Json =>
        name === '$contains' ? [replace(argument, () => null)] : null;
      expect(outputProblems(step.operation, replace(output, element))).toEqual([]);
    }
  });

  test('claims errors of the operation with their status', () => {
    for (const { operation, seen } of steps) {
      if (typeof seen === 'string' || seen.kind === 'output' || seen.type === undefined) continue;
      expect(contract.operations[operation].errors).toContain(seen.type);
      expect(seen.status ?? contract.errors[seen.type]).toBe(contract.errors[seen.type]);
    }
  });

  test('presupposes no record above the count of its dataset', () => {
    for (const record of given?.records ?? []) {
      expect(record.SyncCount).toBeLessThanOrEqual(given!.count);
    }
  });
});

function outputNames({ operation }: EvidenceStep): readonly string[] {
  return (contract.operations[operation].output ?? []).map(({ name }) => name);
}
