import { describe, expect, test } from 'vitest';
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
import type { RunEvent } from '../interface/events.ts';
import { run } from '../run/run.ts';

const failure = (reason: 'unreachable' | 'closed' | 'timeout'): Reply => ({
  kind: 'failure',
  reason,
  detail: 'the detail',
  ms: 1,
});

/** The embedded endpoint, which dies of the update that holds `deadly` and is away for so many requests. */
async function dyingOf(deadly: string, away: number, fault?: string): Promise<Outcome> {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock, {}, fault);
  let left = 0;
  let dead = false;
  const target: Target = {
    ...inner,
    send: (request, signal) => {
      if (left > 0) return Promise.resolve(failure('unreachable')).finally(() => (left -= 1));
      if (dead || request.body?.includes(deadly) !== true) return inner.send(request, signal);
      dead = true;
      left = away;
      return Promise.resolve(failure('closed'));
    },
  };
  return runToEnd(shortCatalogue, smokeOptions({ concurrency: 1 }), contextFor(target, clock));
}

test('a target that dies ends the run, which names the call and blames nobody else', async () => {
  const { findings, finished } = await dyingOf('"REPLACE"', Infinity);
  expect(finished).toMatchObject({
    stopped: 'unreachable',
    error: expect.stringMatching(
      /stopped answering after \d+ requests \(the detail\)\. It went during this call: UpdateRecords \{"RecordPatches":.*"REPLACE".*\.$/,
    ) as string,
    hint: { code: 'run-again', seed: 1, oneAtATime: false },
  });
  expect(findings).toEqual([]);
  expect(finished.requirements.filter(({ status }) => status === 'pass')).toEqual([]);
  expect(finished.requirements.filter(({ status }) => status === 'indeterminate')).not.toEqual([]);
});

test('what was seen before it died is reported, as not run again', async () => {
  const { findings, finished } = await dyingOf('"REPLACE"', Infinity, 'last-write-wins');
  expect(finished.stopped).toBe('unreachable');
  expect(findings.find(({ requirement }) => requirement === 'conflict/stale-refused')?.reproduced).toEqual({
    attempts: 0,
    failures: 0,
  });
});

test('one that is restarted meanwhile is waited for, and judged to the end', async () => {
  const { findings, finished } = await dyingOf('"REPLACE"', 3);
  expect(finished).toMatchObject({ stopped: 'complete', error: null });
  // The call that killed it did so once.
  expect(findings.filter(({ reproduced }) => reproduced.failures > 0)).toEqual([]);
});

/** A target with a fault, which answers so many requests of the shrinking and then none. */
async function dyingLate(reason: 'unreachable' | 'closed' | 'timeout', more: number): Promise<Outcome> {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock, {}, 'last-write-wins');
  let left = Infinity;
  const target: Target = {
    ...inner,
    send: (request, signal) => {
      left -= 1;
      return left < 0 ? Promise.resolve(failure(reason)) : inner.send(request, signal);
    },
  };
  const events: RunEvent[] = [];
  for await (const event of run(shortCatalogue, smokeOptions({ concurrency: 1 }), contextFor(target, clock))) {
    events.push(event);
    if (event.kind === 'phase' && event.phase === 'shrink') left = more;
  }
  const finished = events.at(-1);
  if (finished?.kind !== 'run-finished') throw new Error('the run did not say that it finished');
  return { events, findings: events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : [])), finished };
}

describe.each(['unreachable', 'closed', 'timeout'] as const)('a target that is gone (%s)', (reason) => {
  test.each([0, 1, 7, 20])('while findings are made, %i requests on, ends the run', async (more) => {
    const { findings, finished } = await dyingLate(reason, more);
    expect(finished).toMatchObject({
      stopped: 'unreachable',
      error: expect.stringContaining('stopped answering') as string,
    });
    expect(findings.map(({ requirement }) => requirement)).toContain('conflict/stale-refused');
    // None is said to have failed now and then because of it.
    expect(findings.filter(({ reproduced: { attempts, failures } }) => failures < attempts)).toEqual([]);
    expect(findings.filter(({ reproduced }) => reproduced.attempts === 0)).not.toEqual([]);
    expect(finished.requirements.filter(({ status }) => status === 'flaky')).toEqual([]);
  });
});
