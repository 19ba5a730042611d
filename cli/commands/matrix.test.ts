import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../engine/interface/events.ts';
import type { Matrix } from '../../reports/matrix/matrix.ts';
import { hostileRun, invisible } from '../../tests/fixtures/hostile.ts';
import { sampleFindings } from '../../tests/fixtures/sample-findings.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { wholeRun } from '../../tests/fixtures/whole-run.ts';
import { start } from '../start.ts';

async function matrix(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await start(['matrix', ...args], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  });
  return { code, out, err };
}

const folder = mkdtempSync(join(tmpdir(), 'matrix-'));

function stored(name: string, events: readonly RunEvent[]): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'summary.json'), JSON.stringify(summaryOf(events)));
  return path;
}

const [stale, batch] = sampleFindings();
const left = stored('left', wholeRun({ findings: [stale!] }));
const right = stored(
  'right',
  wholeRun({
    findings: [batch!],
    statuses: { 'conflict/stale-refused': 'not-exercised' },
    choices: [{ id: 'same-value-stale', option: 'accepted', aws: 'refused', observations: 1 }],
  }),
);

test('each target is a column, named by its directory; what nobody judged speaks for nobody', async () => {
  const { code, out, err } = await matrix(left, join(right, 'summary.json'));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^ {2}passed +left +right$/m);
  expect(out).toMatch(/^ {2}conflict +5\/6 +5\/5$/m);
  expect(out).toMatch(/^ {2}conflict\/stale-refused +fail +-$/m);
  expect(out).toMatch(/^ {2}sync-count\/batch-shares-count +pass +fail$/m);
  expect(out).toMatch(/^ {2}same-value-stale +refused +accepted +refused$/m);
  // Not asked of the other, so no difference.
  expect(out).not.toContain('recreate-at-zero');
  expect(out).toContain('2 broken by somebody, 2 not by all');
});

test('it is written as HTML, Markdown and JSON where asked', async () => {
  const report = join(folder, 'report');
  const { out } = await matrix(left, right, '--output', 'json', '--report', 'html,md,json', '--report-dir', report);
  const read = (name: string): string => readFileSync(join(report, name), 'utf8');
  expect(read('matrix.json')).toBe(out);
  expect(JSON.parse(out) as Matrix).toMatchObject({
    schemaVersion: 1,
    targets: [
      { name: 'left', exitCode: 1 },
      { name: 'right', exitCode: 1 },
    ],
  });
  expect(read('matrix.md')).toContain('| <code>conflict&#47;stale-refused</code> | documented | fail | - |');
  expect(read('matrix.html')).toMatch(/^<!doctype html>[^]*2 targets, 2 requirements broken by somebody/);
});

test('two runs whose directories have one name are told apart', async () => {
  const other = stored('elsewhere/left', wholeRun());
  expect((await matrix(left, other)).out).toMatch(/elsewhere\/left: http/);
});

test('nothing that a target says becomes HTML or steers the terminal', async () => {
  const report = join(folder, 'hostile');
  const { out } = await matrix(stored('evil', hostileRun()), left, '--report', 'html', '--report-dir', report);
  expect(out).not.toMatch(invisible);
  const page = readFileSync(join(report, 'matrix.html'), 'utf8');
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(/<(img|iframe|svg onload)/i);
});

test('what is no run, and a report that it does not write, are usage errors', async () => {
  expect(await matrix(left, '/nowhere')).toMatchObject({ code: 64 });
  const report = join(folder, 'none');
  expect(await matrix(left, '--report', 'sarif', '--report-dir', report)).toMatchObject({ code: 64 });
  expect(existsSync(report)).toBe(false);
});
