/** A pace that finds out how fast a target wants to be asked. */
export interface AdaptivePace {
  /** Waits until the next request may be sent; undefined when it may be sent at once. */
  readonly wait: () => Promise<void> | undefined;
  /** The target asked to be asked less often. */
  readonly throttled: () => void;
  /** It answered. */
  readonly answered: () => void;
}

/** Requests in flight are throttled together, and count once. Milliseconds. */
const RAISE_EVERY_MS = 100;
const RAISE = 1.3;
const EASE = 0.996;
const FIRST_INTERVAL_MS = 1;
const MAX_INTERVAL_MS = 1000;

/**
 * No wait at all until the first throttled answer; from then on the interval between requests grows with each and shrinks a
 * little with every other answer. Without it requests that back off would be starved by those that never had to, and
 * run out of retries.
 */
export function adaptivePace(now: () => number, sleep: (ms: number) => Promise<void>): AdaptivePace {
  let interval = 0;
  let raisedAt = -Infinity;
  let next = -Infinity;
  return {
    wait() {
      if (interval === 0) return undefined;
      const at = now();
      const start = Math.max(next, at);
      next = start + interval;
      return start > at ? sleep(start - at) : undefined;
    },
    throttled() {
      const at = now();
      if (at - raisedAt < RAISE_EVERY_MS) return;
      raisedAt = at;
      interval = Math.min(MAX_INTERVAL_MS, Math.max(FIRST_INTERVAL_MS, interval * RAISE));
    },
    answered() {
      if (interval > 0) interval = interval * EASE < FIRST_INTERVAL_MS / 2 ? 0 : interval * EASE;
    },
  };
}
