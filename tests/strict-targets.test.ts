import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../engine/interface/options.ts';
import { readAnswer } from '../specs/types/answer.ts';
import { bind } from '../specs/bind.ts';
import { contract } from '../specs/contract.ts';
import type { HttpRequest, Operation, Reply, Target } from '../specs/types/wire.ts';
import type { EndpointOptions } from '../targets/reference/core/options.ts';
import {
  contextFor,
  embeddedTarget,
  type KeptLedger,
  type Outcome,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  type Spied,
  spy,
  stoppedClock,
} from './fixtures/embedded-run.ts';

const pool = 'us-east-1:00000000-0000-4000-8000-000000000001';
const [one, two] = ['us-east-1:00000000-0000-4000-8000-00000000000a', 'us-east-1:00000000-0000-4000-8000-00000000000b'];

interface Judged extends Outcome {
  readonly target: Spied;
  readonly ledger: KeptLedger;
}

async function judged(endpoint: Partial<EndpointOptions>, options: Partial<RunOptions> = {}): Promise<Judged> {
  const clock = stoppedClock();
  const target = spy(embeddedTarget(clock, endpoint));
  const ledger: KeptLedger = { planned: [], deleted: [] };
  const outcome = await runToEnd(
    shortCatalogue,
    smokeOptions({ runs: 130, ...options }),
    contextFor(target, clock, ledger),
  );
  return { ...outcome, target, ledger };
}

const idsOf = ({ finished }: Judged, status: string): readonly string[] =>
  finished.requirements.filter((requirement) => requirement.status === status).map(({ id }) => id);

function messageOf(reply: Reply): string {
  const answer = readAnswer(reply);
  return answer.kind === 'failure' ? (answer.message ?? '') : '';
}

/** How many datasets each identity holds. */
function datasetsOf({ target }: Judged, identityIds: readonly string[]): Promise<readonly unknown[]> {
  const count = async (IdentityId: string): Promise<unknown> => {
    const answer = readAnswer(await target.send(bind('ListDatasets', { IdentityPoolId: pool, IdentityId })));
    return answer.kind === 'success' ? answer.output['Count'] : answer;
  };
  return Promise.all(identityIds.map(count));
}

/** Nothing said against it, nothing left there, and nothing silently left out. */
function expectClean(run: Judged): void {
  expect(run.findings).toEqual([]);
  expect(run.finished).toMatchObject({ stopped: 'complete', error: null });
  expect([idsOf(run, 'fail'), idsOf(run, 'not-exercised')]).toEqual([[], []]);
}

describe('a target that serves only identities which exist', () => {
  test.each([[[one]], [[one, two]]])('is judged on those it is given: %j', async (identityIds) => {
    const run = await judged(
      { knownPools: [pool], knownIdentities: identityIds },
      { identityPoolId: pool, identityIds, concurrency: 16 },
    );
    expectClean(run);
    expect(await datasetsOf(run, identityIds)).toEqual(identityIds.map(() => 0));
    expect(idsOf(run, 'unsupported')).toContain('dataset/pools-apart');
    expect(idsOf(run, 'unsupported').includes('dataset/identities-apart')).toBe(identityIds.length === 1);
    const reasons = run.finished.requirements.filter(({ status }) => status === 'unsupported');
    expect(reasons.filter(({ reason }) => reason === undefined)).toEqual([]);
  });

  test('and deletes no datasets is not blamed once they are full', async () => {
    const all = Object.keys(contract.operations) as readonly Operation[];
    const operations = all.filter((operation) => operation !== 'DeleteDataset');
    const run = await judged(
      { knownPools: [pool], knownIdentities: [one, two], operations },
      { identityPoolId: pool, identityIds: [one, two] },
    );
    expect(run.findings).toEqual([]);
    expect(await datasetsOf(run, [one])).toEqual([20]);
  });

  test('is judged on pools that its Cognito Identity API makes, which are deleted at the end', async () => {
    const run = await judged({ knownPools: [], knownIdentities: [], identityApi: true });
    expectClean(run);
    expect(idsOf(run, 'pass')).toEqual(expect.arrayContaining(['dataset/pools-apart', 'dataset/identities-apart']));
    const made = run.ledger.planned.filter((entry) => 'identityPoolName' in entry);
    const withId = made.filter((entry) => entry.identityPoolId !== null);
    expect(withId.length).toBeGreaterThan(2);
    expect(new Set(run.ledger.deleted.filter((entry) => 'identityPoolName' in entry))).toEqual(new Set(withId));
    expect(run.target.requests.slice(-2)).toEqual(['POST /', 'POST /']);
  });

  test('is judged on settings, devices and usage in pools that plays get made for themselves', async () => {
    const run = await judged({ knownPools: [], knownIdentities: [], identityApi: true });
    // Only where any identity is served can one be named that was never made.
    expect(idsOf(run, 'unsupported').filter((id) => !id.startsWith('authorization/'))).toEqual([
      'dataset/empty-list',
      'consistency/id-upper-case',
    ]);
    expect(run.target.requests.some((request) => request.endsWith('/configuration'))).toBe(true);
  });

  test('is judged on what it makes also where it calls unknown pools and identities invalid', async () => {
    const clock = stoppedClock();
    const inner = embeddedTarget(clock, { knownPools: [], knownIdentities: [], identityApi: true });
    const target: Target = {
      ...inner,
      async send(request) {
        const reply = await inner.send(request);
        const type = reply.kind === 'response' ? reply.headers['x-amzn-errortype'] : undefined;
        const stranger = /^(?:IdentityPool '|These credentials)/.test(messageOf(reply));
        if (reply.kind !== 'response' || type === undefined || !stranger) return reply;
        return {
          ...reply,
          status: 400,
          headers: { ...reply.headers, 'x-amzn-errortype': 'InvalidParameterException' },
        };
      },
    };
    const context = contextFor(target, clock);
    const { findings, finished } = await runToEnd(shortCatalogue, smokeOptions({ runs: 20 }), context);
    expect(findings).toEqual([]);
    expect(finished).toMatchObject({ stopped: 'complete', error: null });
  });

  test('and makes none is not judged, and the sentence says what to name', async () => {
    const { finished } = await judged({ knownPools: [] });
    expect(finished).toMatchObject({
      stopped: 'unreachable',
      error: expect.stringContaining('CreateIdentityPool answered') as string,
      hint: { code: 'name-identities' },
    });
  });
});

describe('a target whose updates need a device', () => {
  test('gets one registered for every identity', async () => {
    const run = await judged({ requireDevice: true });
    expectClean(run);
    expect(run.finished.stopped).toBe('complete');
    expect(idsOf(run, 'unsupported').filter((id) => !id.startsWith('authorization/'))).toEqual([]);
  });

  test('in a given pool gets one of each given identity', async () => {
    const known = { knownPools: [pool], knownIdentities: [one, two], requireDevice: true };
    const run = await judged(known, { identityPoolId: pool, identityIds: [one, two] });
    expectClean(run);
    // One to find out, and the same again for each identity.
    expect(run.target.requests.filter((request) => /\/identity\/[^/]+\/device$/.test(request))).toHaveLength(3);
  });

  test('but registers none is not judged unless a device is named', async () => {
    const { finished } = await judged({ requireDevice: true, operations: ['UpdateRecords', 'ListRecords'] });
    expect(finished).toMatchObject({ stopped: 'unreachable', hint: { code: 'name-device' } });
  });
});

describe('a target that registers devices only where push is configured', () => {
  test('gets push settings in the pools of the run', async () => {
    const run = await judged({ requirePush: true });
    expectClean(run);
    // Its calls are not signed.
    expect(idsOf(run, 'unsupported').filter((id) => !id.startsWith('authorization/'))).toEqual([]);
    expect(idsOf(run, 'pass')).toEqual(expect.arrayContaining(['device/registered', 'device/subscribes']));
  });

  test('and takes no push settings has no devices to judge, and the report says why', async () => {
    const all = Object.keys(contract.operations) as readonly Operation[];
    const operations = all.filter((operation) => operation !== 'SetIdentityPoolConfiguration');
    const run = await judged({ requirePush: true, operations });
    expectClean(run);
    const device = run.finished.requirements.find(({ id }) => id === 'device/registered');
    expect(device?.status).toBe('unsupported');
    expect(device?.reason).toMatch(
      /RegisterDevice: answered 400 InvalidConfigurationException, also after SetIdentityPoolConfiguration .* UnknownOperation/,
    );
  });
});

test.each([
  ['InvalidParameterException', 'RoleArn', 'SetIdentityPoolConfiguration', 'bulk-publish/starts'],
  ['InvalidConfigurationException', 'StreamName', 'SetIdentityPoolConfiguration', 'configuration/set-then-get'],
  ['ResourceNotFoundException', 'arn:aws:lambda', 'SetCognitoEvents', 'events/set-then-get'],
])('a target that answers %s to made-up settings (%s) has no %s to judge', async (type, text, operation, id) => {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock);
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
  const refusal = { kind: 'response', status: 400, headers, body: '{"message":"unknown ARN"}', ms: 1 } as const;
  const target: Target = {
    ...inner,
    send: (request) => (request.body?.includes(text) === true ? Promise.resolve(refusal) : inner.send(request)),
  };
  const { findings, finished } = await runToEnd(shortCatalogue, smokeOptions({ runs: 130 }), contextFor(target, clock));
  expect(findings).toEqual([]);
  expect(finished.requirements.filter(({ status }) => status === 'not-exercised')).toEqual([]);
  expect(finished.requirements.find((judgement) => judgement.id === id)).toMatchObject({
    status: 'unsupported',
    reason: expect.stringContaining(`${operation}: answered 400 ${type} to made-up ARNs`) as string,
  });
});

test('a target of two operations is judged on these, and the rest is unsupported', async () => {
  const run = await judged({ operations: ['UpdateRecords', 'ListRecords'] });
  expectClean(run);
  const groups = ['sync-count', 'conflict', 'record', 'list-records'];
  const apart = run.finished.requirements.filter(({ group, status }) => groups.includes(group) && status !== 'pass');
  expect(apart.filter(({ status }) => status !== 'skipped')).toEqual([]);
  expect(idsOf(run, 'unsupported')).toEqual(
    expect.arrayContaining(['usage/pool-usage-agrees', 'consistency/num-records']),
  );
});

const http = (status: number, type?: string): Reply => ({
  kind: 'response',
  status,
  headers: type === undefined ? {} : { 'x-amzn-errortype': type },
  body: type === undefined ? '<p>Nothing here</p>' : '{"message":"none"}',
  ms: 1,
});

test.each<[string, Reply]>([
  ['an error page', http(404)],
  ['a denial', http(403, 'AccessDeniedException:')],
  ['a server error', http(500, 'InternalFailure')],
  ['a closed connection', { kind: 'failure', reason: 'closed', detail: 'other side closed', ms: 1 }],
])('what it does not implement may be answered by %s', async (_how, otherwise) => {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock);
  const known = /^\/identitypools\/[^/]+\/identities\/[^/]+\/datasets\/[^/]+(?:\/records)?(?:\?.*)?$/;
  const implemented = ({ method, path }: HttpRequest): boolean =>
    known.test(path) && method === (/\/records(?:\?|$)/.test(path) ? 'GET' : 'POST');
  const target: Target = {
    ...inner,
    send: (request) => (implemented(request) ? inner.send(request) : Promise.resolve(otherwise)),
  };
  const { findings, finished } = await runToEnd(shortCatalogue, smokeOptions({ runs: 20 }), contextFor(target, clock));
  expect(findings.map(({ requirement }) => requirement).filter((id) => id !== 'wire/unknown-route-refused')).toEqual(
    [],
  );
  const usage = finished.requirements.find(({ id }) => id === 'dataset/describe-agrees');
  expect(usage).toMatchObject({
    status: 'unsupported',
    reason: expect.stringContaining('DescribeDataset: answered') as string,
  });
});
