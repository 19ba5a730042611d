import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The shell blocks of the pages, run in one folder in the order a newcomer meets them, against a faulty server. */

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');
const pages = ['README.md', 'docs/reading-a-report.md', 'docs/targets-and-credentials.md', 'docs/gating-ci.md'];

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```/gm)].map(([, language = '', block = '']) => ({
    language,
    text: block,
  }));
}

const commands = pages.flatMap((page) =>
  blocksOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trim().split('\n'))
    .map((line) => ({ page, line })),
);
/** What installs, builds and tests this very checkout. */
const ours = /^npm (ci|cit)\b/;

const folder = mkdtempSync(join(tmpdir(), 'docs-run-'));
const file = (name: string): string => join(folder, name);
let served: ReturnType<typeof spawn>;
let url = '';

function script(name: string, text: string): void {
  writeFileSync(file(name), `#!/bin/sh\n${text}\n`);
  chmodSync(file(name), 0o755);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

beforeAll(async () => {
  mkdirSync(file('bin'));
  // npx would ask a registry for what is right here.
  script('bin/npx', `[ "$1" = cognito-sync-conformance ] || exit 97; shift; exec "${process.execPath}" "${main}" "$@"`);
  script('my-server', `exec "${process.execPath}" "${main}" serve "$@"`);
  served = spawn(process.execPath, [main, 'serve', '--mutant', 'last-write-wins'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(served.stdout!, 'data')) as [Buffer];
  url = /http:\S+/.exec(said.toString())?.[0] ?? '';
});
afterAll(() => void served.kill());

function shell(line: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${file('bin')}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      COGNITO_SYNC_CONFORMANCE_MAX_REQUESTS: '1500',
      // The commands are tried here, not the server.
      COGNITO_SYNC_CONFORMANCE_RUNS: '10',
    },
  });
  return { status, said: stdout + stderr };
}

test('the pages show commands to run', () => {
  expect(commands.length).toBeGreaterThan(12);
});

test.each(commands.filter(({ line }) => !ours.test(line) || line.includes('&&')))('$page: $line', async ({ line }) => {
  if (line.includes('last-week') && !existsSync(file('last-week')))
    cpSync(file('cognito-sync-conformance-report'), file('last-week'), { recursive: true });
  const settings = pages.flatMap(blocksOf).find(({ text }) => text.includes('# conformance.yaml'));
  writeFileSync(file('conformance.yaml'), settings?.text.replace('http://localhost:4566', url) ?? '');
  // A server that the program starts itself needs a port that is free.
  const port = line.includes('--target-command') ? String(await freePort()) : new URL(url).port;
  // In a checkout the embedded endpoint is judged, with a report of its own.
  const here = ours.test(line) ? 'checkout' : '.';
  mkdirSync(file(here), { recursive: true });
  const { status, said } = shell(`cd ${here} && ${line.replace(ours, 'true').replaceAll('4566', port)}`);
  // 0 to 3 are verdicts; the others say that the command itself is wrong, or found nothing to judge.
  expect({ status, said: said.slice(-2000) }).toMatchObject({ status: expect.toBeOneOf([0, 1, 2, 3]) as number });
});

test('the program in the page about the library runs, and finds the fault', () => {
  const [program] = blocksOf('docs/library-and-vitest.md').filter(({ text }) => text.includes('httpTarget('));
  mkdirSync(file('node_modules'));
  symlinkSync(root, file('node_modules/cognito-sync-conformance'));
  writeFileSync(file('engine.mjs'), program?.text.replace('http://localhost:4566', url) ?? '');
  const { status, said } = shell(`"${process.execPath}" engine.mjs`);
  expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining('conflict/stale-refused') });
  expect(said).toContain('violates broken: ');
});
