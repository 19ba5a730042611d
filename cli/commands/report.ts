import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunEvent } from '../../engine/interface/events.ts';
import { readSummary } from '../../reports/compare/read-run.ts';
import { readEvents } from '../../reports/log/event-log.ts';
import type { Policy } from '../../reports/summary/verdict.ts';
import type { Action } from '../settings/command.ts';
import { foldRun } from '../run/fold-run.ts';
import { resultLocation } from '../run/report-files.ts';
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
  const summary = await foldRun(readable(log), {
    folder,
    kinds,
    location: resultLocation(settings, terminal.env),
    known,
    policy: await policyOf(settings, dirname(log)),
  });
  terminal.err(`${kinds.join(', ')} written to ${folder}/ (${summary.verdict}: ${summary.exitReason})\n`);
  return 0;
};

async function* readable(log: string): AsyncIterable<RunEvent> {
  try {
    yield* readEvents(log);
  } catch (error) {
    throw usageError(error);
  }
}

function usageError(error: unknown): UsageError {
  return new UsageError(`report: ${error instanceof Error ? error.message : String(error)}`);
}

/** What the run was judged by, as its summary.json has it, unless a flag says otherwise. */
async function policyOf(settings: Settings, directory: string): Promise<Policy> {
  const file = join(directory, 'summary.json');
  const stored = existsSync(file)
    ? await readSummary(file).catch((error: unknown) => {
        throw usageError(error);
      })
    : undefined;
  const { failOn, matchAws } = settings;
  return {
    ...(stored?.policy ?? policy(settings)),
    ...(failOn === undefined ? {} : { failOn }),
    ...(matchAws === undefined ? {} : { matchAws }),
  };
}
