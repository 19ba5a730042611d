import { join } from 'node:path';
import type { RunEvent } from '../../engine/interface/events.ts';
import type { RunContext, RunOptions } from '../../engine/interface/options.ts';
import { run } from '../../engine/run/run.ts';
import { createEventLog } from '../../reports/log/event-log.ts';
import { writeFinding } from '../../reports/log/finding-files.ts';
import { applyKnownFailures } from '../../reports/known-failures/apply.ts';
import { createSummary } from '../../reports/summary/summary.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import { catalogue } from '../../suites/catalogue.ts';
import { keepCorpus, readCorpus, replayCorpus } from './corpus.ts';
import { within, withCorpus, writeReplays } from './corpus-run.ts';
import { reportFiles, resultLocation } from './report-files.ts';
import { clearReportFolder } from './report-folder.ts';
import { readKnownFailures } from './read-known-failures.ts';
import { policy, runOptions } from '../settings/run-options.ts';
import type { ReportKind, Settings } from '../settings/settings.ts';
import { UsageError } from '../common/usage-error.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A run with all its settings read, so that nothing the caller got wrong is left to be found out after requests were sent. */
export interface PreparedRun {
  readonly options: RunOptions;
  /** Runs the whole catalogue and writes the files of the run as it goes, so that one cut short leaves what it saw. */
  report(context: RunContext, folder: string, watch?: (event: RunEvent) => void): Promise<Summary>;
}

/** Throws a UsageError for a setting that the caller must change. */
export function prepareRun(settings: Settings): PreparedRun {
  const options = runOptions(settings);
  const known = readKnownFailures(settings.knownFailures);
  const corpusOff = settings.noCorpus === true;
  if (corpusOff && settings.corpus !== undefined) throw new UsageError('--corpus and --no-corpus exclude each other.');
  return {
    options,
    async report(context, folder, watch = () => {}) {
      const tool = { name: 'cognito-sync-conformance', version: context.toolVersion };
      const kept = await replayCorpus(corpusOff ? [] : await readCorpus(folder, settings.corpus), options, context);
      if (!corpusOff && settings.corpus === undefined) await keepCorpus(folder, kept);
      clearReportFolder(folder);
      await writeReplays(folder, kept, context);
      const kinds = new Set<ReportKind>(['html', ...(settings.report ?? [])]);
      const files = await reportFiles([...kinds], folder, resultLocation(settings, process.env));
      const log = createEventLog(join(folder, 'events.ndjson'));
      const fold = createSummary();
      try {
        for await (const told of withCorpus(run(catalogue, within(options, kept), context), kept)) {
          const event = withoutSecrets(told, process.env);
          await log.write(event);
          for (const reader of [fold.event, files.event, watch]) reader(event);
          if (event.kind === 'finding') {
            await writeFinding(folder, event.finding, { tool, seed: event.finding.seed, target: context.info });
          }
        }
      } finally {
        await log.close();
      }
      const judged = fold.result(policy(settings));
      const ids = allRequirements.map(({ id }) => id);
      const summary = known === undefined ? judged : applyKnownFailures(judged, known, ids);
      await writeFileAtomic(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
      await files.write(summary);
      return summary;
    },
  };
}
