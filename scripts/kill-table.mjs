// Makes docs/kill-table.md again: npm run build && node scripts/kill-table.mjs
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kill-table-'));
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status;

const several = ['--pairs', '60', '--tens', '20'];
const status = run(
  'dist/cli/main.js',
  'self-test',
  '--seed',
  '1',
  ...several,
  '--report',
  'md',
  '--report-dir',
  folder,
);
// 1 means that faults are alive: the page says which.
if (status !== 0 && status !== 1) process.exit(status ?? 1);
copyFileSync(join(folder, 'kill-table.md'), join(root, 'docs/kill-table.md'));
run('node_modules/prettier/bin/prettier.cjs', '--write', 'docs/kill-table.md');
process.exit(status);
