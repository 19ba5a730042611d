import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareRun } from '../cli/run/report-run.ts';
import type { Settings } from '../cli/settings/settings.ts';
import { reportFolder } from '../cli/run/report-folder.ts';
import { compareRuns } from '../reports/compare/compare.ts';
import { readRun } from '../reports/compare/read-run.ts';
import type { Summary } from '../reports/summary/summary.ts';
import type { Target } from '../specs/types/wire.ts';
import { deafTarget, embeddedTarget, stoppedClock } from './fixtures/embedded-run.ts';

const settings: Settings = { seed: 3, runs: 1, requirements: ['conflict/stale-refused'] };

let runs = 0;

/** A small run against the embedded endpoint, with a fault if one is named. */
async function judge(
  folder: string,
  fault?: string,
  more: Settings = {},
  target?: Target,
  embedded = false,
): Promise<Summary> {
  const clock = stoppedClock();
  runs += 1;
  return prepareRun({ ...settings, ...more }).report(
    {
      target: target ?? embeddedTarget(clock, {}, fault),
      info: { endpointUrl: 'http://127.0.0.1:1', region: 'us-east-1', embedded },
      toolVersion: '0.0.0',
      runId: `c0ffee${String(runs).padStart(2, '0')}`,
      now: clock.now,
      sleep: clock.sleep,
      ledger: { planned: () => Promise.resolve(), deleted: () => Promise.resolve() },
    },
    reportFolder(folder),
  );
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'corpus-'));
const keys = ({ findings }: Summary): readonly string[] => findings.map(({ key }) => key);

test('the findings of the last run are run again first: FAILED, then FIXED, then forgotten', async () => {
  const directory = folder();
  const first = await judge(directory, 'last-write-wins');
  expect(first.replays).toBeUndefined();
  expect(first.findings).toHaveLength(1);

  const again = await judge(directory, 'last-write-wins');
  expect(again.replays).toMatchObject([{ id: 'F-0001', verdict: 'FAILED', key: keys(first)[0] }]);
  // The same seed has the same findings, whatever was replayed before, and none is told twice.
  expect(keys(again)).toEqual(keys(first));
  expect(again.traffic.sequences).toBe(first.traffic.sequences);
  // What was replayed left pools behind, so the listings of pools have more pages.
  expect(again.traffic.requests).toBeGreaterThanOrEqual(first.traffic.requests + again.replays![0]!.requests);

  const mended = await judge(directory);
  expect(mended.replays).toMatchObject([{ verdict: 'FIXED', moved: { is: '409 ResourceConflictException' } }]);
  expect(mended.exitCode).toBe(0);
  expect((await judge(directory)).replays).toBeUndefined();
  expect(existsSync(join(directory, 'corpus'))).toBe(false);
}, 60_000);

test('what the embedded endpoint does says nothing about the findings of another server', async () => {
  const directory = folder();
  const [key] = keys(await judge(directory, 'last-write-wins'));
  expect((await judge(directory, undefined, {}, undefined, true)).replays).toBeUndefined();
  expect((await judge(directory, 'last-write-wins')).replays).toMatchObject([{ verdict: 'FAILED', key }]);
}, 60_000);

test('an earlier counterexample that fails breaks a run which would not have met it', async () => {
  const source = folder();
  const { findings } = await judge(source, 'last-write-wins');
  const [stale] = findings;
  const requests = (await judge(folder(), 'last-write-wins', { corpus: source })).replays![0]!.requests;
  // Once the replay is over, hardly a request is left.
  const unlucky = await judge(folder(), 'last-write-wins', { corpus: source, maxRequests: requests + 5 });
  expect(unlucky.replays).toMatchObject([{ verdict: 'FAILED' }]);
  expect(unlucky.findings).toMatchObject([{ reproduced: { attempts: 1, failures: 1 } }]);
  expect(unlucky.exitCode).toBe(1);
  expect(unlucky.requirements).toContainEqual(
    expect.objectContaining({ id: stale!.requirement, status: 'fail', findings: ['F-0001'] }),
  );
  // A corpus that was named stays as it is.
  expect(readdirSync(join(source, 'findings'))).toContain('F-0001.json');
}, 60_000);

test('compare says fixed of what ran again and passed', async () => {
  const [before, after] = [folder(), folder()];
  await judge(before, 'last-write-wins');
  await judge(after, undefined, { corpus: join(before, 'findings') });
  const { changes } = compareRuns(await readRun(before), await readRun(after));
  expect(changes).toContainEqual(
    expect.objectContaining({
      kind: 'fixed',
      subject: 'conflict/stale-refused',
      detail: 'F-0001 ran again and passed',
    }),
  );
}, 60_000);

test('--no-corpus leaves the findings of earlier runs alone, and a corpus that does not exist is a usage error', async () => {
  const directory = folder();
  await judge(directory, 'last-write-wins');
  expect((await judge(directory, undefined, { noCorpus: true })).replays).toBeUndefined();
  await expect(judge(directory, undefined, { corpus: '/nowhere' })).rejects.toThrow('no directory /nowhere');
  expect(() => prepareRun({ corpus: directory, noCorpus: true })).toThrow('exclude each other');
}, 60_000);

test('what was not run again is kept for the next run, though the report directory is cleared', async () => {
  const directory = folder();
  const [finding] = (await judge(directory, 'last-write-wins')).findings;
  const other = await judge(directory, undefined, { requirements: ['wire'] });
  expect(other.replays).toBeUndefined();
  const [kept] = readdirSync(join(directory, 'corpus'));
  const text = readFileSync(join(directory, 'corpus', kept!), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ finding: { key: finding!.key } });
  expect((await judge(directory)).replays).toMatchObject([{ verdict: 'FIXED' }]);
}, 60_000);

test('a target that is not there costs no finding', async () => {
  const directory = folder();
  const [finding] = (await judge(directory, 'last-write-wins')).findings;
  const refused = { kind: 'failure', reason: 'unreachable', detail: 'nobody listens', ms: 0 } as const;
  const away = await judge(directory, undefined, {}, deafTarget(refused));
  expect(away).toMatchObject({ verdict: 'not-judged', findings: [] });
  expect(away.replays).toBeUndefined();
  expect((await judge(directory)).replays).toMatchObject([{ key: finding!.key, verdict: 'FIXED' }]);
}, 60_000);
