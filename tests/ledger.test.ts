import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { imbalances } from '../engine/findings/ledger.ts';
import type { RunOptions } from '../engine/interface/options.ts';
import type { Reply, Target } from '../specs/types/wire.ts';
import { mutants } from '../targets/mutants/catalogue.ts';
import { mutantTarget } from '../targets/mutants/mutant-target.ts';
import {
  type Outcome,
  contextFor,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  stoppedClock,
} from './fixtures/embedded-run.ts';

/** The commit that is tested, so that each commit draws other mutants, and the same commit always the same. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'none';
  }
}

const drawnBy = commit();
const order = (id: string, salt: string): string =>
  createHash('sha256').update(`${drawnBy} ${salt} ${id}`).digest('hex');
const drawn = (many: number, salt: string): readonly string[] =>
  mutants
    .filter(({ deep, options }) => deep !== true && options === undefined)
    .map(({ id }) => id)
    .toSorted((a, b) => (order(a, salt) < order(b, salt) ? -1 : 1))
    .slice(0, many);

async function judged(
  target: Target,
  now: ReturnType<typeof stoppedClock>,
  given: Partial<RunOptions> = {},
): Promise<Outcome> {
  return runToEnd(shortCatalogue, smokeOptions({ runs: 12, ...given }), contextFor(target, now));
}

function mutantsAtOnce(ids: readonly string[]): {
  readonly target: Target;
  readonly clock: ReturnType<typeof stoppedClock>;
} {
  const clock = stoppedClock();
  const inner = mutantTarget(ids, { now: clock.now });
  return {
    clock,
    target: {
      ...inner,
      async send(request, signal) {
        await clock.sleep(1);
        return inner.send(request, signal);
      },
    },
  };
}

/**
 * What is not accounted for: by the sums of the ledger, and by the failures that each sequence told when it was over, which are counted
 * on a way of their own.
 */
function lost({ events, finished: { ledger, requirements } }: Outcome): readonly string[] {
  const seen = new Set(
    events.flatMap((event) =>
      event.kind === 'sequence-finished' ? event.failures.map((key) => key.split('|')[0] ?? '') : [],
    ),
  );
  const passed = requirements.filter(({ id, status }) => status === 'pass' && seen.has(id));
  return [
    ...(ledger === undefined ? ['there is no ledger'] : imbalances(ledger, requirements)),
    ...passed.map(({ id }) => `${id} failed in a sequence and passed`),
  ];
}

const json = (status: number, body: string, type?: string): Reply => ({
  kind: 'response',
  status,
  headers: { 'content-type': 'application/json', ...(type === undefined ? {} : { 'x-amzn-errortype': type }) },
  body,
  ms: 1,
});

const pair = (at: number): readonly string[] => drawn(2, `pair ${at}`);
const ten = (at: number): readonly string[] => drawn(10, `ten ${at}`);

describe('every violated check is accounted for, and none of its requirements passes', () => {
  test.each(drawn(5, 'single'))(
    'with one fault: %s',
    async (id) => {
      const { target, clock } = mutantsAtOnce([id]);
      expect(lost(await judged(target, clock))).toEqual([]);
    },
    60_000,
  );

  test.each([0, 1, 2].map(pair))(
    'with two faults: %s and %s',
    async (...ids) => {
      const { target, clock } = mutantsAtOnce(ids);
      expect(lost(await judged(target, clock))).toEqual([]);
    },
    60_000,
  );

  test('with ten faults at once', async () => {
    const { target, clock } = mutantsAtOnce(ten(0));
    const outcome = await judged(target, clock);
    expect(lost(outcome)).toEqual([]);
    expect(outcome.finished.ledger?.violations).toBeGreaterThan(0);
  }, 120_000);

  test.each([
    ['answers {} to everything', json(200, '{}')],
    ['refuses everything', json(400, '{"message":"no"}', 'InvalidParameterException')],
    ['ends everything in a server error', json(500, '{"message":"no"}', 'InternalErrorException')],
  ])(
    'of a server that, after a while, %s',
    async (_, reply) => {
      const { target, clock } = mutantsAtOnce([]);
      let calls = 0;
      const failing: Target = {
        ...target,
        send: (request, signal) => ((calls += 1) > 400 ? Promise.resolve(reply) : target.send(request, signal)),
      };
      expect(lost(await judged(failing, clock))).toEqual([]);
    },
    60_000,
  );

  test('of a server that refuses nothing', async () => {
    const { target, clock } = mutantsAtOnce([]);
    const lenient: Target = {
      ...target,
      async send(request, signal) {
        const reply = await target.send(request, signal);
        return reply.kind === 'response' && reply.status >= 400 ? json(200, '{}') : reply;
      },
    };
    expect(lost(await judged(lenient, clock))).toEqual([]);
  }, 60_000);
});

test('a requirement that is violated fails when it is judged alone, whatever the cause', async () => {
  const { target, clock } = mutantsAtOnce(['only-first-patch-checked']);
  const options = { runs: 60, requirements: ['conflict/one-stale-refuses-batch'] };
  const { finished } = await judged(target, clock, options);
  const result = finished.requirements.find(({ id }) => id === 'conflict/one-stale-refuses-batch');
  expect(result?.status).toBe('fail');
}, 60_000);
