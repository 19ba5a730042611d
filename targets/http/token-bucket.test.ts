import { expect, test } from 'vitest';
import { tokenBucket } from './token-bucket.ts';

/** A clock on which sleepers wake in order and no time passes otherwise. */
function simulated(): { now: () => number; sleep: (ms: number) => Promise<void>; run: () => Promise<void> } {
  let time = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: time + ms, wake })),
    async run() {
      for (;;) {
        await new Promise(setImmediate);
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers.shift();
        if (next === undefined) return;
        time = next.at;
        next.wake();
      }
    },
  };
}

test('many callers at once together keep the rate', async () => {
  const clock = simulated();
  const pace = tokenBucket(1000, clock.now, clock.sleep);
  const times: number[] = [];
  for (let i = 0; i < 500; i += 1) void pace().then(() => times.push(clock.now()));
  await clock.run();
  expect(times).toHaveLength(500);
  expect(times.filter((at) => at === 0)).toHaveLength(20);
  expect(times.at(-1)).toBe(480);
});

test('an idle bucket does not save up more than its burst', async () => {
  const clock = simulated();
  const pace = tokenBucket(100, clock.now, clock.sleep);
  void clock.sleep(60_000);
  await clock.run();
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) void pace().then(() => times.push(clock.now() - 60_000));
  await clock.run();
  expect(times).toEqual([0, 0, 10, 20, 30]);
});

test.each([0, -1, NaN])('%d requests a second is refused', (rate) => {
  expect(() => tokenBucket(rate, Date.now, () => Promise.resolve())).toThrow(RangeError);
});
