import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Finding } from '../../engine/interface/events.ts';
import { staleAccepted } from '../../tests/fixtures/small-run.ts';
import { curlScript } from './curl.ts';

const lacks = (command: string): boolean => spawnSync(command, ['--version']).status !== 0;
const skip = lacks('curl') || lacks('python3');
const target = { endpointUrl: 'http://127.0.0.1:9', region: 'us-east-1', embedded: false };

interface Given {
  readonly status: number;
  readonly body: string;
}

/** One call whose recorded answer is wrong at the pointer. */
function findingAt(pointer: string, recorded: Given, more: Partial<Finding> = {}): Finding {
  const [step] = staleAccepted.steps;
  if (step === undefined) throw new Error('no step');
  const differences = [{ pointer, expected: 'another', actual: 'this', requirement: staleAccepted.requirement }];
  return { ...staleAccepted, ...more, steps: [{ ...step, response: { ...recorded, headers: {} }, differences }] };
}

/** The exit code of the script against a server that gives one answer to everything. */
async function exitCode(finding: Finding, answer: Given): Promise<number | null> {
  const server = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = execFile('bash', ['-c', curlScript(finding, { target })], {
    env: { ...process.env, ENDPOINT_URL: url },
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  await new Promise((done) => server.close(done));
  return code;
}

const body = (value: unknown): string => JSON.stringify(value);
const record = (SyncCount: number, LastModifiedDate: number): string =>
  body({ Records: [{ Key: 'a', SyncCount, LastModifiedDate }], NextToken: null });

test.each<[string, string, Given, Given, number]>([
  [
    'the same wrong value',
    '/Records/0/SyncCount',
    { status: 200, body: record(3, 1) },
    { status: 200, body: record(3, 2) },
    0,
  ],
  [
    'another value',
    '/Records/0/SyncCount',
    { status: 200, body: record(3, 1) },
    { status: 200, body: record(2, 1) },
    1,
  ],
  [
    'the same record at another time',
    '/Records/0',
    { status: 200, body: record(3, 1) },
    { status: 200, body: record(3, 2) },
    0,
  ],
  [
    'a member that is missing still',
    '/Records/0/Value',
    { status: 200, body: record(3, 1) },
    { status: 200, body: record(3, 1) },
    0,
  ],
  [
    'a date, which no two runs share',
    '/Records/0/LastModifiedDate',
    { status: 200, body: record(3, 1) },
    { status: 200, body: record(3, 1) },
    3,
  ],
  ['the same status', 'status', { status: 201, body: '{}' }, { status: 201, body: '{}' }, 0],
  ['another status', 'status', { status: 201, body: '{}' }, { status: 200, body: '{}' }, 1],
])(
  'the exit code tells whether the failure shows: %s',
  { skip, timeout: 30_000 },
  async (_, pointer, was, is, code) => {
    expect(await exitCode(findingAt(pointer, was), is)).toBe(code);
  },
);

test(
  'a script does not claim to judge a race or a contradiction of earlier answers',
  { skip, timeout: 30_000 },
  async () => {
    const same = { status: 201, body: '{}' };
    expect(await exitCode(findingAt('status', same, { race: true }), same)).toBe(3);
    expect(await exitCode(findingAt('status', same, { requirement: 'consistency/remove-unknown' }), same)).toBe(3);
  },
);
