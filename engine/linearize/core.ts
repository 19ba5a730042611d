import { linearize } from './linearize.ts';
import type { Budget, Call, SequentialModel } from './model.ts';

/** Configurations that one attempt to leave something out may visit; a call whose attempt takes longer is kept. */
const perAttempt = 3_000;

/**
 * The calls whose answers contradict each other, as indices: a part of a history without an order that is enough to see it. The
 * other calls still are where they were, but their answers are not used: reads are left out, a write may have taken effect
 * or not. To leave a write out altogether would be wrong, since the values that others read of it would then come from nowhere.
 * Empty if the history has an order, or nobody knows.
 */
export function contradiction<S, I, O>(
  model: SequentialModel<S, I, O>,
  history: readonly Call<I, O>[],
  budget: Budget = { configurations: perAttempt },
): readonly number[] {
  const whole = linearize(model, history, {});
  if (whole.verdict !== 'not-linearizable') return [];
  // Calls of other partitions say nothing of this one.
  const calls = whole.calls.map((index) => history[index] as Call<I, O>);
  const illegal = (some: readonly Call<I, O>[], within: Budget = budget): boolean =>
    linearize(model, some, within).verdict === 'not-linearizable';
  const last = firstIllegalEnd(calls, (some) => illegal(some, {}));
  let kept = [...calls.keys()].filter((index) => {
    const end = calls[index]?.end ?? null;
    return end !== null && end <= last;
  });
  const only = (some: ReadonlySet<number>): readonly Call<I, O>[] =>
    calls.flatMap((call, index) => {
      if (call.start > last) return [];
      if (some.has(index)) return [call];
      return model.readonly(call.input, call.output) ? [] : [unanswered(call)];
    });
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const fewer = kept.filter((_, place) => place < at || place >= at + size);
      if (illegal(only(new Set(fewer)))) kept = fewer;
      else at += size;
    }
  }
  return kept.map((index) => whole.calls[index] ?? 0);
}

/** The earliest end up to which the history has no order, whatever comes of the calls in flight then. */
function firstIllegalEnd<I, O>(
  calls: readonly Call<I, O>[],
  illegal: (some: readonly Call<I, O>[]) => boolean,
): number {
  const ends = [...new Set(calls.flatMap(({ end }) => (end === null ? [] : [end])))].sort((a, b) => a - b);
  const until = (end: number): readonly Call<I, O>[] =>
    calls.flatMap((call) => (call.start > end ? [] : [call.end !== null && call.end <= end ? call : unanswered(call)]));
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (illegal(until(ends[middle] ?? 0))) high = middle;
    else low = middle + 1;
  }
  return ends[high] ?? 0;
}

function unanswered<I, O>({ input, start }: Call<I, O>): Call<I, O> {
  return { input, start, end: null };
}
