import { describe, expect, test } from 'vitest';
import { type DatasetCall, simulateDataset } from '../../tests/fixtures/simulated-dataset.ts';
import { wingGongLowe } from '../../tests/fixtures/wing-gong-lowe.ts';
import { linearize } from '../linearize/linearize.ts';
import { datasetModel, type RaceOutput } from './dataset-model.ts';
import { revealedOrder } from './revealed-order.ts';

const model = datasetModel({ exact: true, anyCount: false, unknownKeys: false });
const shapes = { clients: 4, keys: 3, calls: 18 };

/** `a@0` for each patch. */
function update(start: number, end: number | null, patches: string, output?: RaceOutput): DatasetCall {
  const sent = patches.split(' ').map((patch) => {
    const [key = '', count = ''] = patch.split('@');
    return { key, count: Number(count), value: `${key} ${start}` };
  });
  const input = { kind: 'update', patches: sent, seen: undefined } as const;
  return output === undefined ? { input, start, end } : { input, output, start, end };
}

const accepted = (count: number): RaceOutput => ({ kind: 'accepted', count });

describe('the order that counts reveal', () => {
  test('is never decided otherwise than by the search', () => {
    const decided = { linearizable: 0, 'not-linearizable': 0, undecided: 0 };
    for (let seed = 0; seed < 3_000; seed += 1) {
      const unanswered = [0, 0.05, 0.15][seed % 3] ?? 0;
      const calls = simulateDataset({ ...shapes, seed, unanswered, faults: seed % 2 === 0 ? 0 : 0.05 });
      const { verdict } = revealedOrder(calls, { unknownKeys: false });
      decided[verdict] += 1;
      expect(verdict === 'undecided' || linearize(model, calls).verdict === verdict, `seed ${seed}`).toBe(true);
    }
    expect(decided.linearizable).toBeGreaterThan(2_000);
    expect(decided['not-linearizable']).toBeGreaterThan(200);
    expect(decided.undecided).toBeLessThan(300);
  });

  test('names the calls that contradict each other', () => {
    const contradicting = (...calls: readonly DatasetCall[]): unknown => revealedOrder(calls, { unknownKeys: false });
    const refuted = (...calls: readonly number[]): unknown => ({ verdict: 'not-linearizable', calls });
    expect(contradicting(update(0, 9, 'a@0', accepted(1)), update(1, 8, 'b@0', accepted(1)))).toEqual(refuted(0, 1));
    expect(contradicting(update(0, 9, 'a@0', accepted(1)), update(1, 8, 'a@0', accepted(2)))).toEqual(refuted(0, 1));
    expect(contradicting(update(0, 1, 'a@0', accepted(2)), update(2, 3, 'b@0', accepted(1)))).toEqual(refuted(0, 1));
    expect(contradicting(update(0, 1, 'a@0', accepted(1)), update(2, 3, 'a@1', accepted(3)))).toEqual(refuted(1));
    expect(contradicting(update(0, 1, 'a@0', { kind: 'conflict' }))).toEqual(refuted(0));
  });

  test('is left to the search where an unanswered update may explain a conflict', () => {
    const conflict = update(2, 3, 'a@0', { kind: 'conflict' });
    expect(revealedOrder([update(0, null, 'a@0'), conflict], { unknownKeys: false })).toEqual({
      verdict: 'undecided',
      because: 'unplaced-conflict',
    });
    expect(linearize(model, [update(0, null, 'a@0'), conflict]).verdict).toBe('linearizable');
  });
});

test('the search agrees with the one published, on datasets', () => {
  for (let seed = 0; seed < 500; seed += 1) {
    const unanswered = [0, 0.05, 0.15][seed % 3] ?? 0;
    const calls = simulateDataset({ ...shapes, seed, unanswered, faults: seed % 2 === 0 ? 0 : 0.05 });
    expect(linearize(model, calls).verdict === 'linearizable').toBe(wingGongLowe(model, calls));
  }
});
