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
/** Weight of the latest request in the share of those that are throttled. */
const LATEST = 0.02;
/** A share that is not for the pace: a target may throttle a few whatever it is asked, and slower would not be fewer. */
const BEARABLE = 0.08;

/**
 * No wait at all until a good many of the latest answers are throttled; from then on the interval between requests grows with
 * each of them and shrinks a little with every other answer. Without it requests that back off would be starved by those that never had to, and
 * run out of retries.
 */
export function adaptivePace(now: () => number, sleep: (ms: number) => Promise<void>): AdaptivePace {
  let interval = 0;
  let raisedAt = -Infinity;
  let share = 0;
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
      share += LATEST * (1 - share);
      if (share < BEARABLE) return;
      const at = now();
      if (at - raisedAt < RAISE_EVERY_MS) return;
      raisedAt = at;
      interval = Math.min(MAX_INTERVAL_MS, Math.max(FIRST_INTERVAL_MS, interval * RAISE));
    },
    answered() {
      share -= LATEST * share;
      if (interval > 0) interval = interval * EASE < FIRST_INTERVAL_MS / 2 ? 0 : interval * EASE;
    },
  };
}
