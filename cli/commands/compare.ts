import { join } from 'node:path';
import { compareRuns } from '../../reports/compare/compare.ts';
import type { Comparison, RunRecord } from '../../reports/compare/run-record.ts';
import { readRun } from '../../reports/compare/read-run.ts';
import { comparisonMarkdown, comparisonText } from '../../reports/compare/text.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import type { Action } from '../settings/command.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { reportFolder } from '../run/report-folder.ts';
import type { ReportKind, Settings } from '../settings/settings.ts';
import { appendStepSummary } from '../run/step-summary.ts';
import { UsageError } from '../common/usage-error.ts';

/** `compare <old> <new>`: what changed between two runs; ends with 1 on a regression. */
export const compare: Action = async ({ words: [before = '', after = ''], settings, terminal }) => {
  const comparison = compareRuns(await readOne(before), await readOne(after));
  await writeFiles(comparison, settings);
  const json = settings.output === 'json';
  terminal.out(json ? `${JSON.stringify(comparison, null, 2)}\n` : comparisonText(comparison));
  await appendStepSummary(() => comparisonMarkdown(comparison), terminal.env);
  return comparison.regression ? exitCodes.failed : exitCodes.ok;
};

async function readOne(path: string): Promise<RunRecord> {
  try {
    return await readRun(path);
  } catch (error) {
    throw new UsageError(`compare: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function writeFiles(comparison: Comparison, { report = [], reportDir }: Settings): Promise<void> {
  if (report.length === 0) return;
  const files = await Promise.all(report.map((kind) => contentOf(kind, comparison)));
  const folder = reportFolder(reportDir);
  for (const { name, content } of files) await writeFileAtomic(join(folder, name), content);
}

async function contentOf(kind: ReportKind, comparison: Comparison): Promise<{ name: string; content: string }> {
  switch (kind) {
    case 'json':
      return { name: 'comparison.json', content: `${JSON.stringify(comparison, null, 2)}\n` };
    case 'md':
      return { name: 'comparison.md', content: comparisonMarkdown(comparison) };
    case 'html': {
      const { comparisonHtml } = await import('../../reports/html/comparison.ts');
      return { name: 'comparison.html', content: comparisonHtml(comparison) };
    }
    default:
      throw new UsageError(`--report: compare writes json, md and html, not ${kind}.`);
  }
}
