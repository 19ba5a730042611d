import { linearize } from './linearize.ts';
import type { Budget, Call, SequentialModel } from './model.ts';

/** Configurations that one attempt to leave something out may visit; what then is still open was worth keeping. */
const perAttempt = 3_000;

/**
 * A part of a history that cannot be put in order which is enough to see it: indices of the calls whose answers contradict each
 * other. The other calls still are where they were, but nothing is asked of them: what only reads is left out, a write
 * may have taken effect or not. To leave a write out altogether would be wrong, since what others read of it would then
 * come from nowhere. Empty if the history can be put in order, or nobody knows.
 */
export function contradiction<S, I, O>(
  model: SequentialModel<S, I, O>,
  calls: readonly Call<I, O>[],
  budget: Budget = { configurations: perAttempt },
): readonly number[] {
  const illegal = (some: readonly Call<I, O>[], within: Budget = budget): boolean =>
    linearize(model, some, within).verdict === 'not-linearizable';
  if (!illegal(calls, {})) return [];
  const ends = [...new Set(calls.flatMap(({ end }) => (end === null ? [] : [end])))].sort((a, b) => a - b);
  const until = (end: number): readonly Call<I, O>[] =>
    calls.flatMap((call) => (call.start > end ? [] : [call.end !== null && call.end <= end ? call : unanswered(call)]));
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (illegal(until(ends[middle] ?? 0), {})) high = middle;
    else low = middle + 1;
  }
  const last = ends[high] ?? 0;
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
  return kept;
}

function unanswered<I, O>({ input, start }: Call<I, O>): Call<I, O> {
  return { input, start, end: null };
}
