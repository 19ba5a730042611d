/** A bucket of one second: `take` says whether one more request fits at `now` (milliseconds). */
export function rateLimiter(perSecond: number): { take(now: number): boolean } {
  let left = perSecond;
  let last: number | undefined;
  return {
    take(now) {
      left = Math.min(perSecond, left + ((now - (last ?? now)) / 1000) * perSecond);
      last = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
