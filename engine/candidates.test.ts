import { expect, test } from 'vitest';
import type { Sequence } from '../specs/sequence.ts';
import { shortCatalogue } from '../tests/fixtures/embedded-run.ts';
import { passes } from './candidates.ts';
import { type Size, sizeOf, smaller } from './size.ts';

/** Random sequences of every suite. */
const drawn: readonly Sequence[] = shortCatalogue.suites.flatMap(({ draw }) =>
  draw === undefined ? [] : Array.from({ length: 12 }, (_, index) => draw(7, index)),
);
const candidates = (sequence: Sequence): readonly Sequence[] => passes.flatMap((pass) => [...pass(sequence)]);
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
