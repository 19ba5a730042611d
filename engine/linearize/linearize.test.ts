import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canBeOrdered } from '../../tests/fixtures/brute-force.ts';
import { histories, register, type RegisterInput } from '../../tests/fixtures/simple-models.ts';
import { wingGongLowe } from '../../tests/fixtures/wing-gong-lowe.ts';
import { linearize } from './linearize.ts';
import { contradiction } from './core.ts';
import type { Call } from './model.ts';

const runs = { numRuns: 5_000, seed: 20_140_630 };

describe('against every order there is', () => {
  test('the histories are of both kinds, with unanswered calls and without', () => {
    const kinds = new Set(
      fc
        .sample(histories, { numRuns: 500, seed: 1 })
        .map((calls) => `${canBeOrdered(register, calls)} ${calls.some(({ end }) => end === null)}`),
    );
    expect(kinds.size).toBe(4);
  });

  test('the verdict is right', () => {
    fc.assert(
      fc.property(histories, (calls) => {
        const right = canBeOrdered(register, calls) ? 'linearizable' : 'not-linearizable';
        expect(linearize(register, calls).verdict).toBe(right);
      }),
      runs,
    );
  });

  test('it is right too when hardly anything can be remembered', () => {
    fc.assert(
      fc.property(histories, (calls) => {
        const right = canBeOrdered(register, calls) ? 'linearizable' : 'not-linearizable';
        expect(linearize(register, calls, { remembered: 1 }).verdict).toBe(right);
      }),
      runs,
    );
  });

  test('so is that of the search as it was published', () => {
    fc.assert(
      fc.property(histories, (calls) => {
        expect(wingGongLowe(register, calls)).toBe(canBeOrdered(register, calls));
      }),
      runs,
    );
  });

  test('a contradiction is one, whatever became of the other writes, and nothing in it is superfluous', () => {
    const maybe = (calls: Parameters<typeof canBeOrdered>[1] & readonly unknown[], kept: readonly number[]) =>
      (calls as readonly (typeof calls)[number][]).flatMap((call, index) => {
        if (kept.includes(index)) return [call];
        return register.readonly(call.input as never, call.output as never)
          ? []
          : [{ input: call.input, start: call.start, end: null }];
      });
    fc.assert(
      fc.property(histories, (calls) => {
        const core = contradiction(register, calls);
        expect(core.length > 0).toBe(!canBeOrdered(register, calls));
        if (core.length === 0) return;
        expect(canBeOrdered(register, maybe(calls, core) as typeof calls)).toBe(false);
        for (const one of core) {
          const fewer = core.filter((other) => other !== one);
          expect(canBeOrdered(register, maybe(calls, fewer) as typeof calls)).toBe(true);
        }
      }),
      runs,
    );
  });
});

describe('a budget', () => {
  const writes = Array.from({ length: 9 }, (_, index) => ({
    input: { do: 'write' as const, value: index },
    output: true,
    start: 0,
    end: 100 + index,
  }));
  const hard = [...writes, { input: { do: 'read' as const }, output: 99, start: 50, end: 60 }];

  test('that ends is no verdict, and says why', () => {
    expect(linearize(register, hard, { configurations: 5 })).toMatchObject({ verdict: 'unknown', cause: 'steps' });
    expect(linearize(register, hard, { configurations: 50, remembered: 2 })).toMatchObject({
      verdict: 'unknown',
      cause: 'memory',
    });
    expect(linearize(register, hard, { until: 1, now: () => 2 })).toMatchObject({ verdict: 'unknown', cause: 'time' });
  });

  test('for states that are never alike ends too', () => {
    const counting = { ...register, equal: () => false };
    const swaps = Array.from({ length: 6_000 }, (_, at) => ({
      input: { do: 'write' as const, value: at },
      output: true,
      start: at,
      end: at,
    }));
    expect(linearize(counting, swaps, { remembered: 10 })).toMatchObject({ verdict: 'unknown', cause: 'memory' });
    expect(linearize(counting, swaps)).toMatchObject({ verdict: 'linearizable' });
  });

  test('that suffices leads to the call that nobody could place', () => {
    const result = linearize(register, hard);
    expect(result).toMatchObject({ verdict: 'not-linearizable', stuck: { call: 9 } });
    expect(contradiction(register, hard)).toEqual([9]);
  });
});

test('partitions are judged apart, and a hard one does not hide that another is wrong', () => {
  const keyed = { ...register, partition: ({ key }: RegisterInput) => key ?? '' };
  const writes = Array.from({ length: 14 }, (_, index) => ({
    input: { do: 'write' as const, value: index, key: 'hard' },
    output: true,
    start: 0,
    end: 10,
  }));
  const never = { input: { do: 'read' as const, key: 'hard' }, output: 99, start: 0, end: 10 };
  const wrong = { input: { do: 'read' as const, key: 'plain' }, output: 5, start: 0, end: 1 };
  const budget = { configurations: 2_000 };
  expect(linearize(keyed, [...writes, never], budget).verdict).toBe('unknown');
  expect(linearize(keyed, [...writes, never, wrong], budget)).toMatchObject({
    verdict: 'not-linearizable',
    calls: [15],
  });
});

test('more calls at a time than a word has bits, answered and not', () => {
  const many = (end: number | null): readonly Call<RegisterInput, number | boolean>[] =>
    Array.from({ length: 70 }, (_, from) => ({
      input: { do: 'swap', from, to: from + 1 },
      output: true,
      start: 0,
      end,
    }));
  const reads = (...values: readonly number[]): readonly Call<RegisterInput, number | boolean>[] =>
    values.map((value, index) => ({ input: { do: 'read' }, output: value, start: 200 + index, end: 200.5 + index }));
  expect(linearize(register, [...many(100), ...reads(70, 70)]).verdict).toBe('linearizable');
  expect(linearize(register, [...many(100), ...reads(69)]).verdict).toBe('not-linearizable');
  expect(linearize(register, [...many(null), ...reads(40, 70)]).verdict).toBe('linearizable');
  expect(linearize(register, [...many(null), ...reads(40, 3)]).verdict).toBe('not-linearizable');
});
