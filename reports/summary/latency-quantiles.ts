import type { RunEvent } from '../../engine/interface/events.ts';

type Buckets = Extract<RunEvent, { kind: 'latency' }>['buckets'];

/** The upper bound (ms) of the bucket in which the given share of calls has ended; 0 without any call. */
export function quantile(buckets: Buckets, share: number): number {
  const sorted = buckets.toSorted(([a], [b]) => a - b);
  const wanted = share * sorted.reduce((sum, [, calls]) => sum + calls, 0);
  let seen = 0;
  for (const [bound, calls] of sorted) {
    seen += calls;
    if (seen > 0 && seen >= wanted) return bound;
  }
  return 0;
}

/** The bound of a bucket in words: `within 0.5 ms`; the last bucket of all has none. */
export function withinMs(bound: number): string {
  return bound >= Number.MAX_SAFE_INTEGER ? 'longer than all bounds' : `within ${bound} ms`;
}
