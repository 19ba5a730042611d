import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding, RunEvent } from '../../engine/interface/events.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { sampleFindings } from '../../tests/fixtures/sample-findings.ts';
import { wholeRun } from '../../tests/fixtures/whole-run.ts';
import { start } from '../start.ts';

async function merge(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await start(['merge', ...args], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  });
  return { code, out, err };
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'merge-'));
type Started = Extract<RunEvent, { kind: 'run-started' }>;

/** A report directory as a run with --shard leaves it. */
function shard(
  index: number,
  of: number,
  events: readonly RunEvent[],
  changed: (event: Started) => object = () => ({}),
): string {
  const path = folder();
  const [header, ...rest] = events;
  if (header?.kind !== 'run-started') throw new Error('no header');
  const numbered = { ...header, run: { ...header.run, shard: { index, of } } };
  const all = [{ ...numbered, ...changed(numbered) }, ...rest];
  writeFileSync(join(path, 'events.ndjson'), all.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return path;
}

const [stale, batch] = sampleFindings() as [Finding, Finding];
const rises = 'sync-count/rises-by-one';

function summaryIn(path: string): Summary {
  return JSON.parse(readFileSync(join(path, 'summary.json'), 'utf8')) as Summary;
}

test('what any shard found broken is broken, what any exercised is exercised, and the traffic is added up', async () => {
  const one = shard(1, 2, wholeRun({ findings: [stale], statuses: { [rises]: 'not-exercised' } }));
  const two = shard(2, 2, wholeRun({ findings: [{ ...stale, steps: stale.steps.slice(0, 2) }, batch], runId: 'beef' }));
  const report = folder();
  const { code, out, err } = await merge(two, one, '--report-dir', report, '--report', 'junit');
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const summary = summaryIn(report);
  expect(summary).toMatchObject({
    complete: true,
    verdict: 'violates',
    traffic: { requests: 2 * 6733, sequences: 240 },
    run: { id: '7c1f09ab', stopped: 'complete', durationMs: 41_200 },
  });
  expect(summary.run.shard).toBeUndefined();
  // Both met it: it is told once, by the shorter example.
  const own = summary.findings.filter(({ requirement }) => requirement === stale.requirement);
  expect(own).toMatchObject([{ sightings: 2 * stale.sightings, steps: { length: 2 } }]);
  expect(summary.findings.map(({ id }) => id)).toEqual(['F-0001', 'F-0002']);
  for (const { id, requirement } of summary.findings) {
    expect(summary.requirements.find((result) => result.id === requirement)).toMatchObject({
      status: 'fail',
      findings: [id],
    });
    expect(readdirSync(join(report, 'findings'))).toContain(`${id}.curl.sh`);
  }
  expect(summary.requirements.find(({ id }) => id === rises)).toMatchObject({ status: 'pass' });
  expect(out).toContain('240 sequences');
  expect(existsSync(join(report, 'report.html'))).toBe(true);
  expect(existsSync(join(report, 'junit.xml'))).toBe(true);
});

test('the ledgers of the shards are added up under the new ids; without one of them there is none', async () => {
  const withLedger = (events: readonly RunEvent[], violations: number): readonly RunEvent[] =>
    events.map((event) =>
      event.kind === 'run-finished'
        ? {
            ...event,
            ledger: {
              violations: violations + 1,
              byFinding: [{ finding: 'F-0001', requirement: stale.requirement, violations }],
              flaky: [{ requirement: rises, violations: 1 }],
              cutOff: 0,
            },
          }
        : event,
    );
  const events = (finding: Finding): readonly RunEvent[] => wholeRun({ findings: [{ ...finding, id: 'F-0001' }] });
  const report = folder();
  await merge(
    shard(1, 2, withLedger(events(batch), 2)),
    shard(2, 2, withLedger(events(stale), 3)),
    '--report-dir',
    report,
  );
  const { ledger, findings } = summaryIn(report);
  const idOf = (key: string): string | undefined => findings.find((one) => one.key === key)?.id;
  expect(ledger).toEqual({
    violations: 7,
    byFinding: [
      { finding: idOf(batch.key), requirement: stale.requirement, violations: 2 },
      { finding: idOf(stale.key), requirement: stale.requirement, violations: 3 },
    ],
    flaky: [{ requirement: rises, violations: 2 }],
    cutOff: 0,
  });
  const partly = folder();
  await merge(shard(1, 2, withLedger(events(batch), 2)), shard(2, 2, events(stale)), '--report-dir', partly);
  expect(summaryIn(partly).ledger).toBeUndefined();
});

test('what no shard exercised leaves the whole inconclusive', async () => {
  const thin = wholeRun({ statuses: { [rises]: 'not-exercised' } });
  const { code, out } = await merge(shard(1, 2, thin), shard(2, 2, thin), '--report-dir', folder());
  expect(code).toBe(3);
  expect(out).toContain(`never exercised: 1 requirement: ${rises}`);
});

test('the log of the whole is one that the other commands read', async () => {
  const [report, again] = [folder(), folder()];
  await merge(shard(1, 2, wholeRun()), shard(2, 2, wholeRun({ findings: [stale] })), '--report-dir', report);
  const io = { out: () => {}, err: () => {}, env: {}, outIsTerminal: false, errIsTerminal: false, columns: 100 };
  expect(await start(['report', report, '--report', 'json', '--report-dir', again], io)).toBe(0);
  expect(summaryIn(again)).toEqual(summaryIn(report));
});

const whole = wholeRun();
const other = (change: (event: Started) => object): (() => string[]) => {
  return () => [shard(1, 2, whole), shard(2, 2, whole, change)];
};

test.each<[string, () => string[], string]>([
  ['a missing shard', () => [shard(1, 3, whole), shard(3, 3, whole)], 'shard 2/3 is missing'],
  ['a shard that is there twice', () => [shard(1, 2, whole), shard(1, 2, whole)], 'shard 1/2 is there twice'],
  ['shards of other parts', () => [shard(1, 2, whole), shard(2, 3, whole)], 'different numbers of shards'],
  ['another seed', other(({ run }) => ({ run: { ...run, seed: 2 } })), 'different seeds'],
  ['another preset', other(({ run }) => ({ run: { ...run, preset: 'deep' } })), 'different presets'],
  ['another version', other(({ tool }) => ({ tool: { ...tool, version: '0.2.0' } })), 'different versions'],
  [
    'another target',
    other(({ target }) => ({ target: { ...target, endpointUrl: 'http://127.0.0.1:1' } })),
    'different targets',
  ],
  [
    'another selection',
    other(({ requirements }) => ({ requirements: requirements.slice(1) })),
    'different requirements',
  ],
  [
    'a target that chose otherwise',
    () => [
      shard(1, 2, whole),
      shard(2, 2, wholeRun({ choices: [{ id: 'list-count', option: 'all', aws: null, observations: 1 }] })),
    ],
    'list-count is page for one and all for another',
  ],
  ['a run that was cut off', () => [shard(1, 2, whole), shard(2, 2, whole.slice(0, -1))], 'the run was cut off'],
  ['what is no run', () => ['/nowhere'], '/nowhere'],
])('%s is a usage error, and nothing is written', async (_, runs, sentence) => {
  const report = join(folder(), 'report');
  const { code, err } = await merge(...runs(), '--report-dir', report);
  expect(code).toBe(64);
  expect(err).toContain(sentence);
  expect(existsSync(report)).toBe(false);
});

test('a run made without --shard is no part of one, and a shard is not overwritten by the whole', async () => {
  const unsharded = folder();
  writeFileSync(join(unsharded, 'events.ndjson'), whole.map((event) => `${JSON.stringify(event)}\n`).join(''));
  expect((await merge(unsharded)).err).toContain('made without --shard');
  const parts = [shard(1, 2, whole), shard(2, 2, whole)];
  expect(await merge(...parts, '--report-dir', parts[1]!)).toMatchObject({ code: 64 });
  expect(existsSync(join(parts[1]!, 'events.ndjson'))).toBe(true);
});
