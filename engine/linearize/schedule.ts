import type { Call, SequentialModel } from './model.ts';

/**
 * A history as the search walks through it: from return to return. Between two returns only the calls that are then
 * under way matter, so each has a bit of its own only as long as it is.
 */
export interface Schedule {
  /** Answered calls, the earliest end first. Calls are meant by their index in the history. */
  readonly returns: readonly number[];
  /** Of each return the answered calls under way, the earliest end first. */
  readonly pending: readonly (readonly number[])[];
  /** The bit of an answered call, by its index. */
  readonly bit: readonly number[];
  /** Bits in use at a time. */
  readonly bits: number;
  /** Unanswered calls that may have changed something, the earliest start first. */
  readonly open: readonly number[];
  /** Of each return how many of them had started. */
  readonly opened: readonly number[];
  /** Of each of them the place of the one before it that is interchangeable with it, or -1. */
  readonly twin: readonly number[];
  readonly readonly: readonly boolean[];
}

export function scheduleOf<S, I, O>(model: SequentialModel<S, I, O>, calls: readonly Call<I, O>[]): Schedule {
  const call = (index: number): Call<I, O> => calls[index] as Call<I, O>;
  const start = (index: number): number => call(index).start;
  const end = (index: number): number => call(index).end ?? Infinity;
  const all = [...calls.keys()];
  const readonly = calls.map(({ input, output, end: at }) => model.readonly(input, at === null ? undefined : output));
  const returns = all.filter((index) => call(index).end !== null).sort((a, b) => end(a) - end(b) || a - b);
  const byStart = [...returns].sort((a, b) => start(a) - start(b));
  const open = all
    .filter((index) => call(index).end === null && readonly[index] !== true)
    .sort((a, b) => start(a) - start(b) || a - b);
  const pending: number[][] = [];
  const opened: number[] = [];
  const bit: number[] = [];
  const free: number[] = [];
  let bits = 0;
  let active: number[] = [];
  let started = 0;
  let used = 0;
  for (const [at, returning] of returns.entries()) {
    const gone = returns[at - 1];
    if (gone !== undefined) {
      active = active.filter((one) => one !== gone);
      free.push(bit[gone] ?? 0);
    }
    for (
      let next = byStart[started];
      next !== undefined && start(next) <= end(returning);
      next = byStart[(started += 1)]
    ) {
      bit[next] = free.pop() ?? bits++;
      active.push(next);
    }
    while (used < open.length && start(open[used] ?? 0) <= end(returning)) used += 1;
    pending.push([...active].sort((a, b) => end(a) - end(b) || a - b));
    opened.push(used);
  }
  const alike = model.interchangeable;
  const twin = open.map((index, at) =>
    alike === undefined ? -1 : open.slice(0, at).findLastIndex((other) => alike(call(other).input, call(index).input)),
  );
  return { returns, pending, bit, bits, open, opened, twin, readonly };
}
