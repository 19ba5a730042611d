import type { Budget, Call, Cause, Result, SequentialModel } from './model.ts';
import { Search } from './search.ts';

const configurations = 1_000_000;
const remembered = 500_000;
/**
 * Partitions take turns of so many configurations, then of twice as many: a hard one must not hide that its neighbour is wrong. At
 * most so many, so that the clock is looked at often enough.
 */
const slice = { first: 512, most: 65_536 } as const;

interface Part<S, I, O> {
  readonly indices: readonly number[];
  readonly search: Search<S, I, O>;
}

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
  const kept = budget.remembered ?? remembered;
  let open = partitions(model, calls).map(({ indices, part }) => ({ indices, search: new Search(model, part, kept) }));
  let visited = 0;
  for (let turn: number = slice.first; open.length > 0; turn = Math.min(turn * 2, slice.most)) {
    for (const { indices, search } of open) {
      const before = search.visited;
      const answer = search.advance(Math.min(turn, most - visited));
      visited += search.visited - before;
      if (answer === 'not-linearizable') return refuted({ indices, search }, visited);
      const cause = answer === null ? exhausted(budget, visited >= most, search) : null;
      if (cause !== null) return { verdict: 'unknown', cause, configurations: visited };
    }
    open = open.filter(({ search }) => search.answer === null);
  }
  return { verdict: 'linearizable', configurations: visited };
}

function refuted<S, I, O>({ indices, search }: Part<S, I, O>, visited: number): Result<S> {
  const { call, states } = search.stuck();
  const stuck = { call: indices[call] ?? 0, states };
  return { verdict: 'not-linearizable', calls: indices, stuck, configurations: visited };
}

function exhausted<S, I, O>({ until, now }: Budget, spent: boolean, search: Search<S, I, O>): Cause | null {
  if (search.outOfRoom) return 'memory';
  if (spent) return search.forgetful ? 'memory' : 'steps';
  return until !== undefined && now !== undefined && now() > until ? 'time' : null;
}

interface Partition<I, O> {
  readonly indices: readonly number[];
  readonly part: readonly Call<I, O>[];
}

function partitions<S, I, O>(
  { partition }: SequentialModel<S, I, O>,
  calls: readonly Call<I, O>[],
): readonly Partition<I, O>[] {
  if (partition === undefined) return [{ indices: [...calls.keys()], part: calls }];
  const parts = new Map<string, { indices: number[]; part: Call<I, O>[] }>();
  for (let index = 0; index < calls.length; index += 1) {
    const call = calls[index] as Call<I, O>;
    const key = partition(call.input);
    const known = parts.get(key);
    if (known === undefined) parts.set(key, { indices: [index], part: [call] });
    else {
      known.indices.push(index);
      known.part.push(call);
    }
  }
  return [...parts.values()];
}
