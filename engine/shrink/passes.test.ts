import { expect, test } from 'vitest';
import type { CheckStep } from '../../specs/types/check-step.ts';
import type { PatchStep, Sequence, Step } from '../../specs/types/sequence.ts';
import { shortCatalogue } from '../../tests/fixtures/embedded-run.ts';
import { passes } from './passes.ts';
import { type Size, sizeOf, smaller } from './size.ts';

/** Random sequences of every suite. */
const drawn: readonly Sequence[] = shortCatalogue.suites.flatMap(({ draw }) =>
  draw === undefined ? [] : Array.from({ length: 12 }, (_, index) => draw(7, index)),
);
const candidates = (of: Sequence, actual = 'ok'): readonly Sequence[] =>
  passes.flatMap((pass) => [...pass(of, { keys: [], actual })]);
const size = (sequence: Sequence): Size => sizeOf(sequence, sequence.steps.length);

function firstWhere<T>(items: Iterable<T>, fits: (item: T) => boolean): T | undefined {
  for (const item of items) if (fits(item)) return item;
  return undefined;
}

test('no candidate is the sequence itself, and their number is bounded', () => {
  for (const sequence of drawn) {
    const text = JSON.stringify(sequence);
    let count = 0;
    for (const candidate of candidates(sequence)) {
      expect(JSON.stringify(candidate)).not.toBe(text);
      count += 1;
    }
    expect(count).toBeLessThan(50 * text.length);
  }
});

test('taking the first smaller candidate again and again comes to an end', () => {
  for (const start of drawn) {
    let sequence = start;
    for (let rounds = 0; ; rounds += 1) {
      expect(rounds).toBeLessThan(400);
      const now = size(sequence);
      const next = firstWhere(candidates(sequence), (one) => smaller(size(one), now));
      if (next === undefined) break;
      sequence = next;
    }
    expect(sequence.steps.length).toBeLessThanOrEqual(1);
  }
});

test('a candidate names only datasets that it has', () => {
  for (const sequence of drawn) {
    for (const { datasets, steps } of candidates(sequence)) {
      expect(datasets.length).toBeGreaterThan(0);
      const indexes = steps.flatMap((step) => ('dataset' in step ? [step.dataset] : []));
      expect(Math.max(0, ...indexes)).toBeLessThan(datasets.length);
    }
  }
});

test('smaller is a strict order', () => {
  const sizes = drawn.map(size);
  for (const a of sizes) {
    expect(smaller(a, a)).toBe(false);
    for (const b of sizes) expect(smaller(a, b) && smaller(b, a)).toBe(false);
  }
});

const put = (key: string, value: string): PatchStep => ({ op: 'replace', key, value, count: { at: 'current' } });
const update = (...patches: readonly PatchStep[]): Step => ({
  do: 'update',
  actor: 0,
  dataset: 0,
  token: 'fresh',
  patches,
});
const sequence = (...steps: readonly Step[]): Sequence => ({
  datasets: [{ pool: 0, identity: 0, name: 'd' }],
  steps,
});
const describe: Step = { do: 'describe', dataset: 0 };

test('updates that lead to a limit become one, up to the first that writes a record again', () => {
  const keys = ['a', 'b', 'c', 'd'];
  const filled = sequence(...keys.map((key) => update(put(key, 'x'))), update(put('a', 'y')), describe);
  const gathered = sequence(update(...keys.map((key) => put(key, 'x'))), update(put('a', 'y')), describe);
  expect([...candidates(filled)]).toContainEqual(gathered);
});

test('a call that is to be refused and is not is tried without a token', () => {
  const refusal: CheckStep = {
    do: 'check',
    operation: 'UpdateRecords',
    dataset: 0,
    expect: { outcome: 'refused', requirement: 'wire/malformed-refused', context: 'no JSON' },
  };
  const without = sequence({ ...refusal, input: { SyncSessionToken: null } });
  expect(candidates(sequence(refusal))).toContainEqual(without);
  expect(candidates(sequence(refusal), 'InvalidParameterException')).not.toContainEqual(without);
});
