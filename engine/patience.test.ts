import { expect, test } from 'vitest';
import type { Reply, Target } from '../specs/wire.ts';
import {
  contextFor,
  embeddedTarget,
  type Outcome,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  stoppedClock,
} from '../tests/fixtures/embedded-run.ts';
import { createPatience } from './patience.ts';

const answer = (ms: number): Reply => ({ kind: 'response', status: 200, headers: {}, body: '{}', ms });
const silence: Reply = { kind: 'failure', reason: 'timeout', detail: 'no answer', ms: 60_000 };

test.each([
  ['three silences in a row', [silence, silence, silence]],
  ['five in all', [silence, silence, answer(1), silence, silence, answer(1), silence]],
])('after %s of an operation its calls are given up sooner', (_, replies) => {
  const patience = createPatience();
  for (const [index, reply] of replies.entries()) {
    expect([index, patience.limit('UpdateRecords')]).toEqual([index, undefined]);
    patience.note('UpdateRecords', reply);
  }
  expect(patience.limit('UpdateRecords')).toBe(1_000);
  expect(patience.limit('ListRecords')).toBeUndefined();
});

test('but not before a slow target can have answered', () => {
  const patience = createPatience();
  for (const reply of [answer(400), silence, silence, silence]) patience.note('UpdateRecords', reply);
  expect(patience.limit('UpdateRecords')).toBe(8_000);
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
  expect(waitedMs).toBeGreaterThan(3 * minute);
  expect(waitedMs).toBeLessThan(10 * minute);
});
