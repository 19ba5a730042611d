import { keyValueModel } from '../cli/linearize/key-value-model.ts';
import { registerModel } from '../cli/linearize/register-model.ts';
import { linearize } from '../engine/linearize/linearize.ts';
import type { Call, SequentialModel } from '../engine/linearize/model.ts';
import { datasetModel } from '../engine/races/dataset-model.ts';
import { revealedOrder } from '../engine/races/revealed-order.ts';
import { canBeOrdered } from '../tests/fixtures/brute-force.ts';
import { simulateDataset } from '../tests/fixtures/simulated-dataset.ts';
import { simulateKeyValue, simulateRegister } from '../tests/fixtures/simulated-texts.ts';
import { wingGongLowe } from '../tests/fixtures/wing-gong-lowe.ts';

/**
 * `npm run agreement:linearize [HISTORIES]`: the checker against every order there is on small histories, and against the search as
 * published on larger ones, of three models, right and wrong, with unanswered calls and without. Ends at the first disagreement.
 */

const histories = Number(process.argv[2] ?? 20_000);
const dataset = datasetModel({ exact: true, anyCount: false, unknownKeys: false });

interface Tally {
  compared: number;
  illegal: number;
  unanswered: number;
}

type Reference = <S, I, O>(model: SequentialModel<S, I, O>, calls: readonly Call<I, O>[]) => boolean;

function compare<S, I, O>(
  tally: Tally,
  reference: Reference,
  model: SequentialModel<S, I, O>,
  calls: readonly Call<I, O>[],
): boolean {
  // The references know of no partitions.
  const key = model.partition ?? ((): string => '');
  const keys = [...new Set(calls.map(({ input }) => key(input)))];
  const right = keys.every((one) =>
    reference(
      model,
      calls.filter(({ input }) => key(input) === one),
    ),
  );
  const { verdict } = linearize(model, calls);
  tally.compared += 1;
  if (!right) tally.illegal += 1;
  if (calls.some(({ end }) => end === null)) tally.unanswered += 1;
  if (verdict !== (right ? 'linearizable' : 'not-linearizable'))
    throw new Error(`${verdict}: ${JSON.stringify(calls)}`);
  return right;
}

function all(name: string, reference: Reference, size: (seed: number) => number): void {
  const tally: Tally = { compared: 0, illegal: 0, unanswered: 0 };
  const direct = { decided: 0, undecided: 0 };
  for (let seed = 1; seed <= histories; seed += 1) {
    const common = {
      clients: 2 + (seed % 4),
      calls: size(seed),
      seed,
      unanswered: [0, 0.05, 0.2][seed % 3] ?? 0,
      faults: seed % 2 === 0 ? 0 : 0.1,
    };
    if (seed % 3 === 0) {
      const calls = simulateKeyValue({ ...common, keys: 1 + (seed % 2), unanswered: seed % 4 === 0 ? 0.1 : 0 });
      compare(tally, reference, keyValueModel(calls), calls);
    } else if (seed % 3 === 1) {
      compare(tally, reference, registerModel, simulateRegister(common));
    } else {
      const calls = simulateDataset({ ...common, keys: 1 + (seed % 4), unanswered: seed % 4 === 0 ? 0.1 : 0 });
      const right = compare(tally, reference, dataset, calls);
      const { verdict } = revealedOrder(calls, { unknownKeys: false });
      if (verdict === 'undecided') direct.undecided += 1;
      else if ((verdict === 'linearizable') === right) direct.decided += 1;
      else throw new Error(`the revealed order is ${verdict}: ${JSON.stringify(calls)}`);
    }
  }
  process.stdout.write(
    `${name}: ${tally.compared} histories, ${tally.illegal} of them not linearizable, ${tally.unanswered} with unanswered calls, 0 disagreements; ` +
      `revealed order: ${direct.decided} decided, ${direct.undecided} undecided, 0 disagreements\n`,
  );
}

all('every order', canBeOrdered, (seed) => 3 + (seed % 5));
all('Wing, Gong and Lowe as published', wingGongLowe, (seed) => 10 + (seed % 16));
