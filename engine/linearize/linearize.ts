import type { Budget, Call, Cause, Result, SequentialModel } from './model.ts';
import { createSearch } from './search.ts';

const configurations = 1_000_000;
const remembered = 500_000;
/** Partitions take turns of so many configurations, then of twice as many: a hard one must not hide that its neighbour is wrong. */
const slice = 512;

/**
 * Decides whether the calls can be put in one order that the model allows and real time permits. `unknown`, with its cause, is
 * an answer: no verdict ever comes from a budget. Knows nothing of what the calls are.
 */
export function linearize<S, I, O>(
  model: SequentialModel<S, I, O>,
  calls: readonly Call<I, O>[],
  budget: Budget = {},
): Result<S> {
  const most = budget.configurations ?? configurations;
  const parts = partitions(model, calls).map((indices) => ({
    indices,
    search: createSearch(
      model,
      indices.map((index) => calls[index] as Call<I, O>),
      budget.remembered ?? remembered,
    ),
  }));
  let open = parts;
  let visited = 0;
  for (let turn = slice; open.length > 0; turn *= 2) {
    for (const { indices, search } of open) {
      const before = search.visited();
      if (search.advance(Math.min(turn, most - visited)) === 'not-linearizable') {
        const { call, states } = search.stuck();
        return { verdict: 'not-linearizable', calls: indices, stuck: { call: indices[call] ?? 0, states } };
      }
      visited += search.visited() - before;
      const cause = exhausted(budget, visited >= most, search.forgetful());
      if (cause !== null && search.advance(0) === null) return { verdict: 'unknown', cause };
    }
    open = open.filter(({ search }) => search.advance(0) === null);
  }
  return { verdict: 'linearizable' };
}

function exhausted({ until, now }: Budget, spent: boolean, forgetful: boolean): Cause | null {
  if (spent) return forgetful ? 'memory' : 'steps';
  return until !== undefined && now !== undefined && now() > until ? 'time' : null;
}

function partitions<S, I, O>(model: SequentialModel<S, I, O>, calls: readonly Call<I, O>[]): readonly number[][] {
  const { partition } = model;
  if (partition === undefined) return [[...calls.keys()]];
  const parts = new Map<string, number[]>();
  for (const [index, { input }] of calls.entries()) {
    const key = partition(input);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [index]);
    else part.push(index);
  }
  return [...parts.values()];
}
