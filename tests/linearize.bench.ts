import fc from 'fast-check';
import { bench, describe } from 'vitest';
import { linearize } from '../engine/linearize/linearize.ts';
import { datasetModel } from '../engine/races/dataset-model.ts';
import { historyOf, readAll } from '../engine/races/history.ts';
import { planned, simulate } from './fixtures/simulated-race.ts';
import { wingGongLowe } from './fixtures/wing-gong-lowe.ts';

const model = datasetModel({ exact: true, anyCount: false, unknownKeys: false });

/** Right histories of so many clients with so many calls each. */
function histories(clients: number, calls: number): readonly ReturnType<typeof historyOf>['calls'][] {
  const arbitrary = fc.array(fc.array(planned, { minLength: calls, maxLength: calls, size: 'max' }), {
    minLength: clients,
    maxLength: clients,
  });
  return fc
    .sample(arbitrary, { seed: 20_140_630, numRuns: 5 })
    .map((plans) => historyOf(readAll(simulate(plans)), true).calls);
}

describe.each([
  { clients: 4, calls: 6 },
  { clients: 10, calls: 10 },
  { clients: 10, calls: 20 },
])('$clients clients, $calls calls each', ({ clients, calls }) => {
  const all = histories(clients, calls);
  bench('linearize', () => {
    for (const history of all) linearize(model, history);
  });
  bench('Wing, Gong and Lowe as published', () => {
    for (const history of all) wingGongLowe(model, history);
  });
});
