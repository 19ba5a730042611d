import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { LedgerFile } from '../cli/target/ledger.ts';
import type { Summary } from '../reports/summary/summary.ts';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Begun {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  said(text: string): Promise<void>;
  /** Where `serve` listens. */
  url(): Promise<string>;
}

function begin(...args: string[]): Begun {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  const said = async (text: string): Promise<void> => {
    while (!(out + err).includes(text)) {
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended]);
      if (child.exitCode !== null && !(out + err).includes(text)) throw new Error(`ended without "${text}": ${err}`);
    }
  };
  const url = async (): Promise<string> => {
    await said('\n');
    return /http:\S+/.exec(out)?.[0] ?? '';
  };
  return { child, ended, said, url };
}

const containing = (text: string): unknown => expect.stringContaining(text);
const folder = (): string => mkdtempSync(join(tmpdir(), 'program-'));

function summaryIn(directory: string): Summary {
  return JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8')) as Summary;
}

test('serve says where it listens, and ends with 0 when it is told to', async () => {
  const { child, url, ended } = begin('serve');
  expect(await url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, out: `listening ${await url()}\n`, err: '' });
});

test('serve --verify-signatures serves who signs with the keys of the environment, and is judged on it', async () => {
  const server = begin('serve', '--verify-signatures', '--region', 'eu-west-1');
  const url = await server.url();
  const at = ['--endpoint-url', url, '--report-dir', folder(), '--no-progress'];
  const run = (...flags: string[]): Promise<Ended> =>
    begin('--requirements', 'authorization', '--runs', '80', ...at, ...flags).ended;
  expect(await run('--region', 'eu-west-1')).toMatchObject({
    code: 0,
    out: containing('9 of 9 requirements exercised'),
  });
  expect(await run('--region', 'us-east-1')).toMatchObject({ code: 4, out: containing('InvalidSignatureException') });
  expect(await run('--no-sign-request')).toMatchObject({ code: 4, out: containing('MissingAuthenticationToken') });
  server.child.kill();
  await server.ended;
});

test('a port that is taken is a usage error', async () => {
  const holder = begin('serve');
  const { port } = new URL(await holder.url());
  expect(await begin('serve', '--port', port).ended).toMatchObject({ code: 64, err: containing('EADDRINUSE') });
  holder.child.kill();
  await holder.ended;
});

test('--output json prints summary.json and nothing else, and progress stays on stderr', async () => {
  const directory = folder();
  const run = begin(
    '--requirements',
    'conflict',
    '--runs',
    '10',
    '--seed',
    '1',
    '--output',
    'json',
    '--report-dir',
    directory,
  );
  const { code, out, err } = await run.ended;
  expect(JSON.parse(out)).toEqual(summaryIn(directory));
  expect(summaryIn(directory)).toMatchObject({ exitCode: 0, verdict: 'conforms' });
  expect(code).toBe(0);
  expect(err).toContain('sequences');
});

test('an unreachable target ends with 4, and its report says so', async () => {
  const directory = folder();
  const { code } = await begin('--endpoint-url', 'http://127.0.0.1:1', '--report-dir', directory).ended;
  expect(code).toBe(4);
  expect(summaryIn(directory)).toMatchObject({ verdict: 'not-judged', run: { stopped: 'unreachable' } });
});

test('the first interrupt cleans up, reports and ends with 130', async () => {
  const directory = folder();
  const server = begin('serve');
  const url = await server.url();
  const { child, said, ended } = begin('--preset', 'deep', '--endpoint-url', url, '--report-dir', directory);
  await said('explore');
  child.kill('SIGINT');
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).toContain('deleting test data');
  expect(summaryIn(directory)).toMatchObject({ complete: true, run: { stopped: 'interrupted' } });

  const { entries } = JSON.parse(readFileSync(join(directory, 'ledger.json'), 'utf8')) as LedgerFile;
  expect(entries.length).toBeGreaterThan(0);
  const left = await Promise.all(
    entries.map(async ({ identityPoolId, identityId }) => {
      const answer = await fetch(`${url}/identitypools/${identityPoolId}/identities/${identityId}/datasets`);
      return ((await answer.json()) as { Count: number }).Count;
    }),
  );
  expect(left.filter((count) => count !== 0)).toEqual([]);
  server.child.kill();
  await server.ended;
});

test('a broken server fails with a finding, which replays as FAILED there and as FIXED at a good one', async () => {
  const directory = folder();
  const broken = begin('serve', '--mutant', 'last-write-wins');
  const good = begin('serve');
  const [brokenUrl, goodUrl] = await Promise.all([broken.url(), good.url()]);

  const at = ['--report-dir', directory, '--endpoint-url'];
  const run = await begin('--runs', '10', '--requirements', 'conflict', ...at, brokenUrl).ended;
  expect(run.code).toBe(1);
  expect(run.out).toContain('conflict/stale-refused');

  const [finding] = summaryIn(directory).findings;
  const file = join(directory, 'findings', `${finding?.id}.json`);
  expect(await begin('replay', file, ...at, brokenUrl).ended).toMatchObject({ code: 1, out: containing('FAILED') });
  expect(await begin('replay', file, ...at, goodUrl).ended).toMatchObject({ code: 0, out: containing('FIXED') });

  for (const { child, ended } of [broken, good]) {
    child.kill();
    await ended;
  }
});
