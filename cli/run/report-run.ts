import type { RunEvent } from '../../engine/interface/events.ts';
import type { RunContext, RunOptions } from '../../engine/interface/options.ts';
import { run } from '../../engine/run/run.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { catalogue } from '../../suites/catalogue.ts';
import { keepCorpus, readCorpus, replayCorpus } from './corpus.ts';
import { within, withCorpus, writeReplays } from './corpus-run.ts';
import { wordHints } from '../common/say-hint.ts';
import { foldRun } from './fold-run.ts';
import { resultLocation } from './report-files.ts';
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
      const told = withCorpus(run(catalogue, within(options, kept), context), kept);
      return foldRun(fitToShow(told), {
        folder,
        kinds: [...new Set<ReportKind>(['html', ...(settings.report ?? [])])],
        location: resultLocation(settings, process.env),
        known,
        policy: policy(settings),
        record: { tool, target: context.info },
        watch,
      });
    },
  };
}

/** The events with their hints in terms of this command line, and without secrets. */
async function* fitToShow(events: AsyncIterable<RunEvent>): AsyncIterable<RunEvent> {
  for await (const event of events) yield withoutSecrets(wordHints(event), process.env);
}
