import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acts, options, sampleOf, type Stride, walk } from '../../tests/fixtures/model-walk.ts';
import { requirementOf } from './state/consistency.ts';
import { judge } from './blame/deviations.ts';
import { predict } from './predict/predict.ts';
import type { Choices } from './state/choices.ts';

/** Holds for every call of every walk, whatever options the target took. Prints the walk where it does not. */
function always(check: (stride: Stride, choices: Choices) => void): void {
  fc.assert(
    fc.property(acts, options, (todo, choices) => {
      for (const stride of walk(todo, choices)) check(stride, choices);
    }),
    { seed: 20_140_630, numRuns: 400 },
  );
}

/** Everything a value holds, maps and sets too. */
function frozen(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one instanceof Map ? ['map', ...one] : one instanceof Set ? ['set', ...one] : one,
  );
}

test('predicting and judging leave the world as it was', () => {
  always(({ world, call, at }, choices) => {
    const before = frozen(world);
    const prediction = predict(world, call, choices);
    for (const allowance of prediction.allowed) judge(prediction, sampleOf(allowance, at), at);
    judge(prediction, { kind: 'silence', reason: 'timeout' }, at);
    judge(prediction, { kind: 'failure', status: 500, type: null, message: null }, at);
    judge(prediction, { kind: 'success', status: 200, output: {} }, at);
    expect(frozen(world)).toBe(before);
  });
});

test('the model accepts its own samples', () => {
  always(({ prediction, at }) => {
    for (const allowance of prediction.allowed)
      expect(judge(prediction, sampleOf(allowance, at), at).deviations).toEqual([]);
  });
});

test('counts never fall', () => {
  always(({ world, verdict }) => {
    for (const [key, before] of world.datasets) {
      const after = verdict.world.datasets.get(key);
      expect(after?.count).toBeGreaterThanOrEqual(before.count);
      if (after === undefined || !before.exists || !after.exists) continue;
      for (const [name, record] of before.records)
        expect(after.records.get(name)?.count).toBeGreaterThanOrEqual(record.count);
    }
  });
});

test('no record is ahead of its dataset', () => {
  always(({ verdict }) => {
    for (const { count, records } of verdict.world.datasets.values())
      for (const record of records.values()) expect(record.count).toBeLessThanOrEqual(count);
  });
});

test('a refusal, and a read, leave records and counts as they were', () => {
  always(({ world, call, answer, verdict }) => {
    const changing = call.operation === 'UpdateRecords' || call.operation === 'DeleteDataset';
    if (answer.kind === 'success' && changing) return;
    for (const [key, { exists, count, records }] of world.datasets) {
      const after = verdict.world.datasets.get(key);
      expect(after).toMatchObject({ exists, count });
      const stored = [...records.values()].map((record) => [record.key, record.value, record.count]);
      expect([...(after?.records.values() ?? [])].map((record) => [record.key, record.value, record.count])).toEqual(
        stored,
      );
    }
  });
});

test('every suspect and every exercise names a requirement', () => {
  always(({ prediction, at }) => {
    const answers = [
      { kind: 'success', status: 200, output: {} },
      { kind: 'failure', status: 409, type: 'ResourceConflictException', message: null },
      { kind: 'failure', status: 400, type: 'InvalidParameterException', message: null },
      { kind: 'failure', status: 500, type: null, message: null },
      { kind: 'silence', reason: 'timeout' },
    ] as const;
    const suspects = answers.flatMap((answer) =>
      judge(prediction, answer, at).deviations.map((deviation) => deviation.suspects),
    );
    expect(suspects.filter((list) => list.length === 0)).toEqual([]);
    for (const id of [...suspects.flat(), ...prediction.exercises.map((one) => one.requirement)]) requirementOf(id);
  });
});

test('a server error and a missing answer are always said', () => {
  always(({ prediction, at }) => {
    for (const answer of [
      { kind: 'failure', status: 503, type: null, message: null },
      { kind: 'silence', reason: 'closed' },
    ] as const)
      expect(judge(prediction, answer, at).deviations).not.toEqual([]);
  });
});

test('accepted in place of refused, and refused in place of accepted, is always said', () => {
  always(({ prediction, at }) => {
    const kinds = new Set(prediction.allowed.map(({ kind }) => kind));
    const others = [
      { kind: 'failure', status: 400, type: 'InvalidParameterException', message: null },
      { kind: 'success', status: 200, output: { Records: [], SyncSessionToken: 't' } },
    ] as const;
    const wrong = others.filter(({ kind }) => !prediction.open && !kinds.has(kind === 'failure' ? 'refusal' : kind));
    expect(wrong.filter((answer) => judge(prediction, answer, at).deviations.length === 0)).toEqual([]);
  });
});
