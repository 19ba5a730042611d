import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { start } from '../start.ts';
import { showConfig } from './show-config.ts';

async function shown(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  let out = '';
  const code = await start([...args, '--show-config'], {
    out: (text) => (out += text),
    err: (text) => (out += text),
    env,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  });
  expect(code).toBe(0);
  return out;
}

test('says what holds, and which defaults', async () => {
  expect(await shown([], { AWS_REGION: 'eu-west-1' })).toMatchInlineSnapshot(`
    "# endpoint-url: none, so the embedded endpoint is judged
    # seed: none, so each run draws its own
    region: eu-west-1
    preset: ci
    concurrency: 8
    fail-on: relied-on
    report-dir: cognito-sync-conformance-report
    "
  `);
});

test('what it prints is a config file that means the same', async () => {
  const args = ['--endpoint-url', 'http://127.0.0.1:1', '--seed', '7', '--shard', '1/4', '--rate-limit', '20/s'];
  const first = await shown([...args, '--exclude', 'wire', '--no-shrink', '--report', 'junit,md']);
  expect(first).toContain('shard: 1/4\n');
  const file = join(mkdtempSync(join(tmpdir(), 'show-config-')), 'config.yaml');
  writeFileSync(file, first);
  expect(await shown(['--config', file])).toBe(first);
});

test('no secret is printed', () => {
  const text = showConfig(
    {
      endpointUrl: 'http://localhost:4566/?token=hush&a=b',
      targetCommand: "API_KEY=hush ./server --password 'hush hush' --db postgres://user:hush@host/db --port 4566",
    },
    { AWS_SECRET_ACCESS_KEY: 'hush', AWS_SESSION_TOKEN: 'hush' },
  );
  expect(text).not.toContain('hush');
  expect(text).toContain('--port 4566');
});

test('what is wrong is said before anything is printed', async () => {
  await expect(shown(['--requirements', 'conflikt'])).rejects.toThrow('expected 64');
});
