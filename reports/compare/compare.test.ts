import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../engine/interface/events.ts';
import { hostileRun, invisible } from '../../tests/fixtures/hostile.ts';
import { sampleFindings } from '../../tests/fixtures/sample-findings.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { failingRun, passingRun, wholeRun } from '../../tests/fixtures/whole-run.ts';
import { readRun } from './read-run.ts';
import type { Comparison, RunRecord } from './run-record.ts';
import { comparisonMarkdown, comparisonText } from './text.ts';
import { compareRuns } from './compare.ts';
import { comparisonHtml } from '../html/comparison.ts';

const [stale, batch] = sampleFindings();

function record(events: readonly RunEvent[], more: Partial<RunRecord> = {}): RunRecord {
  return { summary: summaryOf(events), latencies: new Map(), replays: new Map(), ...more };
}

const green = record(passingRun());
const red = record(wholeRun({ findings: [stale!] }));
const told = ({ changes }: Comparison): readonly (readonly [string, string, boolean])[] =>
  changes.map(({ kind, subject, regression }) => [kind, subject, regression]);

test('nothing changed between a run and itself', () => {
  expect(compareRuns(red, red).changes.map(({ kind }) => kind)).toEqual(['still-failing']);
  expect(compareRuns(green, green)).toMatchObject({ changes: [], cautions: [], regression: false });
});

test('a requirement that fails now is a regression, a weak one is told only', () => {
  const comparison = compareRuns(green, record(failingRun()));
  expect(told(comparison)).toContainEqual(['newly-failing', 'conflict/stale-refused', true]);
  expect(told(comparison)).toContainEqual(['newly-failing', 'conflict/message', false]);
  expect(told(comparison)).toContainEqual(['no-longer-exercised', 'record/tombstone-count-recreates', false]);
  expect(comparison.regression).toBe(true);
});

test('a known failure is no regression', () => {
  const known = record(wholeRun({ findings: [stale!], statuses: { 'conflict/stale-refused': 'expected-fail' } }));
  expect(compareRuns(green, known)).toMatchObject({ regression: false, changes: [{ kind: 'newly-failing' }] });
});

test('another failure of a requirement that failed before is a regression too', () => {
  const otherWay = record(wholeRun({ findings: [{ ...stale!, key: 'conflict/stale-refused|a|b|c', variants: [] }] }));
  expect(told(compareRuns(red, otherWay))).toEqual([['newly-failing', 'conflict/stale-refused', true]]);
});

test('fixed is said only when the counterexample ran again and passed', () => {
  const replayed = (verdict: string): Comparison =>
    compareRuns(red, record(passingRun(), { replays: new Map([['F-0001', verdict]]) }));
  expect(told(compareRuns(red, green))).toEqual([['no-longer-seen', 'conflict/stale-refused', false]]);
  expect(told(replayed('FIXED'))).toEqual([['fixed', 'conflict/stale-refused', false]]);
  expect(told(replayed('FAILED'))).toEqual([['no-longer-seen', 'conflict/stale-refused', false]]);
  expect(comparisonText(replayed('FAILED'))).toContain('replayed: F-0001 FAILED');
});

test('an operation that is no longer answered is a regression', () => {
  const lost = record(wholeRun({ statuses: { 'dataset/created-by-update': 'unsupported' } }));
  expect(told(compareRuns(green, lost))).toEqual([['no-longer-exercised', 'dataset/created-by-update', true]]);
});

test('a changed choice is told, and a regression only where AWS must be matched', () => {
  const taking = (option: string): RunRecord =>
    record(wholeRun({ choices: [{ id: 'recreate-at-zero', option, aws: 'refused', observations: 9 }] }));
  const [was, is] = [taking('refused'), taking('accepted')];
  expect(told(compareRuns(was, is))).toEqual([['choice-changed', 'recreate-at-zero', false]]);
  const strict = { ...is, summary: { ...is.summary, policy: { ...is.summary.policy, matchAws: true } } };
  expect(told(compareRuns(was, strict))).toEqual([['choice-changed', 'recreate-at-zero', true]]);
});

test('requirements that came, went or changed are told', () => {
  const { requirements } = green.summary;
  const [first, second, ...rest] = requirements;
  const changed = { ...green.summary, requirements: [{ ...second!, level: 'convention' as const }, ...rest] };
  const after = { ...green, summary: changed };
  expect(told(compareRuns(green, after))).toEqual([
    ['requirement-removed', first!.id, false],
    ['requirement-changed', second!.id, false],
  ]);
  expect(told(compareRuns(after, green))).toContainEqual(['requirement-added', first!.id, false]);
});

test('slower is said beyond noise only', () => {
  const taking = (buckets: readonly (readonly [number, number])[]): RunRecord =>
    record(passingRun(), { latencies: new Map([['ListRecords', buckets]]) });
  const base = taking([[1, 600], [2, 300], [4, 100]]); // prettier-ignore
  const noise = taking([[1, 560], [2, 320], [4, 120]]); // prettier-ignore
  const slow = taking([[1, 100], [2, 300], [4, 600]]); // prettier-ignore
  const few = taking([[4, 20]]);
  expect(told(compareRuns(base, slow))).toEqual([['slower', 'ListRecords', false]]);
  for (const other of [noise, few]) expect(told(compareRuns(base, other))).toEqual([]);
  expect(told(compareRuns(slow, base))).toEqual([]);
});

test('another target and a cut-off run are said', () => {
  const other = record(wholeRun({ endpointUrl: 'http://127.0.0.1:1' }).slice(0, -1));
  expect(compareRuns(green, other).cautions).toEqual([
    'The target differs: http://127.0.0.1:4566 before, http://127.0.0.1:1 now.',
    'The new run was cut off.',
  ]);
});

test('text, Markdown and HTML tell the same outcome, whatever the strings', () => {
  const comparison = compareRuns(green, record([...hostileRun()]));
  expect(comparisonText(comparison)).toMatch(/\n1 regression\n$/);
  expect(comparisonText(comparison)).not.toMatch(invisible);
  expect(comparisonMarkdown(comparison)).toMatch(/^## ❌ 1 regression\n/);
  expect(comparisonHtml(comparison)).toContain('1 regression</h1>');
  for (const text of [comparisonMarkdown(comparison), comparisonHtml(comparison)]) {
    expect(text).not.toMatch(/<(script>globalThis|img|b>x)/);
  }
});

test('a run is read from its directory or its summary, and another schemaVersion is said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  const events = wholeRun({ findings: [stale!, batch!] });
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(summaryOf(events)));
  writeFileSync(join(folder, 'events.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  writeFileSync(join(folder, 'replay.json'), JSON.stringify({ results: [{ id: 'F-0001', verdict: 'FIXED' }] }));
  const run = await readRun(folder);
  expect(run.summary.findings).toHaveLength(2);
  expect(run.latencies.get('ListRecords')?.[0]).toEqual([1, 1320]);
  expect(run.replays).toEqual(new Map([['F-0001', 'FIXED']]));
  expect(await readRun(join(folder, 'summary.json'))).toMatchObject({ summary: run.summary, replays: new Map() });

  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ ...run.summary, schemaVersion: 2 }));
  await expect(readRun(folder)).rejects.toThrow(/summary\.json: schemaVersion 2 is not one this version reads/);
  await expect(readRun(join(folder, 'nowhere'))).rejects.toThrow(/nowhere: ENOENT/);
});
