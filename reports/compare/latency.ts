import type { Buckets, Change, Latencies } from './run-record.ts';
import { quantile, withinMs } from '../summary/latency-quantiles.ts';

/** With fewer calls than this, one hiccup decides. */
const LEAST_CALLS = 100;
/** How likely a new call must be slower than an old one; without any change it is 0.5. */
const CLEARLY = 0.65;

/**
 * Operations that became slower beyond noise: a call of the new run is slower than one of the old run in clearly more
 * than half of all pairs, and the median moved to a higher bucket.
 */
export function compareLatency(before: Latencies, after: Latencies): readonly Change[] {
  return [...after].flatMap(([operation, is]): Change[] => {
    const was = before.get(operation) ?? [];
    const few = calls(was) < LEAST_CALLS || calls(is) < LEAST_CALLS;
    const [old, now] = [quantile(was, 0.5), quantile(is, 0.5)];
    if (few || now <= old || slowerShare(was, is) < CLEARLY) return [];
    const detail = `half of the calls ${withinMs(old)} before, now ${withinMs(now)}`;
    return [{ kind: 'slower', subject: operation, detail, regression: false }];
  });
}

const calls = (buckets: Buckets): number => buckets.reduce((sum, [, count]) => sum + count, 0);

/** The share of pairs in which the new call is slower, ties counting half. */
function slowerShare(was: Buckets, is: Buckets): number {
  let slower = 0;
  for (const [bound, count] of is) {
    for (const [other, times] of was) {
      if (bound > other) slower += count * times;
      else if (bound === other) slower += (count * times) / 2;
    }
  }
  return slower / (calls(was) * calls(is));
}
