import { expect, test } from 'vitest';
import { adaptivePace } from './adaptive-pace.ts';

/** A server that takes so many requests a second, with as many in reserve, asked for so many seconds. */
async function asked(perSecond: number, seconds: number): Promise<{ answered: number; throttled: number }> {
  let time = 0;
  const pace = adaptivePace(
    () => time,
    (ms) => {
      time += ms;
      return Promise.resolve();
    },
  );
  const count = { answered: 0, throttled: 0 };
  let left = perSecond;
  let filledAt = 0;
  while (time < seconds * 1000) {
    await pace.wait();
    time += 1;
    left = Math.min(perSecond, left + ((time - filledAt) / 1000) * perSecond);
    filledAt = time;
    if (left < 1) {
      count.throttled += 1;
      pace.throttled();
    } else {
      left -= 1;
      count.answered += 1;
      pace.answered();
    }
  }
  return count;
}

test('a server that never throttles is asked at full speed', async () => {
  expect(await asked(5000, 10)).toEqual({ answered: 10_000, throttled: 0 });
});

test.each([5, 70, 300])('a server of %i requests a second is used well and seldom pressed', async (perSecond) => {
  const { answered, throttled } = await asked(perSecond, 60);
  expect(answered / 60).toBeGreaterThan(perSecond * 0.75);
  // The first seconds, in which the pace is found, included.
  expect(throttled / answered).toBeLessThan(perSecond < 10 ? 2 : 0.3);
});

test.each([50, 25])(
  'a server that throttles one request in %i whatever the pace is not asked more slowly',
  async (one) => {
    let time = 0;
    const sleep = (ms: number): Promise<void> => {
      time += ms;
      return Promise.resolve();
    };
    const pace = adaptivePace(() => time, sleep);
    for (let number = 1; number <= 5_000; number += 1) {
      await pace.wait();
      time += 2;
      if (number % one === 0) pace.throttled();
      else pace.answered();
    }
    expect(time).toBe(10_000);
  },
);
