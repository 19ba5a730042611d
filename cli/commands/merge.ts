import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createEventLog } from '../../reports/log/event-log.ts';
import { writeFinding } from '../../reports/log/finding-files.ts';
import { applyKnownFailures } from '../../reports/known-failures/apply.ts';
import { mergedEvents, mismatch, readPart } from '../../reports/log/merge.ts';
import type { Part } from '../../reports/log/merge.ts';
import { createSummary } from '../../reports/summary/summary.ts';
import { renderText } from '../../reports/terminal/run-text.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import type { Action } from '../settings/command.ts';
import { reportFiles, resultLocation } from '../run/report-files.ts';
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

  const kinds = new Set<ReportKind>(['html', ...(settings.report ?? [])]);
  const files = await reportFiles([...kinds], folder, resultLocation(settings, terminal.env));
  const log = createEventLog(join(folder, 'events.ndjson'));
  const fold = createSummary();
  const { tool, target } = parts[0]!.started;
  try {
    for await (const event of mergedEvents(parts)) {
      await log.write(event);
      for (const reader of [fold.event, files.event]) reader(event);
      if (event.kind === 'finding')
        await writeFinding(folder, event.finding, { tool, seed: event.finding.seed, target });
    }
  } finally {
    await log.close();
  }
  const judged = fold.result(policy(settings));
  const ids = allRequirements.map(({ id }) => id);
  const summary = known === undefined ? judged : applyKnownFailures(judged, known, ids);
  const json = `${JSON.stringify(summary, null, 2)}\n`;
  await writeFileAtomic(join(folder, 'summary.json'), json);
  await files.write(summary);
  const { isColorSupported } = colors(terminal, settings.color);
  const options = { width: terminal.columns, color: isColorSupported, reportDir: folder };
  terminal.out(settings.output === 'json' ? json : renderText(summary, options));
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
