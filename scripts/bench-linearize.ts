import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type KeyValueInput, keyValueModel } from '../cli/linearize/key-value-model.ts';
import { readHistory } from '../cli/linearize/read-history.ts';
import { registerModel } from '../cli/linearize/register-model.ts';
import { linearize } from '../engine/linearize/linearize.ts';
import type { Call, SequentialModel } from '../engine/linearize/model.ts';
import { datasetModel } from '../engine/races/dataset-model.ts';
import { revealedOrder } from '../engine/races/revealed-order.ts';
import { type DatasetCall, simulateDataset } from '../tests/fixtures/simulated-dataset.ts';
import { simulateKeyValue, simulateRegister } from '../tests/fixtures/simulated-texts.ts';
import { wingGongLowe } from '../tests/fixtures/wing-gong-lowe.ts';

/**
 * `npm run bench:linearize [-- FILE…]`: the checker beside the search of Wing, Gong and Lowe as published, in one process, so that the
 * ratios mean something. Each FILE is a key-value history or a register log. Medians; nothing here fails.
 */

const dataset = datasetModel({ exact: true, anyCount: false, unknownKeys: false });
/** A search that takes longer is not repeated, and its first time counts. */
const patience = 2_000;
/** The published search of one history is given up after so many milliseconds. */
const givenUp = 5_000;

function median(run: () => void, samples = 9): number {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const started = performance.now();
    run();
    times.push(performance.now() - started);
    if ((times[0] ?? 0) > patience) break;
  }
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
}

function row(name: string, ...cells: readonly (number | string)[]): void {
  const shown = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(cell < 10 ? 3 : 0) : cell).padStart(12));
  process.stdout.write(`${name.padEnd(46)}${shown.join('')}\n`);
}

/** False: it was stopped. */
function published<S, I, O>(model: SequentialModel<S, I, O>, calls: readonly Call<I, O>[]): boolean {
  const { partition = (): string => '' } = model;
  // It knows of no partitions, and without them it would have no chance.
  const parts = new Map<string, Call<I, O>[]>();
  for (const call of calls) {
    const part = parts.get(partition(call.input));
    if (part === undefined) parts.set(partition(call.input), [call]);
    else part.push(call);
  }
  const until = performance.now() + givenUp;
  let steps = 0;
  const stop = (): boolean => (steps += 1) % 1_024 === 0 && performance.now() > until;
  for (const part of parts.values()) {
    const answer = wingGongLowe(model, part, stop);
    if (answer !== true) return answer === false;
  }
  return true;
}

function against<S, I, O>(
  name: string,
  model: SequentialModel<S, I, O>,
  all: readonly (readonly Call<I, O>[])[],
  samples = 9,
): void {
  const ours = median(() => all.forEach((calls) => linearize(model, calls)), samples);
  let ended = true;
  const theirs = median(() => {
    for (const calls of all) ended = published(model, calls) && ended;
  }, samples);
  row(name, ours, ended ? theirs : `> ${theirs.toFixed(0)}`, ended ? ours / theirs : `< ${(ours / theirs).toFixed(3)}`);
}

function without<S, I, O>(model: SequentialModel<S, I, O>): SequentialModel<S, I, O> {
  return { ...model, possibleLater: () => true };
}

function keyValue(name: string, calls: readonly Call<KeyValueInput, string>[]): void {
  against(name, keyValueModel(calls), [calls]);
  against(`${name}, no look ahead`, without(keyValueModel(calls)), [calls]);
}

const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, seed) => seed + 1);
const histories = (count: number, clients: number, calls: number, unanswered: number): readonly DatasetCall[][] =>
  seeds(count).map((seed) => simulateDataset({ clients, calls, seed, unanswered }));

row('milliseconds', 'ours', 'published', 'ratio');
against('50 datasets, 4 clients, 24 calls', dataset, histories(50, 4, 24, 0), 101);
against('50 datasets, 4 clients, 24 calls, 5 % unanswered', dataset, histories(50, 4, 24, 0.05), 101);
against('50 datasets, 10 clients, 100 calls', dataset, histories(50, 10, 100, 0));
const registers = (unanswered: number): readonly Call<Parameters<typeof registerModel.step>[1], never>[][] =>
  seeds(60).map((seed) =>
    simulateRegister({ clients: 5, calls: 80, seed, unanswered, most: 20, faults: seed % 2 === 0 ? 0 : 0.02 }),
  ) as never;
against('60 registers, 5 clients, 80 calls', registerModel, registers(0));
against('60 registers, at most 20 unanswered', registerModel, registers(0.2), 3);
keyValue('texts, 10 clients, 300 calls, 10 keys', simulateKeyValue({ clients: 10, calls: 300, seed: 1, keys: 10 }));
for (const file of process.argv.slice(2)) {
  const history = readHistory(readFileSync(file, 'utf8'), file);
  const name = file.replace(/^.*\//, '');
  if (history.kind === 'key-value') keyValue(name, history.calls);
  else against(name, registerModel, [history.calls]);
}

process.stdout.write('\n');
row('one dataset, 10 clients: calls', 'direct', 'search', '1 % lost', 'MB');
for (const calls of [1_000, 3_000, 10_000, 30_000, 100_000]) {
  const [whole = [], lossy = []] = [0, 0.01].map((unanswered) =>
    simulateDataset({ clients: 10, calls, seed: 2, unanswered }),
  );
  const direct = median(() => revealedOrder(whole, { unknownKeys: false }), 5);
  const search = median(() => linearize(dataset, whole), 5);
  const lost = median(() => linearize(dataset, lossy), 5);
  row(String(calls), direct, search, lost, process.memoryUsage().rss / 1e6);
}
const crowded = simulateDataset({ clients: 30, calls: 1_000, seed: 1 });
row(
  '1000, 30 clients',
  median(() => revealedOrder(crowded, { unknownKeys: false })),
  median(() => linearize(dataset, crowded)),
);
