import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSummary } from '../../reports/compare/read-run.ts';
import { readEvents } from '../../reports/log/event-log.ts';
import type { Policy } from '../../reports/summary/verdict.ts';
import type { ExcusedSummary } from '../../reports/known-failures/apply.ts';
import { applyKnownFailures } from '../../reports/known-failures/apply.ts';
import { createSummary } from '../../reports/summary/summary.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import type { Action } from '../settings/command.ts';
import { reportFiles, resultLocation } from '../run/report-files.ts';
import { readKnownFailures } from '../run/read-known-failures.ts';
import { policy } from '../settings/run-options.ts';
import type { Settings } from '../settings/settings.ts';
import { UsageError } from '../common/usage-error.ts';

/**
 * `report <run>`: makes the reports of a run again from its events.ndjson, offline. A flag given
 * now beats the policy that the run was judged by; the exit code only says whether the files were written.
 */
export const report: Action = async ({ words: [run = ''], settings, terminal }) => {
  const log = existsSync(run) && statSync(run).isDirectory() ? join(run, 'events.ndjson') : run;
  const folder = settings.reportDir ?? dirname(log);
  const known = readKnownFailures(settings.knownFailures);
  const kinds = settings.report ?? ['html'];
  const fold = createSummary();
  const files = await reportFiles(kinds, folder, resultLocation(settings, terminal.env));
  let judged: Summary;
  try {
    for await (const event of readEvents(log)) {
      fold.event(event);
      files.event(event);
    }
    judged = fold.result(await policyOf(settings, dirname(log)));
  } catch (error) {
    throw new UsageError(`report: ${error instanceof Error ? error.message : String(error)}`);
  }
  const ids = allRequirements.map(({ id }) => id);
  const summary: Summary | ExcusedSummary = known === undefined ? judged : applyKnownFailures(judged, known, ids);
  if (kinds.includes('json'))
    await writeFileAtomic(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  await files.write(summary);
  terminal.err(`${kinds.join(', ')} written to ${folder}/ (${summary.verdict}: ${summary.exitReason})\n`);
  return 0;
};

/** What the run was judged by, as its summary.json has it, unless a flag says otherwise. */
async function policyOf(settings: Settings, directory: string): Promise<Policy> {
  const file = join(directory, 'summary.json');
  const stored = existsSync(file) ? (await readSummary(file)).policy : undefined;
  const { failOn, matchAws } = settings;
  return {
    ...(stored ?? policy(settings)),
    ...(failOn === undefined ? {} : { failOn }),
    ...(matchAws === undefined ? {} : { matchAws }),
  };
}
