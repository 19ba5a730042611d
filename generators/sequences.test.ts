import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contract } from '../specs/contract.ts';
import type { MemberSpec, ShapeSpec } from '../specs/types/contract-types.ts';
import type { Sequence, UpdateStep } from '../specs/types/sequence.ts';
import { shortCatalogue } from '../tests/fixtures/embedded-run.ts';
import { keyPool } from './texts.ts';

const suites = shortCatalogue.suites.filter(({ draw }) => draw !== undefined);
const drawn = suites.flatMap(({ id, draw }) =>
  Array.from({ length: 150 }, (_, index) => [id, draw?.(11, index)] as readonly [string, Sequence]),
);
const updates = drawn.flatMap(([, { steps }]) => steps.filter((step): step is UpdateStep => step.do === 'update'));
const patches = updates.flatMap((step) => step.patches ?? []);

function shapeOf(name: string, member?: string): ShapeSpec {
  const spec = contract.operations.UpdateRecords.input.find((one): one is MemberSpec => one.name === name)!;
  return member === undefined ? spec : spec.of!.fields!.find((field) => field.name === member)!;
}

/** The constraints of the API model that a text breaks. */
function broken(shape: ShapeSpec, text: string): readonly string[] {
  const length = [...text].length;
  return [
    ...(length < (shape.min ?? 0) ? ['too short'] : []),
    ...(length > (shape.max ?? Infinity) ? ['too long'] : []),
    ...(shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, 'u').test(text) ? ['out of pattern'] : []),
  ];
}

test("keys keep to the 128 characters of AWS's clients, also with an ending (D-12)", () => {
  const keys = fc.sample(keyPool(100), { seed: 11, numRuns: 500 }).flat();
  expect(keys.filter((key) => `${key}-unknown`.length > 128)).toEqual([]);
});

describe('every random sequence', () => {
  test('keeps to the constraints of the API model', () => {
    const key = shapeOf('RecordPatches', 'Key');
    const value = shapeOf('RecordPatches', 'Value');
    const name = shapeOf('DatasetName');
    expect(patches.filter((patch) => broken(key, patch.key).length > 0)).toEqual([]);
    expect(patches.filter((patch) => broken(value, patch.value ?? '').length > 0)).toEqual([]);
    const names = drawn.flatMap(([, { datasets }]) => datasets.map((ref) => ref.name));
    expect(names.filter((one) => broken(name, one).length > 0)).toEqual([]);
  });

  test('is text that UTF-8 can carry', () => {
    const texts = patches.flatMap((patch) => [patch.key, patch.value ?? '']);
    expect(texts.filter((text) => Buffer.from(text, 'utf8').toString('utf8') !== text)).toEqual([]);
  });

  test('names only datasets that it has, each once', () => {
    for (const [, { datasets, steps }] of drawn) {
      const indexes = steps.flatMap((step) => ('dataset' in step ? [step.dataset] : []));
      expect(Math.max(0, ...indexes)).toBeLessThan(datasets.length);
      expect(new Set(datasets.map((ref) => JSON.stringify(ref))).size).toBe(datasets.length);
    }
  });

  test('has steps, and comes through JSON as it was', () => {
    for (const [, sequence] of drawn) {
      expect(sequence.steps.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(sequence))).toEqual(sequence);
    }
  });
});

test('only the suite of choices patches a key twice or leaves patches out', () => {
  const odd = drawn.filter(([, { steps }]) =>
    steps.some((step) => {
      if (step.do !== 'update') return false;
      const keys = step.patches?.map((patch) => patch.key) ?? [];
      return keys.length === 0 || new Set(keys).size < keys.length;
    }),
  );
  expect([...new Set(odd.map(([id]) => id))]).toEqual(['consistency']);
});

test('a draw depends on seed and index alone', () => {
  for (const { draw } of suites) {
    expect(draw?.(5, 17)).toEqual(draw?.(5, 17));
    const texts = Array.from({ length: 40 }, (_, index) => JSON.stringify(draw?.(5, index)));
    expect(new Set(texts).size).toBeGreaterThan(30);
    expect(JSON.stringify(draw?.(6, 17))).not.toBe(JSON.stringify(draw?.(5, 17)));
  }
});

test('suites of one seed do not draw the same', () => {
  const first = suites.map(({ draw }) => JSON.stringify(draw?.(5, 0)));
  expect(new Set(first).size).toBe(suites.length);
});

test('some values are nearly those written to the same key before', () => {
  const folded = (text: string): string => text.normalize('NFC').toLowerCase().trim().replace(/\.0$/, '');
  const near = drawn.filter(([, { steps }]) => {
    const written = new Map<string, string>();
    return steps.some((step) => {
      if (step.do !== 'update') return false;
      return (step.patches ?? []).some(({ key, value }) => {
        const before = written.get(`${step.dataset} ${key}`);
        if (value !== null) written.set(`${step.dataset} ${key}`, value);
        return value !== null && before !== undefined && before !== value && folded(before) === folded(value);
      });
    });
  });
  expect(near.filter(([id]) => id === 'conflict').length).toBeGreaterThan(50);
});
