import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { mergedEvents, mismatch, readPart } from '../../reports/log/merge.ts';
import type { Part } from '../../reports/log/merge.ts';
import { renderText } from '../../reports/terminal/run-text.ts';
import type { Action } from '../settings/command.ts';
import { foldRun, summaryText } from '../run/fold-run.ts';
import { resultLocation } from '../run/report-files.ts';
import { clearReportFolder, reportFolder } from '../run/report-folder.ts';
import { readKnownFailures } from '../run/read-known-failures.ts';
import { policy } from '../settings/run-options.ts';
import type { ReportKind } from '../settings/settings.ts';
import { colors } from '../settings/terminal.ts';
import { UsageError } from '../common/usage-error.ts';

/** `merge <run…>`: the shards of one run as the run that they are; writes its report and gives the exit code of its verdict. */
export const merge: Action = async ({ words, settings, terminal }) => {
  const known = readKnownFailures(settings.knownFailures);
  const parts = await readParts(words);
  const folder = reportFolder(settings.reportDir);
  if (parts.some(({ log }) => resolve(dirname(log)) === resolve(folder)))
    throw new UsageError(`merge: ${folder} holds a shard. Name another directory with --report-dir.`);
  clearReportFolder(folder);

  const { tool, target } = parts[0]!.started;
  const summary = await foldRun(mergedEvents(parts), {
    folder,
    kinds: [...new Set<ReportKind>(['html', ...(settings.report ?? [])])],
    location: resultLocation(settings, terminal.env),
    known,
    policy: policy(settings),
    record: { tool, target },
  });
  const { on: color } = colors(terminal, settings.color);
  const options = { width: terminal.columns, color, reportDir: folder };
  terminal.out(settings.output === 'json' ? summaryText(summary) : renderText(summary, options));
  return summary.exitCode;
};

async function readParts(runs: readonly string[]): Promise<readonly Part[]> {
  let problem: string | null;
  const parts: Part[] = [];
  try {
    for (const run of runs) {
      const isFolder = existsSync(run) && statSync(run).isDirectory();
      parts.push(await readPart(isFolder ? join(run, 'events.ndjson') : run));
    }
    problem = mismatch(parts);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== null) throw new UsageError(`merge: ${problem}.`);
  return parts;
}
