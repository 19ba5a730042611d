import { beforeAll, describe, test } from 'vitest';
import type { RequirementResult } from '../engine/interface/events.ts';
import { counterexample } from '../reports/terminal/counterexample.ts';
import { failsAt } from '../reports/summary/verdict.ts';
import { standing } from '../reports/known-failures/finding-status.ts';
import type { Summary } from '../reports/summary/summary.ts';
import { reportFolder } from './run/report-folder.ts';
import { prepareRun } from './run/report-run.ts';
import type { Settings } from './settings/settings.ts';
import { processTerminal } from './settings/terminal.ts';
import { withTarget } from './target/with-target.ts';

/** The settings of `cognito-sync-conformance run`, by the names of its flags in camel case. Durations in seconds. */
export type ConformanceOptions = Omit<
  Settings,
  'output' | 'color' | 'quiet' | 'verbose' | 'noProgress' | 'debug' | 'config' | 'port' | 'choice' | 'mutant'
> & {
  /** How long the whole run may take before vitest gives it up. Default 600. */
  readonly patience?: number;
};

/**
 * Registers one test per requirement. The run takes place once, before the first of them, and writes the same files as
 * the command; a test fails with the counterexample, and is skipped with the reason where nothing was judged.
 */
export function conformance(options: ConformanceOptions = {}): void {
  const prepared = prepareRun(options);
  describe(`Cognito Sync at ${options.endpointUrl ?? 'the embedded endpoint'}`, () => {
    let summary: Summary;
    const folder = reportFolder(options.reportDir);

    beforeAll(
      async () => {
        summary = await withTarget({ settings: options, terminal: processTerminal(), folder }, (context) =>
          prepared.report(context, folder),
        );
        if (summary.verdict === 'not-judged') throw new Error(summary.exitReason);
      },
      (options.patience ?? 600) * 1000,
    );

    test.for(prepared.options.requirements)('%s', (id, { skip }) => {
      const result = summary.requirements.find((candidate) => candidate.id === id);
      if (result === undefined) throw new Error('the run ended before it was judged');
      const { status, reason } = result;
      const broken = status === 'fail' || status === 'flaky' || status === 'harness-error';
      if (broken && failsAt(result.level, summary.policy.failOn)) throw new Failure(explain(result, summary, folder));
      if (status !== 'pass') skip(broken ? `a warning at this level: ${result.title}` : (reason ?? status));
    });

    test('the run as a whole', () => {
      if (summary.exitCode !== 0) throw new Failure(summary.exitReason);
    });
  });
}

/** Its message is all there is to see: the stack would lead into this file. */
class Failure extends Error {
  override readonly name = 'Nonconformance';
  override readonly stack = '';
}

function explain(result: RequirementResult, summary: Summary, folder: string): string {
  const shown = summary.findings
    .filter(({ id, requirement }) => requirement === result.id || result.findings.includes(id))
    .map((finding) =>
      counterexample(finding, {
        width: 100,
        color: false,
        reportDir: folder,
        target: summary.target,
        standing: standing(finding, summary),
      }),
    );
  return [result.title, ...shown, ...(result.reason === undefined ? [] : [result.reason])].join('\n\n');
}
