import { expect, test } from 'vitest';
import type { Reply, Target } from '../../specs/types/wire.ts';
import {
  contextFor,
  embeddedTarget,
  type Outcome,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  stoppedClock,
} from '../../tests/fixtures/embedded-run.ts';
import { createPatience } from './timeouts.ts';

const answer = (ms: number): Reply => ({ kind: 'response', status: 200, headers: {}, body: '{}', ms });
const silence: Reply = { kind: 'failure', reason: 'timeout', detail: 'no answer', ms: 60_000 };

test.each([
  [0, 5, undefined],
  [1, 5, 5_000],
  [1, 400, 20_000],
  [2, 5, 5_000],
  [3, 5, 1_000],
  [3, 400, 8_000],
  [11, 5, 1_000],
  [12, 5, 250],
  [12, 400, 1_600],
])('after %i silences, the slowest answer %i ms, no longer than %s ms is waited for', (silences, ms, limit) => {
  const patience = createPatience();
  patience.note('ListRecords', answer(ms));
  patience.note('ListRecords', answer(1));
  for (let count = 0; count < silences; count += 1) patience.note('UpdateRecords', silence);
  expect(patience.limit('UpdateRecords')).toBe(limit);
  expect(patience.limit('ListRecords')).toBeUndefined();
});

const minute = 60_000;

/** The embedded endpoint, which leaves out every answer of this status. Waiting for it moves the clock. */
async function withoutAnswers(status: number): Promise<Outcome & { readonly waitedMs: number }> {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock);
  let waitedMs = 0;
  const target: Target = {
    ...inner,
    async send(request, signal, limitMs = minute) {
      const reply = await inner.send(request, signal);
      if (reply.kind === 'failure' || reply.status !== status) return reply;
      waitedMs += limitMs;
      await clock.sleep(limitMs);
      return { kind: 'failure', reason: 'timeout', detail: 'no answer', ms: limitMs };
    },
  };
  const options = smokeOptions({ runs: 120, concurrency: 1 });
  return { ...(await runToEnd(shortCatalogue, options, contextFor(target, clock))), waitedMs };
}

test('a target that answers no conflict is judged to the end in reasonable time, and its fault is told shortly', async () => {
  const { findings, finished, waitedMs } = await withoutAnswers(409);
  expect(finished).toMatchObject({ stopped: 'complete', error: null });
  const finding = findings.find(({ requirement }) => requirement === 'wire/no-server-error');
  expect(finding?.reproduced).toEqual({ attempts: 5, failures: 5 });
  expect(finding?.steps.length).toBeLessThanOrEqual(4);
  expect(waitedMs).toBeGreaterThan(minute);
  expect(waitedMs).toBeLessThan(3 * minute);
});
