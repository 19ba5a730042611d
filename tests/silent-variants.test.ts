import { expect, test } from 'vitest';
import { isObject, type Output } from '../specs/types/answer.ts';
import type { HttpRequest, Reply, Target } from '../specs/types/wire.ts';
import { catalogue } from '../suites/catalogue.ts';
import { resolveChoices } from '../targets/reference/core/choices.ts';
import { defaultBehaviour } from '../targets/reference/server/default-behaviour.ts';
import {
  type Clock,
  contextFor,
  embeddedTarget,
  endpointTarget,
  type Outcome,
  runToEnd,
  shortCatalogue,
  signing,
  smokeOptions,
  stoppedClock,
} from './fixtures/embedded-run.ts';

/*
 * Conforming targets that differ from the embedded endpoint in what no choice asks for: each changes requests, answers or
 * the clock in a way that nothing forbids. None may be found fault with.
 */

type Variant = (target: Target) => Target;

/** A target whose answers to some requests are changed. */
const answering =
  (change: (body: Output, request: HttpRequest) => Output): Variant =>
  (target) => ({
    ...target,
    send: async (request, signal) => {
      const reply = await target.send(request, signal);
      if (reply.kind !== 'response' || reply.status !== 200 || !reply.body.startsWith('{')) return reply;
      return { ...reply, body: JSON.stringify(change(membersOf(reply.body), request)) };
    },
  });

const invalid: Reply = {
  kind: 'response',
  status: 400,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InvalidParameterException' },
  body: '{"message":"SyncSessionToken not valid for these inputs"}',
  ms: 1,
};

/** The members of a JSON text, if it is one. */
function membersOf(text: string | undefined): Output {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const whole = (date: unknown): unknown => (typeof date === 'number' ? Math.floor(date) : date);
const isListing = ({ method, path }: HttpRequest): boolean => method === 'GET' && /\/records(?:\?|$)/.test(path);
const isUpdate = ({ method, path }: HttpRequest): boolean => method === 'POST' && /\/datasets\/[^/]+$/.test(path);
const isConfiguration = ({ path }: HttpRequest): boolean => path.endsWith('/configuration');

/** Settings that a call leaves out are forgotten: each setting call is made one that clears the other kind. */
const forgetfulSettings: Variant = (target) => ({
  ...target,
  send(request, signal) {
    if (request.method !== 'POST' || !isConfiguration(request)) return target.send(request, signal);
    const body = JSON.stringify({ PushSync: {}, CognitoStreams: {}, ...membersOf(request.body) });
    return target.send({ ...request, body }, signal);
  },
});

/** Every accepted update ends all sessions of its identity and dataset name, in whichever pool they were opened. */
const sessionsWithoutPool: Variant = (target) => {
  const open = new Map<string, Set<string>>();
  const ended = new Set<string>();
  const session = (path: string): string => /\/identities\/([^/]+\/datasets\/[^/?]+)/.exec(path)?.[1] ?? '';
  return {
    ...target,
    async send(request, signal) {
      const presented = isUpdate(request)
        ? membersOf(request.body)['SyncSessionToken']
        : new URL(request.path, 'http://localhost').searchParams.get('syncSessionToken');
      if (typeof presented === 'string' && ended.has(presented)) return invalid;
      const reply = await target.send(request, signal);
      if (reply.kind !== 'response' || reply.status !== 200) return reply;
      const own = session(request.path);
      const tokens = open.get(own) ?? new Set();
      open.set(own, tokens);
      if (isListing(request)) tokens.add(String(membersOf(reply.body)['SyncSessionToken']));
      if (isUpdate(request) || request.method === 'DELETE') {
        for (const token of tokens) ended.add(token);
        tokens.clear();
      }
      return reply;
    },
  };
};

/** The dates of some structures, in whole seconds. */
const coarse = (structures: unknown): unknown =>
  Array.isArray(structures)
    ? structures.filter(isObject).map((one) => ({ ...one, LastModifiedDate: whole(one['LastModifiedDate']) }))
    : structures;

const coarseRecords = answering((body, request) =>
  isListing(request) ? { ...body, Records: coarse(body['Records']) } : body,
);
const coarseDatasets = answering((body) => ({
  ...body,
  ...(Array.isArray(body['Datasets']) ? { Datasets: coarse(body['Datasets']) } : {}),
  ...(isObject(body['Dataset'])
    ? { Dataset: { ...body['Dataset'], LastModifiedDate: whole(body['Dataset']['LastModifiedDate']) } }
    : {}),
}));

async function judged(target: Target, clock: Clock): Promise<Outcome> {
  return runToEnd(shortCatalogue, smokeOptions({ runs: 130 }), contextFor(target, clock));
}

test.each([
  [
    'forgets settings that a call leaves out, and stores the dates of records in whole seconds',
    forgetfulSettings,
    coarseRecords,
  ],
  [
    'keeps sessions without their pool, and the dates of datasets in whole seconds',
    sessionsWithoutPool,
    coarseDatasets,
  ],
])('a target that %s conforms', async (_, one, other) => {
  const clock = stoppedClock();
  const { findings, finished } = await judged(one(other(embeddedTarget(clock))), clock);
  expect(findings).toEqual([]);
  expect(finished.requirements.filter(({ status }) => status === 'not-exercised')).toEqual([]);
});

test.each([
  [404, 'ResourceNotFoundException'],
  [403, 'NotAuthorizedException'],
])('a target that answers %i %s for an identity in another pool than its own conforms', async (status, type) => {
  const clock = stoppedClock();
  const target = embeddedTarget(clock);
  const pools = new Map<string, string>();
  const refusal: Reply = { ...invalid, status, headers: { ...invalid.headers, 'x-amzn-errortype': type } };
  const bound: Target = {
    ...target,
    async send(request, signal) {
      const [, pool = '', identity = ''] =
        /^\/identitypools\/([^/]+)\/identit[a-z]+\/([^/?]+)/.exec(request.path) ?? [];
      const [asked = '', own = ''] = [pool, identity].map(decodeURIComponent);
      const known = pools.get(own);
      if (known !== undefined && known !== asked) return refusal;
      const reply = await target.send(request, signal);
      // No identity belongs to a pool that cannot be.
      if (own !== '' && reply.kind === 'response' && reply.status < 400) pools.set(own, asked);
      return reply;
    },
  };
  const { findings, finished } = await judged(bound, clock);
  expect(findings).toEqual([]);
  expect(finished.requirements.find(({ id }) => id === 'dataset/pools-apart')?.status).toBe('pass');
});

/** No page holds more than three, whatever is asked for. */
const smallPages: Variant = (target) => ({
  ...target,
  send: (request, signal) => {
    const path = request.path.replace(/(?<=[?&]maxResults=)\d+/, (size) => String(Math.min(3, Number(size))));
    return target.send({ ...request, path }, signal);
  },
});

/** A store whose texts end at a NUL, and which refuses one for that. */
const withoutNul: Variant = (target) => ({
  ...target,
  send: (request, signal) =>
    request.body?.includes('\\u0000') === true && isUpdate(request)
      ? Promise.resolve(invalid)
      : target.send(request, signal),
});

const deletionWithoutName = answering((body, { method }) =>
  method === 'DELETE' && isObject(body['Dataset']) ? { ...body, Dataset: { DataStorage: 0 } } : body,
);

test('a target with small pages, without NUL, and of whose deletions nothing is told conforms', async () => {
  const clock = stoppedClock();
  const { findings, finished } = await judged(
    smallPages(withoutNul(deletionWithoutName(embeddedTarget(clock)))),
    clock,
  );
  expect(findings).toEqual([]);
  expect(finished.requirements.filter(({ status }) => status === 'not-exercised')).toEqual([]);
});

test('a target for which a value written again is no modification, though its count rises, conforms', async () => {
  const clock = stoppedClock();
  const target = endpointTarget(
    clock,
    {},
    {
      ...defaultBehaviour,
      makeRecord: (service, dataset, record, patch, count) => {
        const made = defaultBehaviour.makeRecord(service, dataset, record, patch, count);
        const stays = record !== undefined && record.value !== null && record.value === made.value;
        return stays ? { ...made, modified: record.modified, deviceDate: record.deviceDate } : made;
      },
    },
  );
  const { findings } = await judged(target, clock);
  expect(findings).toEqual([]);
});

test('a target of two servers, whose clocks are at times as far apart as two writes, conforms', async () => {
  const clock = stoppedClock();
  let state = 7;
  const coincide = (): boolean => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % 4 === 0;
  };
  const target = endpointTarget(
    clock,
    {},
    {
      ...defaultBehaviour,
      modifiedDate: (service, record, patch) =>
        record !== undefined && coincide() ? record.modified : defaultBehaviour.modifiedDate(service, record, patch),
    },
  );
  const { findings } = await judged(target, clock);
  expect(findings).toEqual([]);
});

test('a target of several servers whose clocks are apart conforms', async () => {
  const clock = stoppedClock();
  let calls = 0;
  const now = (): number => clock.now() + ([0, 41.25, -37.5][(calls += 1) % 3] ?? 0);
  const { findings } = await judged(embeddedTarget(clock, { now }), clock);
  expect(findings).toEqual([]);
});

/** The date of the answer is taken a moment after the one that is stored. */
const datedTwice = answering((body, request) => {
  const { Records: records } = body;
  if (!isUpdate(request) || !Array.isArray(records)) return body;
  const later = (date: unknown): unknown => (typeof date === 'number' ? date + 0.007 : date);
  const dated = records.map((one) =>
    isObject(one) ? { ...one, LastModifiedDate: later(one['LastModifiedDate']) } : one,
  );
  return { ...body, Records: dated };
});

test('a target that reads its clock once for the answer and once for the store conforms', async () => {
  const clock = stoppedClock();
  const { findings } = await judged(datedTwice(embeddedTarget(clock)), clock);
  expect(findings).toEqual([]);
});

test.each([
  ['', defaultBehaviour.tokenSpent],
  [', used or not', () => false],
])(
  'a target for which only the newest token is good%s, also after a listing that presented one, conforms',
  async (_, tokenSpent) => {
    const clock = stoppedClock();
    const choices = resolveChoices({ 'older-token': 'refused' });
    const { issueToken, tokenProblem } = defaultBehaviour;
    const target = endpointTarget(
      clock,
      { choices },
      {
        ...defaultBehaviour,
        tokenSpent,
        issueToken: (service, dataset, path) => issueToken(service, dataset, path, undefined),
        tokenProblem: (service, claims, path, use) => {
          const anyOld = { ...service.options, choices: { ...choices, 'older-token': 'accepted' as const } };
          const asked = use === 'list' ? { ...service, options: anyOld } : service;
          return tokenProblem(asked, claims, path, use);
        },
      },
    );
    const { findings } = await judged(target, clock);
    expect(findings).toEqual([]);
  },
);

test('a target that wants a signature, whichever, is not blamed for what it never verifies', async () => {
  const clock = stoppedClock();
  const target = signing(embeddedTarget(clock, { acceptUnsigned: false }), clock);
  const { findings, finished } = await judged(target, clock);
  expect(findings).toEqual([]);
  const authorization = finished.requirements.filter(({ group }) => group === 'authorization');
  expect(new Set(authorization.map(({ status }) => status))).toEqual(new Set(['unsupported']));
  expect(authorization[0]?.reason).toMatch(/wrong secret, for an unknown key or from years ago is taken/);
});

test('a slow target is asked everything, though the time for more than that is over', async () => {
  const clock = stoppedClock();
  const fast = embeddedTarget(clock);
  const target: Target = {
    ...fast,
    send: async (request, signal) => {
      await clock.sleep(30);
      return fast.send(request, signal);
    },
  };
  const { runs: _, ...options } = smokeOptions();
  const { findings, finished } = await runToEnd(catalogue, options, contextFor(target, clock));
  expect(findings).toEqual([]);
  expect(finished.requirements.filter(({ status }) => status === 'not-exercised')).toEqual([]);
  expect(finished.durationMs).toBeGreaterThan(20_000);
});
