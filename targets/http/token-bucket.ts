/** Waits until the next request may be sent. */
export type Pace = () => Promise<void>;

/** How much of a second's allowance may be sent at once: timers are too coarse to space thousands a second evenly. */
const BURST_SECONDS = 0.02;

/**
 * A token bucket of `perSecond` requests a second. Kept as one number, the time at which the bucket will be full again
 * after what was promised so far, so that callers who wait at the same time each get a moment of their own.
 */
export function tokenBucket(perSecond: number, now: () => number, sleep: (ms: number) => Promise<void>): Pace {
  if (!(perSecond > 0)) throw new RangeError(`a rate limit must be above 0 requests/s, got ${perSecond}`);
  const interval = 1000 / perSecond;
  const tolerance = Math.max(0, BURST_SECONDS * 1000 - interval);
  let fullAt = -Infinity;
  return async () => {
    const at = now();
    fullAt = Math.max(fullAt, at) + interval;
    const wait = fullAt - interval - tolerance - at;
    if (wait > 0) await sleep(wait);
  };
}
