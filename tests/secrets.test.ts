import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareRun } from '../cli/run/report-run.ts';
import { reportFolder } from '../cli/run/report-folder.ts';
import { withoutSecrets } from '../cli/run/without-secrets.ts';
import type { Target } from '../specs/types/wire.ts';
import { embeddedTarget, stoppedClock } from './fixtures/embedded-run.ts';

/** Every file of a folder, with its content. */
function files(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [[path, readFileSync(path, 'utf8')] as const];
  });
}

test('no session token reaches a file of the report in full', async () => {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock, {}, 'last-write-wins');
  const tokens = new Set<string>();
  const target: Target = {
    ...inner,
    async send(request, signal) {
      const reply = await inner.send(request, signal);
      const token = reply.kind === 'response' ? /"SyncSessionToken":"([^"]+)"/.exec(reply.body)?.[1] : undefined;
      if (token !== undefined) tokens.add(token);
      return reply;
    },
  };
  const folder = reportFolder(mkdtempSync(join(tmpdir(), 'secrets-')));
  const summary = await prepareRun({
    seed: 3,
    runs: 1,
    requirements: ['conflict/*'],
    report: ['json', 'junit', 'html', 'md', 'har', 'sarif'],
  }).report(
    {
      target,
      info: { endpointUrl: 'http://127.0.0.1:1', region: 'us-east-1', embedded: false },
      toolVersion: '0.0.0',
      runId: 'c0ffee01',
      now: clock.now,
      sleep: clock.sleep,
      ledger: { planned: () => Promise.resolve(), deleted: () => Promise.resolve() },
    },
    folder,
  );
  expect(summary.findings.length).toBeGreaterThan(0);
  expect(tokens.size).toBeGreaterThan(50);
  const leaks = files(folder).filter(([, content]) => [...tokens].some((token) => content.includes(token)));
  expect(leaks.map(([path]) => path)).toEqual([]);
}, 60_000);

test('credentials of the environment are taken out of what a target says', () => {
  const event = { kind: 'note', at: 0, level: 'info', text: 'you sent hunter2-hunter2-hunter2' } as const;
  const shown = withoutSecrets(event, { AWS_SECRET_ACCESS_KEY: 'hunter2-hunter2-hunter2' });
  expect(JSON.stringify(shown)).not.toContain('hunter2');
});
