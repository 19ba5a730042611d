import { afterEach, expect, test } from 'vitest';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import type { EndpointOptions } from '../../targets/reference/core/options.ts';
import type { Target } from '../../specs/types/wire.ts';
import { examine } from '../doctor/examine.ts';
import { sayDiagnosis } from '../doctor/say.ts';
import type { Diagnosis } from '../doctor/diagnosis.ts';
import { start } from '../start.ts';

const endpoints: Awaited<ReturnType<typeof startEndpoint>>[] = [];
afterEach(async () => {
  for (const endpoint of endpoints.splice(0)) await endpoint.close();
});

async function examined(
  options: Partial<EndpointOptions>,
  ...flags: readonly string[]
): Promise<{ readonly code: number; readonly diagnosis: Diagnosis; readonly text: string; readonly url: string }> {
  const endpoint = await startEndpoint(options);
  endpoints.push(endpoint);
  const ask = async (...more: readonly string[]): Promise<{ readonly code: number; readonly out: string }> => {
    let out = '';
    const terminal = { out: (text: string) => (out += text), err: () => {}, env: {}, columns: 100 };
    const code = await start(['doctor', '--endpoint-url', endpoint.url, ...flags, ...more], {
      ...terminal,
      outIsTerminal: false,
      errIsTerminal: false,
    });
    return { code, out };
  };
  const { out: text } = await ask();
  const { code, out } = await ask('--output', 'json');
  return { code, diagnosis: JSON.parse(out) as Diagnosis, text, url: endpoint.url };
}

test('an open server: everything answers, and the command line is the shortest', async () => {
  const { code, diagnosis, text, url } = await examined({});
  expect(code).toBe(0);
  expect(diagnosis).toMatchObject({
    problem: null,
    signature: { unsigned: 'answered', signed: 'answered', wrongSecret: 'answered' },
    identities: { madeUp: 'answered', given: 'not tried', api: false },
    sessionToken: 'yes',
    deviceId: 'not said',
    command: `npx cognito-sync-conformance --endpoint-url ${url}`,
  });
  expect(diagnosis.operations.filter(({ implemented }) => implemented)).toHaveLength(17);
  expect(text).toContain(`A run is possible:\n  npx cognito-sync-conformance --endpoint-url ${url}\n`);
});

test('signatures that are verified, and a clock that agrees', async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const { code, diagnosis } = await examined({ acceptUnsigned: false, credentials });
  expect(code).toBe(0);
  expect(diagnosis.signature).toEqual({
    unsigned: { refused: 'MissingAuthenticationTokenException' },
    signed: 'answered',
    wrongSecret: { refused: 'InvalidSignatureException' },
  });
  expect(Math.abs(diagnosis.clockSkewSeconds ?? 99)).toBeLessThanOrEqual(1);
});

test('a clock that is fast is told, with what that does to signatures', async () => {
  const now = Date.parse('2024-01-02T03:04:05Z');
  const headers = { date: new Date(now + 400_000).toUTCString() };
  const target: Target = {
    send: () => Promise.resolve({ kind: 'response', status: 200, headers, body: '{"Count":0}', ms: 1 }),
    close: () => Promise.resolve(),
  };
  const info = { endpointUrl: 'http://127.0.0.1:1', region: 'us-east-1', embedded: false };
  const variants = { unsigned: target, signed: null, forged: null, close: target.close };
  const diagnosis = await examine({}, variants, { info, runId: 'cafe0123', now: () => now });
  expect(diagnosis.clockSkewSeconds).toBe(401);
  expect(sayDiagnosis(diagnosis)).toContain('401 s ahead of ours: signatures may be refused for that');
});

test('wrong keys are said to be the problem', async () => {
  const { code, diagnosis, text } = await examined({
    acceptUnsigned: false,
    credentials: { accessKeyId: 'other', secretAccessKey: 'other' },
  });
  expect([code, diagnosis.command]).toEqual([4, null]);
  expect(text).toMatch(/No run is possible\. .*refuses these credentials/);
});

test('a server that takes only signed requests it refuses is judged unsigned', async () => {
  const { diagnosis } = await examined({ credentials: { accessKeyId: 'other', secretAccessKey: 'other' } });
  expect(diagnosis.signature.signed).toEqual({ refused: 'UnrecognizedClientException' });
  expect(diagnosis.command).toMatch(/ --no-sign-request$/);
});

const pool = 'us-east-1:00000000-0000-4000-8000-000000000001';
const identity = 'us-east-1:00000000-0000-4000-8000-00000000000a';
const strict = { knownPools: [pool], knownIdentities: [identity] };

test('a strict server needs identities', async () => {
  const { code, text } = await examined(strict);
  expect(code).toBe(4);
  expect(text).toContain('--identity-pool-id and --identity-id');
});

test('which can be given', async () => {
  const { code, diagnosis } = await examined(strict, '--identity-pool-id', pool, '--identity-id', identity);
  expect([code, diagnosis.identities.given]).toEqual([0, 'answered']);
  expect(diagnosis.identities.madeUp).toEqual({ refused: 'NotAuthorizedException' });
  expect(diagnosis.command).toContain(`--identity-pool-id ${pool} --identity-id ${identity}`);
});

test('or made', async () => {
  const { code, diagnosis } = await examined({ ...strict, identityApi: true });
  expect([code, diagnosis.identities.api]).toEqual([0, true]);
});

test('missing operations are named, and a device that can be had nowhere', async () => {
  const operations = ['ListRecords', 'UpdateRecords'] as const;
  const { code, diagnosis, text } = await examined({ operations, requireDevice: true });
  expect([code, diagnosis.deviceId]).toEqual([4, 'yes']);
  expect(text).toContain('RegisterDevice: not implemented, UnknownOperationException');
  expect(diagnosis.problem).toContain('--device-id');
  expect(diagnosis.operations.flatMap((one) => (one.implemented ? one.operation : [])).toSorted()).toEqual(operations);
});

test('without UpdateRecords there is nothing to judge', async () => {
  const { code, diagnosis } = await examined({ operations: ['ListRecords'] });
  expect([code, diagnosis.problem]).toEqual([4, expect.stringContaining('UpdateRecords is not implemented')]);
});

test('nothing there, nothing possible', async () => {
  const endpoint = await startEndpoint();
  await endpoint.close();
  let out = '';
  const code = await start(['doctor', '--endpoint-url', endpoint.url], {
    out: (text) => (out += text),
    err: () => {},
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  });
  expect(code).toBe(4);
  expect(out).toContain('nothing answers');
});
