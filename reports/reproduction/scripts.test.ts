import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Finding, TargetInfo } from '../../engine/interface/events.ts';
import type { SignatureFault } from '../../specs/types/wire.ts';
import { recordingServer } from '../../tests/fixtures/recording-server.ts';
import { listStep, patchStep, staleAccepted } from '../../tests/fixtures/small-run.ts';
import { awsCliScript } from './aws-cli.ts';
import { csharpProgram } from './csharp.ts';
import { curlScript } from './curl.ts';
import { typescriptProgram } from './typescript.ts';

const run = promisify(execFile);
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

/** Everything a shell, curl or JSON may trip over. */
const HOSTILE = [
  `it's "quoted" and \\ back\\\\slashed`,
  '$(touch /tmp/never) `touch /tmp/never` ${HOME} $$ !! ; & | > < *',
  'line\nline\r\n\ttab',
  '\u0000\u001b[31m\u007f\u2028\u202e',
  '🦊 日本 \ud800 é',
  "'; exit 7; '",
  'file:///etc/passwd',
  '@/etc/passwd',
  '%s %b \\0 \\x41',
];
const TOKEN = 'a"b\\c+/=$(touch /tmp/never)\'\u0001';

const target: TargetInfo = { endpointUrl: "http://127.0.0.1:9/it's", region: "eu'west", embedded: false };

/** A list, a patch with hostile keys and values, a list with the token in its query, and a made-up token. */
function hostileFinding(): Finding {
  const patches = HOSTILE.map((text) =>
    patchStep(text, text, 1, { Op: 'replace', Key: text, Value: text, SyncCount: 0 }),
  );
  const list = listStep('A lists d', '200');
  const withToken = {
    ...list,
    request: { ...list.request, path: `${list.request.path}?syncSessionToken=abc…&maxResults=5` },
  };
  return {
    ...staleAccepted,
    title: "it's $(touch /tmp/never)\nexit 9",
    source: '`touch /tmp/never`\nexit 9',
    allowed: "nothing's allowed\nexit 9",
    steps: [list, ...patches, { ...withToken, tokenFrom: 1 }, patchStep('made up', '400', 0, {})],
  };
}

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeEach(async () => {
  server = await recordingServer(TOKEN);
});
afterEach(() => server.close());

async function bash(script: string, extra: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    ENDPOINT_URL: `${server.url}/`,
    AWS_REGION: 'us-east-1',
    DATASET_SUFFIX: '',
    ...extra,
  };
  // The recording server answers everything alike, so whether a failure shows, which is the exit code, is not asked here.
  const { stdout, stderr } = await run('bash', ['-c', script], { env }).catch(ranToTheEnd);
  expect(stderr).toBe('');
  return stdout;
}

/** The output of a script that ended with a code of its own; anything else is thrown on. */
function ranToTheEnd(error: unknown): { readonly stdout: string; readonly stderr: string } {
  const { code, stdout, stderr } = error as { code?: unknown; stdout: string; stderr: string };
  if (code !== 1 && code !== 3) throw error;
  return { stdout, stderr };
}

const noCurl = !has('curl');
const noAws = !has('aws');

test(
  'the curl script sends the recorded bytes, with tokens of its own',
  { skip: noCurl, timeout: 30_000 },
  async () => {
    const finding = hostileFinding();
    const stdout = await bash(curlScript(finding, { target }));
    const fetched = JSON.stringify(`${TOKEN}1`);
    expect(server.received).toHaveLength(finding.steps.length);
    for (const [index, { request, tokenFrom }] of finding.steps.entries()) {
      const got = server.received[index];
      expect(got?.method).toBe(request.method);
      const token = tokenFrom === 1 ? fetched : '"made-up-session-token"';
      expect(got?.body.toString('utf8')).toBe((request.body ?? '').replace('"[redacted]"', () => token));
      expect(got?.url).toBe(request.path.replace('abc…', encodeURIComponent(`${TOKEN}1`).replace(/['()]/g, percent)));
      expect(got?.headers['content-type']).toBe(request.headers['content-type']);
      expect(got?.headers['authorization']).toBeUndefined();
    }
    expect(stdout).toContain('HTTP 200');
    expect(stdout).toContain(String.raw`allowed: nothing's allowed\x0aexit 9`);
    expect(stdout).not.toContain('\x1b');
  },
);

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

test(
  'a suffix gives every call a fresh dataset, and signing is asked for',
  { skip: noCurl, timeout: 30_000 },
  async () => {
    const env = {
      DATASET_SUFFIX: '-2',
      SIGN_REQUESTS: '1',
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 's/e+c=',
      AWS_SESSION_TOKEN: 'st',
    };
    await bash(curlScript(staleAccepted, { target }), env);
    const paths = server.received.map((request) => request.url);
    expect(paths).toEqual(staleAccepted.steps.map((step) => step.request.path.replace('c0ffee01-d', 'c0ffee01-d-2')));
    for (const { headers } of server.received) {
      expect(headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\/\d+\/us-east-1\/cognito-sync\//);
      expect(headers['x-amz-security-token']).toBe('st');
    }
  },
);

test('each run of a script works on a new dataset of its own', { skip: noCurl, timeout: 30_000 }, async () => {
  const script = curlScript(staleAccepted, { target });
  expect(script).toContain('suffix="${DATASET_SUFFIX--$(date +%s)}"');
  await bash(`unset DATASET_SUFFIX; date() { echo 17; }\n${script}`);
  const names = server.received.map(({ url }) => /datasets\/([^/?]+)/.exec(url)?.[1]);
  expect(new Set(names)).toEqual(new Set(['c0ffee01-d-17']));
});

test('a name as long as a name may be gets no suffix', () => {
  const long = 'd'.repeat(128);
  const steps = staleAccepted.steps.map((step) => ({
    ...step,
    request: { ...step.request, path: step.request.path.replace('c0ffee01-d', long) },
  }));
  expect(curlScript({ ...staleAccepted, steps }, { target })).toContain('suffix="${DATASET_SUFFIX-}"');
});

test('a script for what the embedded endpoint did says how to have another one', () => {
  const embedded = { ...target, endpointUrl: 'http://127.0.0.1:40123', embedded: true };
  for (const text of [curlScript, awsCliScript, typescriptProgram, csharpProgram].map((write) =>
    write(staleAccepted, { target: embedded }),
  )) {
    expect(text).toContain('npx cognito-sync-conformance serve --port 4566');
    expect(text).toContain('http://127.0.0.1:4566');
    expect(text).not.toContain('40123');
  }
});

test('a body that is not JSON and holds a NUL arrives as it is', { skip: noCurl, timeout: 30_000 }, async () => {
  const [step] = staleAccepted.steps;
  if (step === undefined) throw new Error('no step');
  const body = `{"SyncSessionToken":"\0'\n`;
  const odd = { ...step, request: { method: 'POST', path: '/a/../b/%2F{x}[1]', headers: { 'x-empty': '' }, body } };
  await bash(curlScript({ ...staleAccepted, steps: [odd] }, { target }));
  expect(server.received[0]).toMatchObject({ url: '/a/../b/%2F{x}[1]', headers: { 'x-empty': '' } });
  expect(server.received[0]?.headers['content-type']).toBeUndefined();
  expect(server.received[0]?.body.toString()).toBe(body);
});

test('the AWS CLI script sends the same keys and values', { skip: noAws, timeout: 60_000 }, async () => {
  const finding = hostileFinding();
  const some = [0, 1, 4, 7, 10].map((at) => finding.steps[at]).filter((step) => step !== undefined);
  await bash(awsCliScript({ ...finding, steps: some }, { target }));
  expect(server.received.map((request) => request.method)).toEqual(['GET', 'POST', 'POST', 'POST', 'GET']);
  for (const [index, { request }] of some.entries()) {
    if (request.body === null) continue;
    const sent: unknown = JSON.parse(server.received[index]?.body.toString() ?? '');
    const recorded: object = JSON.parse(request.body);
    expect(sent).toEqual({ ...recorded, SyncSessionToken: `${TOKEN}1` });
  }
  const query = new URL(server.received[4]?.url ?? '', server.url).searchParams;
  expect(query.get('syncSessionToken')).toBe(`${TOKEN}1`);
  expect(query.get('maxResults')).toBe('5');
});

test('a call that the AWS CLI cannot make is said to be one, and the others are made', () => {
  const steps = staleAccepted.steps.map((step, index) =>
    index === 1 ? { ...step, request: { ...step.request, body: '{"cut' } } : step,
  );
  const script = awsCliScript({ ...staleAccepted, steps }, { target });
  expect(script).toContain('the AWS CLI cannot make this call: see F-0001.curl.sh');
  expect(script.match(/^call /gm)).toHaveLength(3);
});

test('a body too deep to be written as JSON is left to curl', () => {
  const deep = `{"RecordPatches":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  const steps = staleAccepted.steps.map((step, index) =>
    index === 1 ? { ...step, request: { ...step.request, body: deep } } : step,
  );
  const finding = { ...staleAccepted, steps };
  expect(awsCliScript(finding, { target })).toContain('the AWS CLI cannot make this call: see F-0001.curl.sh');
  for (const program of [typescriptProgram, csharpProgram])
    expect(program(finding, { target })).toContain('// Too deep to be written here: see the curl script.');
});

/** The sample finding with a fault in the signature of its last call. */
function withFault(signature: SignatureFault): Finding {
  const [step] = staleAccepted.steps;
  if (step === undefined) throw new Error('no step');
  return { ...staleAccepted, steps: [step, { ...step, request: { ...step.request, signature } }] };
}

const credentials = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'right' };
const today = String.raw`\d{8}`;

test.each<[SignatureFault, string | undefined, string | undefined]>([
  ['none', 'none', 'none'],
  ['wrong-secret', `AKID/${today}/us-east-1/cognito-sync/`, `AKID/${today}/us-east-1/cognito-sync/`],
  [
    'unknown-key',
    `AKIAZZZZZZZZZZZZZZZZ/${today}/us-east-1/cognito-sync/`,
    `AKIAZZZZZZZZZZZZZZZZ/${today}/us-east-1/cognito-sync/`,
  ],
  ['other-region', `AKID/${today}/us-west-2/cognito-sync/`, `AKID/${today}/us-west-2/cognito-sync/`],
  ['other-service', `AKID/${today}/us-east-1/cognito-idp/`, undefined],
  ['old-date', 'AKID/20140630/us-east-1/cognito-sync/', undefined],
  ['future-date', 'AKID/20991231/us-east-1/cognito-sync/', undefined],
  ['altered-body-declared', `AKID/${today}/us-east-1/cognito-sync/`, undefined],
  ['altered-body', undefined, undefined],
])(
  'a fault in a signature is made where the tool can make it: %s',
  { skip: noCurl || noAws, timeout: 60_000 },
  async (fault, byCurl, byAwsCli) => {
    for (const [script, credential] of [
      [curlScript, byCurl],
      [awsCliScript, byAwsCli],
    ] as const) {
      const before = server.received.length;
      const said = await bash(script(withFault(fault), { target }), credentials);
      const [right, spoilt] = server.received.slice(before).map(({ headers }) => headers['authorization'] ?? 'none');
      expect(right).toMatch(new RegExp(`Credential=AKID/${today}/us-east-1/cognito-sync/`));
      expect(spoilt ?? 'not sent').toMatch(new RegExp(credential ?? 'not sent'));
      expect(said.includes('cannot make')).toBe(credential === undefined);
    }
  },
);

test('a body in chunks is sent in chunks by curl, and not by the AWS CLI', { skip: noCurl }, async () => {
  const step = patchStep('a', 'x', 1, { Op: 'replace', Key: 'a', Value: 'x', SyncCount: 0 });
  const finding = { ...staleAccepted, steps: [{ ...step, request: { ...step.request, chunked: true } }] };
  await bash(curlScript(finding, { target }));
  expect(server.received).toMatchObject([{ method: 'POST', headers: { 'transfer-encoding': 'chunked' } }]);
  expect(server.received[0]?.body.toString()).toContain('"Key":"a"');
  expect(awsCliScript(finding, { target })).toContain('the AWS CLI cannot make this call');
});

test('both scripts are bash without an error of syntax', () => {
  for (const script of [curlScript(hostileFinding(), { target }), awsCliScript(hostileFinding(), { target })]) {
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  }
});

test('a finding that was tampered with cannot add a command', () => {
  const evil = "x\n$(touch /tmp/never)'; touch /tmp/never #";
  const [step] = staleAccepted.steps;
  if (step === undefined) throw new Error('no step');
  const tampered: Finding = JSON.parse(
    JSON.stringify({
      ...staleAccepted,
      id: evil,
      level: evil,
      requirement: evil,
      steps: [{ ...step, operation: evil, tokenFrom: evil, request: { ...step.request, method: evil } }],
    }),
  );
  for (const script of [curlScript(tampered, { target }), awsCliScript(tampered, { target })]) {
    // Neither command is there, so that nothing but the script itself is run.
    const env = { PATH: '/nonexistent' };
    const { stderr } = spawnSync('/bin/bash', ['-c', script], { env, encoding: 'utf8' });
    expect(stderr).not.toContain('touch');
  }
});
