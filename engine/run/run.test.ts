import { describe, expect, test } from 'vitest';
import type { Reply, Target } from '../../specs/types/wire.ts';
import {
  contextFor,
  deafTarget,
  embeddedTarget,
  type KeptLedger,
  type Outcome,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  spy,
  stoppedClock,
} from '../../tests/fixtures/embedded-run.ts';
import type { RunOptions } from '../interface/options.ts';

async function against(target: Target, options: Partial<RunOptions> = {}): Promise<Outcome> {
  return runToEnd(shortCatalogue, smokeOptions(options), contextFor(target, stoppedClock()));
}

async function withFault(fault: string | undefined, options: Partial<RunOptions> = {}): Promise<Outcome> {
  const clock = stoppedClock();
  return runToEnd(shortCatalogue, smokeOptions(options), contextFor(embeddedTarget(clock, {}, fault), clock));
}

const response = (status: number, type: string, body: string): Reply => ({
  kind: 'response',
  status,
  headers: { 'content-type': type },
  body,
  ms: 1,
});
const failure = (reason: 'unreachable' | 'timeout' | 'closed' | 'too-large' | 'not-http'): Reply => ({
  kind: 'failure',
  reason,
  detail: 'the detail',
  ms: 1,
});

describe('a target about which nothing can be said', () => {
  test.each<[string, Reply, RegExp]>([
    ['is not there', failure('unreachable'), /nothing answers \(the detail\)\. Is the server running/],
    ['hangs', failure('timeout'), /no answer in time \(the detail\)/],
    ['closes', failure('closed'), /closed before the answer was complete/],
    ['never ends', failure('too-large'), /larger than any answer/],
    ['speaks something else', failure('not-http'), /does not speak HTTP/],
    ['is a web site', response(200, 'text/html', '<html>'), /200 \(text\/html\) is not an answer of Cognito Sync/],
    ['is another service', response(200, 'application/json', '{}'), /is not an answer of Cognito Sync/],
    [
      'is broken',
      response(500, 'application/json', '{"message":"oops"}'),
      /500 \(application\/json\) is not an answer/,
    ],
    [
      'refuses the credentials',
      response(403, 'application/json', '{"__type":"UnrecognizedClientException"}'),
      /refuses these credentials/,
    ],
    [
      'knows no such identity',
      response(404, 'application/json', '{"__type":"ResourceNotFoundException"}'),
      /It does not take made-up identities/,
    ],
  ])('that %s ends the run with a sentence', async (_, reply, sentence) => {
    const { events, findings, finished } = await against(deafTarget(reply));
    expect(finished).toMatchObject({ stopped: 'unreachable', error: expect.stringMatching(sentence) as string });
    // The third asks whether the target makes identities.
    expect(finished.traffic.requests).toBeLessThanOrEqual(3);
    expect(finished.requirements.filter(({ status }) => status === 'pass' || status === 'fail')).toEqual([]);
    expect([events[0]?.kind, findings.length]).toEqual(['run-started', 0]);
  });
});

describe('an interrupted run', () => {
  /** Interrupts with the given request. */
  async function interrupted(at: number, fault?: string): Promise<Outcome & { readonly left: readonly string[] }> {
    const clock = stoppedClock();
    const abort = new AbortController();
    const target = spy(embeddedTarget(clock, {}, fault), (count) => {
      if (count === at) abort.abort();
    });
    const ledger: KeptLedger = { planned: [], deleted: [] };
    const context = { ...contextFor(target, clock, ledger), signal: abort.signal };
    return { ...(await runToEnd(shortCatalogue, smokeOptions(), context)), left: [...target.left] };
  }

  test.each([1, 4, 60, 400])('ends as such and leaves nothing behind, whether after %i requests', async (at) => {
    const { finished, left } = await interrupted(at);
    expect(finished.stopped).toBe('interrupted');
    expect(left).toEqual([]);
  });

  test('still tells what it saw', async () => {
    const { events, finished } = await interrupted(400, 'last-write-wins');
    expect(finished.stopped).toBe('interrupted');
    expect(events.filter(({ kind }) => kind === 'sighting')).not.toEqual([]);
  });
});

test('a right server has nothing said against it', async () => {
  const { events, findings, finished } = await withFault(undefined);
  expect(findings).toEqual([]);
  expect(finished).toMatchObject({ stopped: 'complete', error: null });
  expect([events[0]?.kind, events.at(-1)?.kind]).toEqual(['run-started', 'run-finished']);
  expect(finished.requirements.filter(({ violations }) => violations > 0)).toEqual([]);
});

test('a finding holds what a reader needs', async () => {
  const { findings } = await withFault('last-write-wins');
  const finding = findings.find(({ requirement }) => requirement === 'conflict/stale-refused');
  expect(finding).toMatchObject({ level: 'documented', reproduced: { attempts: 5, failures: 5 } });
  expect(finding?.steps.flatMap((step) => step.differences.map((one) => one.requirement))).toContain(
    'conflict/stale-refused',
  );
  expect(finding?.steps.at(-1)?.answer).toMatch(/^200 /);
});

test.each(['last-write-wins', 'since-is-inclusive', 'removed-shows-empty-string'])(
  'the same seed gives the same findings of %s, one call at a time or eight',
  async (fault) => {
    const told = async (concurrency: number, seed: number): Promise<unknown> => {
      const { findings, finished } = await withFault(fault, { concurrency, seed });
      return {
        findings: findings.map(({ requirement, key, sequence }) => ({ requirement, key, sequence })),
        choices: finished.choices,
      };
    };
    const alone = await told(1, 5);
    expect(await told(1, 5)).toEqual(alone);
    expect(await told(8, 5)).toEqual(alone);
  },
);

test('what is not selected is not judged', async () => {
  const { findings, finished } = await withFault('last-write-wins', { requirements: ['record/value-exact'] });
  expect(findings).toEqual([]);
  const judged = finished.requirements.filter(({ status }) => status !== 'skipped');
  expect(judged.map(({ id, status }) => [id, status])).toEqual([['record/value-exact', 'pass']]);
});

test('a budget of requests ends the run early and says so', async () => {
  const { finished } = await withFault(undefined, { maxRequests: 150 });
  expect(finished.stopped).toBe('budget');
  // Plays that had begun are cleaned up.
  expect(finished.traffic.requests).toBeLessThan(200);
});

test('shards share the sequences of a run between them', async () => {
  const played = async (options: Partial<RunOptions>): Promise<number> => {
    const { events } = await withFault(undefined, { runs: 10_000, maxRequests: 1_000_000, ...options });
    return events.filter((event) => event.kind === 'sequence-finished' && event.suite === 'conflict').length;
  };
  const whole = await played({ runs: 60 });
  const [first, second] = [
    await played({ runs: 60, shard: { index: 1, of: 2 } }),
    await played({ runs: 60, shard: { index: 2, of: 2 } }),
  ];
  expect(first + second).toBe(whole);
});

test('a run that may end once a failure was seen goes on for so many sequences', async () => {
  const sequences = async (fault: string | undefined, onceFailed: number): Promise<number> =>
    (await withFault(fault, { onceFailed, runs: 40, concurrency: 1 })).finished.traffic.sequences;
  expect((await sequences('last-write-wins', 10)) - (await sequences('last-write-wins', 3))).toBe(7);
  expect((await sequences(undefined, 10)) - (await sequences('last-write-wins', 10))).toBe(30);
});
