import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { start } from '../cli/start.ts';
import type { RunEvent } from '../engine/interface/events.ts';
import { sampleFindings } from './fixtures/sample-findings.ts';
import { summaryOf } from './fixtures/summary-of.ts';
import { failingRun, passingRun, wholeRun } from './fixtures/whole-run.ts';

async function cli(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await start(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  });
  return { code, out, err };
}

/** A report directory as a run leaves it. */
function stored(events: readonly RunEvent[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'offline-'));
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(summaryOf(events)));
  writeFileSync(join(folder, 'events.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return folder;
}

const stale = sampleFindings()[0]!;
const green = stored(passingRun());
const red = stored(wholeRun({ findings: [stale] }));

test('compare ends with 1 on a regression and names it, else with 0', async () => {
  const worse = await cli(['compare', green, red]);
  expect(worse).toMatchObject({ code: 1, err: '' });
  expect(worse.out).toMatch(/Newly failing \(1\)\n {2}conflict\/stale-refused {2}pass before; F-0001: allowed 409/);
  expect(await cli(['compare', red, green])).toMatchObject({ code: 0 });
  expect(await cli(['compare', join(green, 'summary.json'), green])).toMatchObject({ code: 0 });
});

test('compare writes JSON on stdout, files where asked, and the page of the CI job', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offline-'));
  const page = join(folder, 'step.md');
  const args = ['compare', green, red, '--output', 'json', '--report', 'json,md,html', '--report-dir', folder];
  const { out } = await cli(args, { GITHUB_STEP_SUMMARY: page });
  expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, regression: true });
  expect(readFileSync(join(folder, 'comparison.json'), 'utf8')).toBe(out);
  expect(readFileSync(join(folder, 'comparison.html'), 'utf8')).toMatch(/^<!doctype html>/);
  expect(`${readFileSync(join(folder, 'comparison.md'), 'utf8')}\n`).toBe(readFileSync(page, 'utf8'));
});

test('what cannot be compared is a usage error', async () => {
  expect(await cli(['compare', green, '/nowhere'])).toMatchObject({
    code: 64,
    out: '',
    err: expect.stringMatching(/nowhere/) as string,
  });
  expect(await cli(['compare', green, red, '--report', 'junit'])).toMatchObject({
    code: 64,
    err: expect.stringMatching(/not junit/) as string,
  });
});

test('baseline update lists the failures of the last run, and prune takes them out when they are gone', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'offline-')), 'known.yaml');
  const args = (verb: string, folder: string): string[] => [
    'baseline',
    verb,
    '--known-failures',
    file,
    '--report-dir',
    folder,
  ];
  expect(await cli(args('prune', red))).toMatchObject({
    code: 64,
    err: expect.stringMatching(/does not exist/) as string,
  });
  expect(await cli(args('update', red))).toMatchObject({
    code: 0,
    out: `+ ${stale.key}\n${file}: 1 added, 0 removed\n`,
  });
  const first = readFileSync(file, 'utf8');
  expect(await cli(args('update', red))).toMatchObject({ code: 0, out: `${file}: 0 added, 0 removed\n` });
  expect(readFileSync(file, 'utf8')).toBe(first);
  expect(await cli(args('prune', green))).toMatchObject({
    code: 0,
    out: `- ${stale.key}\n${file}: 0 added, 1 removed\n`,
  });
  expect(await cli(args('updat', red))).toMatchObject({
    code: 64,
    err: expect.stringMatching(/neither update nor prune. Did you mean update\?/) as string,
  });
  expect(await cli(args('update', join(red, 'nowhere')))).toMatchObject({
    code: 64,
    err: expect.stringMatching(/run first/) as string,
  });
});

test('report makes the files again from the events alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offline-'));
  cpSync(join(stored(failingRun()), 'events.ndjson'), join(folder, 'events.ndjson'));
  const { code, err } = await cli(['report', folder, '--report', 'json,html,junit,md']);
  expect({ code, err }).toMatchObject({
    code: 0,
    err: expect.stringMatching(/violates: broken: 4 requirements/) as string,
  });
  expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(summaryOf(failingRun()))),
  );
  const files = ['report.html', 'junit.xml', 'summary.md'].map((name) => existsSync(join(folder, name)));
  expect(files).toEqual([true, true, true]);
});

test('report judges by the policy of the run, unless a flag says otherwise', async () => {
  const folder = stored(wholeRun({ findings: sampleFindings().slice(4) }));
  const summary = summaryOf(wholeRun());
  const strict = { ...summary, policy: { ...summary.policy, failOn: 'observed' } };
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(strict));
  expect(await cli(['report', folder])).toMatchObject({
    err: expect.stringMatching(/violates: broken: 1 requirement: conflict\/message/) as string,
  });
  expect(await cli(['report', folder, '--fail-on', 'documented'])).toMatchObject({
    err: expect.stringMatching(/conforms/) as string,
  });
  expect(await cli(['report', '/nowhere'])).toMatchObject({
    code: 64,
    err: expect.stringMatching(/nowhere/) as string,
  });
});
