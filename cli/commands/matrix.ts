import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { readSummary } from '../../reports/compare/read-run.ts';
import { matrixOf } from '../../reports/matrix/matrix.ts';
import type { Matrix } from '../../reports/matrix/matrix.ts';
import { matrixMarkdown, matrixText } from '../../reports/matrix/text.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import type { Action } from '../settings/command.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { reportFolder } from '../run/report-folder.ts';
import type { ReportKind } from '../settings/settings.ts';
import { appendStepSummary } from '../run/step-summary.ts';
import { UsageError } from '../common/usage-error.ts';

/** `matrix <run…>`: several targets side by side. It compares and does not judge: the exit code is 0. */
export const matrix: Action = async ({ words, settings: { output, report = [], reportDir }, terminal }) => {
  const summaries = await Promise.all(words.map(readOne));
  const names = namesOf(words);
  const sides = matrixOf(summaries.map((summary, index) => ({ name: names[index] ?? '', summary })));
  const files = await Promise.all(report.map((kind) => contentOf(kind, sides)));
  const folder = files.length === 0 ? '' : reportFolder(reportDir);
  for (const { name, content } of files) await writeFileAtomic(join(folder, name), content);
  terminal.out(output === 'json' ? `${JSON.stringify(sides, null, 2)}\n` : matrixText(sides));
  await appendStepSummary(() => matrixMarkdown(sides), terminal.env);
  return exitCodes.ok;
};

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** Whoever runs the suite against several targets names their report directories: as much of a path as tells them apart. */
function namesOf(paths: readonly string[]): readonly string[] {
  const parts = paths.map((path) => resolve(isFolder(path) ? path : dirname(path)).split(sep));
  const longest = Math.max(...parts.map((part) => part.length));
  for (let count = 1; count < longest; count += 1) {
    const names = parts.map((part) => part.slice(-count).join('/'));
    if (new Set(names).size === names.length) return names;
  }
  return parts.map((part) => part.join('/'));
}

async function readOne(path: string): Promise<Summary> {
  try {
    return await readSummary(isFolder(path) ? join(path, 'summary.json') : path);
  } catch (error) {
    throw new UsageError(`matrix: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function contentOf(kind: ReportKind, sides: Matrix): Promise<{ name: string; content: string }> {
  switch (kind) {
    case 'json':
      return { name: 'matrix.json', content: `${JSON.stringify(sides, null, 2)}\n` };
    case 'md':
      return { name: 'matrix.md', content: matrixMarkdown(sides) };
    case 'html': {
      const { matrixHtml } = await import('../../reports/html/matrix.ts');
      return { name: 'matrix.html', content: matrixHtml(sides) };
    }
    default:
      throw new UsageError(`--report: matrix writes json, md and html, not ${kind}.`);
  }
}
