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

const failure = (reason: 'unreachable' | 'closed'): Reply => ({ kind: 'failure', reason, detail: 'the detail', ms: 1 });

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
      /stopped answering after \d+ requests \(the detail\)\. It went during this call: UpdateRecords \{"RecordPatches":.*"REPLACE".* run again with --seed 1\.$/,
    ) as string,
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
