import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const example = fileURLToPath(new URL('../examples/a-life.sh', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function ended(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(command, args, { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

test('on GitHub the page of the job shows the run, and the findings are annotations', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'on-github-'));
  const page = join(folder, 'page.md');
  const server = spawn(process.execPath, [main, 'serve', '--mutant', 'last-write-wins'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(said.toString())?.[0] ?? '';
  const flags = ['--preset', 'smoke', '--runs', '10', '--seed', '1', '--requirements', 'conflict', '--no-progress'];
  const run = ['run', '--endpoint-url', url, '--report-dir', join(folder, 'report'), ...flags];
  try {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: page };
    const { code, out, err } = await ended(process.execPath, [main, ...run], env);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^::error title=F-0001 conflict\/stale-refused::The server does not check sync counts\.%0Arequired: .*%0Aallowed: /m,
    );
    expect(out).not.toContain('::error');
    expect(readFileSync(page, 'utf8')).toMatch(/## ❌ Violates[^]*<code>conflict&#47;stale-refused<\/code>/);
    expect(readFileSync(page, 'utf8')).toMatch(/because of it, checks of these fail too: <code>conflict&#47;/);
    // The next step of the job adds to the same page.
    const { length } = readFileSync(page, 'utf8');
    const elsewhere = await ended(process.execPath, [main, ...run], { GITHUB_STEP_SUMMARY: page });
    expect(elsewhere.err).not.toContain('::');
    expect(readFileSync(page, 'utf8').length).toBeGreaterThan(length);
  } finally {
    server.kill();
  }
});

test('a gate lives through a regression, a known failure and its repair', async () => {
  const { code, out, err } = await ended('bash', [example, process.execPath, main], {
    COGNITO_SYNC_CONFORMANCE_RUNS: '10',
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const exits = [...out.matchAll(/^exit (\d+)/gm)].map(([, exit]) => Number(exit));
  expect(exits).toEqual([0, 1, 1, 0, 0, 2, 0, 0, 0]);
  expect(out).toMatch(/^Newly failing[^]*conflict\/stale-refused[^]*^Fixed[^]*conflict\/stale-refused/m);
});
