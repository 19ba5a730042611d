import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { HttpRequest, Reply, Target } from '../../specs/types/wire.ts';
import {
  contextFor,
  embeddedTarget,
  type Outcome,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  stoppedClock,
} from '../../tests/fixtures/embedded-run.ts';

const closed: Reply = { kind: 'failure', reason: 'closed', detail: 'other side closed', ms: 1 };
const busy: Reply = { kind: 'response', status: 503, headers: {}, body: '', ms: 1 };

/** A target at the other end of a line that keeps to the limit it is given; `bears` says whether it takes a call beside so many. */
function atTheEndOfALine(target: Target, bears: (others: number, request: HttpRequest) => Reply | null): Target {
  let most = Infinity;
  let inAir = 0;
  const waiting: (() => void)[] = [];
  const isFull = (): boolean => inAir >= most;
  return {
    ...target,
    limit(wanted) {
      most = wanted;
      for (const go of waiting.splice(0)) go();
    },
    async send(request, signal) {
      while (isFull())
        await new Promise<void>((go) => {
          waiting.push(go);
        });
      const refused = bears(inAir, request);
      inAir += 1;
      // Calls take a while, so that they meet.
      for (let turns = 0; turns < 3; turns += 1) await turn();
      const reply = refused ?? (await target.send(request, signal));
      inAir -= 1;
      waiting.shift()?.();
      return reply;
    },
  };
}

async function judged(
  bears: (others: number, request: HttpRequest) => Reply | null,
  options: Parameters<typeof smokeOptions>[0] = {},
): Promise<Outcome> {
  const clock = stoppedClock();
  const target = atTheEndOfALine(embeddedTarget(clock), bears);
  return runToEnd(shortCatalogue, smokeOptions({ runs: 60, concurrency: 8, ...options }), contextFor(target, clock));
}

const notes = ({ events }: Outcome): readonly string[] =>
  events.flatMap((event) => (event.kind === 'note' ? [event.text] : []));

describe.each([
  ['hangs up on', closed],
  ['answers 503 to', busy],
])('a target that %s calls beyond a number', (_, refusal) => {
  test.each([
    [6, 4],
    [2, 2],
  ])('of %i is asked by fewer at a time, and not blamed', async (bearable, most) => {
    const outcome = await judged((others) => (others < bearable ? null : refusal));
    expect(outcome.findings).toEqual([]);
    expect(notes(outcome)).toEqual([expect.stringContaining(`at most ${most} calls in flight`)]);
    expect(outcome.finished.requirements.filter(({ status }) => status === 'flaky')).toEqual([]);
    expect(outcome.finished.requirements.find(({ id }) => id === 'concurrency/one-order')?.status).toBe('pass');
  });

  test('of one is not said to bear calls at the same time', async () => {
    const outcome = await judged((others) => (others < 1 ? null : refusal));
    expect(outcome.findings).toEqual([]);
    expect(notes(outcome)).toEqual([expect.stringContaining('made one call at a time')]);
    expect(outcome.finished.requirements.find(({ id }) => id === 'concurrency/one-order')).toMatchObject({
      status: 'indeterminate',
      reason: 'the server rejected concurrent calls, so calls were made one at a time',
    });
  });
});

test('a target that bears few calls, and loses one now and then all the same, is not blamed for what does not show again', async () => {
  let lost = 0;
  const outcome = await judged((others, { method }) => {
    if (others >= 4) return closed;
    return method === 'DELETE' && (lost += 1) < 60 && lost % 3 > 0 ? closed : null;
  });
  expect(outcome.findings).toEqual([]);
});

test('a target that counts a call for a moment after its answer is asked again, and not blamed', async () => {
  let last = 0;
  const outcome = await judged((others) => {
    // At times the call before is still counted.
    const counted = (last += 1) % 211 === 0 ? 1 : 0;
    return others + counted < 1 ? null : closed;
  });
  expect(outcome.findings).toEqual([]);
});

test('of a target that hangs up when there is no more time to ask it again nothing is said', async () => {
  let calls = 0;
  const outcome = await judged(() => ((calls += 1) < 396 || calls > 404 ? null : closed), { maxRequests: 400 });
  expect(outcome.finished.stopped).toBe('budget');
  expect(notes(outcome)).toEqual([]);
});

test('a target that hangs up on some calls whoever else is there is found, and asked by as many as before', async () => {
  const outcome = await judged((_, { method }) => (method === 'DELETE' ? closed : null));
  expect(outcome.findings.map(({ requirement, reproduced }) => [requirement, reproduced])).toContainEqual([
    'wire/no-server-error',
    { attempts: 5, failures: 5 },
  ]);
  expect(notes(outcome)).toEqual([]);
});

test('a play that lost a write at the end of a used connection is played again, and nobody is blamed', async () => {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock);
  let writes = 0;
  const stale: Reply = { kind: 'failure', reason: 'closed', detail: 'other side closed', ms: 1, stale: true };
  const target: Target = {
    ...inner,
    async send(request, signal) {
      const reply = await inner.send(request, signal);
      if (request.method !== 'POST') return reply;
      writes += 1;
      return writes % 40 === 0 ? stale : reply;
    },
    staleConnections: () => Math.floor(writes / 40),
  };
  const outcome = await runToEnd(shortCatalogue, smokeOptions({ runs: 60 }), contextFor(target, clock));
  const { findings, finished } = outcome;
  expect(writes).toBeGreaterThan(80);
  expect(findings).toEqual([]);
  expect(finished.stopped).toBe('complete');
  const said = notes(outcome).join(' ');
  expect(said).toContain('closed connections that had been used before');
  expect(said).not.toContain('rejected');
});
