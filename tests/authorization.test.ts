import { describe, expect, test } from 'vitest';
import type { Status } from '../engine/interface/events.ts';
import type { Plan } from '../engine/interface/plan.ts';
import { openReplays } from '../engine/run/replay.ts';
import { contract } from '../specs/contract.ts';
import type { HttpRequest, Reply, Target } from '../specs/types/wire.ts';
import { catalogue } from '../suites/catalogue.ts';
import type { EndpointOptions } from '../targets/reference/core/options.ts';
import { verifyingOptions } from '../targets/reference/server/verifying.ts';
import {
  contextFor,
  embeddedTarget,
  keys,
  type Outcome,
  runToEnd,
  signing,
  smokeOptions,
  spy,
  stoppedClock,
} from './fixtures/embedded-run.ts';

const plan: Plan = { ...catalogue, suites: catalogue.suites.filter(({ id }) => id === 'authorization') };
const verifying = verifyingOptions('us-east-1', keys);

interface Setting {
  readonly options?: Partial<EndpointOptions>;
  readonly fault?: string;
  readonly signed?: boolean;
  /** How far the clock of the run is ahead of the target's. */
  readonly aheadMs?: number;
  readonly instead?: (request: HttpRequest, reply: Reply) => Reply;
}

/** A target, and what a run of the suite needs to judge it. */
function opened({ options = verifying, fault, signed = true, aheadMs, instead = (_, reply) => reply }: Setting) {
  const clock = stoppedClock();
  const plain = embeddedTarget(clock, options, fault);
  const changed: Target = { ...plain, send: async (request) => instead(request, await plain.send(request)) };
  return spy(signed ? signing(changed, clock, aheadMs) : changed);
}

async function judged(setting: Setting): Promise<Outcome> {
  return runToEnd(plan, smokeOptions({ runs: 10, requirements: ids }), contextFor(opened(setting), stoppedClock()));
}

const ids = contract.requirements.filter(({ group }) => group === 'authorization').map(({ id }) => id);

function statuses({ finished }: Outcome): readonly Status[] {
  return finished.requirements.filter(({ id }) => ids.includes(id)).map(({ status }) => status);
}

function reasons({ finished }: Outcome): ReadonlySet<string | undefined> {
  return new Set(finished.requirements.filter(({ id }) => ids.includes(id)).map(({ reason }) => reason));
}

/** Answers a refusal of the signature in another way. */
const refusing =
  (status: number, type: string) =>
  (_: HttpRequest, reply: Reply): Reply =>
    reply.kind === 'response' && reply.status === 403
      ? { ...reply, status, headers: { ...reply.headers, 'x-amzn-errortype': type } }
      : reply;

test('a target that verifies signatures passes the whole group', async () => {
  const run = await judged({});
  expect(run.findings).toEqual([]);
  expect(statuses(run)).toEqual(ids.map(() => 'pass'));
});

test.each([-4, 4])('clocks that are %i minutes apart give no false alarm', async (minutes) => {
  const run = await judged({ aheadMs: minutes * 60_000 });
  expect(run.findings).toEqual([]);
  expect(statuses(run)).toEqual(ids.map(() => 'pass'));
});

test.each<Partial<EndpointOptions>>([
  { requireDevice: true },
  { knownPools: [], knownIdentities: [], identityApi: true },
])('so does one that is strict in other things too: %j', async (strict) => {
  const run = await judged({ options: { ...verifying, ...strict } });
  expect(run.findings).toEqual([]);
  expect(statuses(run)).toEqual(ids.map(() => 'pass'));
});

test.each([
  [403, 'SignatureDoesNotMatch'],
  [400, 'InvalidSignatureException:http://internal.amazon.com/coral/com.amazon.coral.service/'],
  [400, 'IncompleteSignature'],
  [401, 'AccessDeniedException'],
  [400, 'UnrecognizedClientException'],
  [403, 'NotAuthorizedException'],
])('a refusal with status %i and type %s is right too', async (status, type) => {
  const run = await judged({ instead: refusing(status, type) });
  expect(run.findings).toEqual([]);
  expect(statuses(run)).toEqual(ids.map(() => 'pass'));
});

test('a refusal of a type that nothing declares breaks the type alone', async () => {
  const run = await judged({ instead: refusing(403, 'Forbidden') });
  expect(run.findings.map(({ requirement }) => requirement)).toEqual(['authorization/refusal-type']);
});

describe('nothing is said against', () => {
  test('a target that serves unsigned requests', async () => {
    const run = await judged({ options: {} });
    expect(run.findings).toEqual([]);
    expect(statuses(run)).toEqual(ids.map(() => 'unsupported'));
    expect(reasons(run)).toEqual(new Set(['a ListRecords without a signature is answered 200']));
  });

  test('a target that finds the service by the signature, and nothing without one', async () => {
    const lost = (request: HttpRequest, reply: Reply): Reply =>
      reply.kind === 'response' && request.headers['authorization'] === undefined
        ? { ...reply, status: 404, headers: { 'x-amzn-errortype': 'UnknownOperationException' }, body: '{}' }
        : reply;
    const run = await judged({ options: {}, instead: lost });
    expect(run.findings).toEqual([]);
    expect(reasons(run)).toEqual(new Set(['a ListRecords without a signature is answered UnknownOperationException']));
  });

  test('a target that refuses a ListRecords however it is signed', async () => {
    const closed = ({ path }: HttpRequest, reply: Reply): Reply =>
      reply.kind === 'response' && path.endsWith('/records')
        ? { ...reply, status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{}' }
        : reply;
    const run = await judged({ options: {}, instead: closed });
    expect(run.findings).toEqual([]);
    expect(reasons(run)).toEqual(new Set(['a signed ListRecords is refused as well']));
  });

  test('a target that is asked without credentials', async () => {
    const run = await judged({ options: {}, signed: false });
    expect(run.findings).toEqual([]);
    expect(statuses(run)).toEqual(ids.map(() => 'unsupported'));
    expect(reasons(run)).toEqual(new Set(['the run signs no request']));
  });
});

test('a server that takes any signature gets one finding, which says what was wrong and shows no secret', async () => {
  const run = await judged({ fault: 'any-secret' });
  expect(run.findings).toHaveLength(1);
  const [finding] = run.findings;
  expect(finding).toMatchObject({
    requirement: 'authorization/wrong-secret-refused',
    alsoBreaks: ['authorization/altered-body-refused'],
    steps: [{ request: { signature: 'wrong-secret' } }],
  });
  expect(JSON.stringify(run.events)).not.toMatch(/AWS4-HMAC-SHA256|"authorization":|AKIDEXAMPLE|not-the-secret/);
});

test('its finding replays as FAILED there, as FIXED where it is mended, and not where nothing is verified', async () => {
  const { findings } = await judged({ fault: 'any-secret' });
  const replayed = async (setting: Setting): Promise<string> => {
    const replays = await openReplays(plan, smokeOptions(), contextFor(opened(setting), stoppedClock()));
    const { verdict, text } = await replays.replay(findings[0]!, 2);
    return `${verdict}: ${text}`;
  };
  expect(await replayed({ fault: 'any-secret' })).toMatch(/^FAILED: the same failure/);
  expect(await replayed({})).toMatch(/^FIXED/);
  expect(await replayed({ options: {} })).toBe(
    'ERROR: the finding is about signatures, and a ListRecords without a signature is answered 200',
  );
});
