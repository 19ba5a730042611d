import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSummary } from '../../reports/compare/read-run.ts';
import { parseKnownFailures } from '../../reports/known-failures/known-failures.ts';
import type { KnownFailuresFile } from '../../reports/known-failures/known-failures.ts';
import { emptyKnownFailures, pruneKnownFailures, updateKnownFailures } from '../../reports/known-failures/update.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { visible } from '../../reports/writing/visible.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import type { Action } from '../settings/command.ts';
import { suggest } from '../common/suggest.ts';
import { UsageError } from '../common/usage-error.ts';

const verbs = { update: updateKnownFailures, prune: pruneKnownFailures } as const;

/**
 * `baseline update` lists the failures of the last run as known, `baseline prune` takes out those that are gone. Both
 * write `--known-failures` (default known-failures.yaml) and keep everything a person wrote there.
 */
export const baseline: Action = async ({ words: [verb = ''], settings, terminal }) => {
  if (verb !== 'update' && verb !== 'prune') {
    throw new UsageError(
      `baseline: ${JSON.stringify(verb)} is neither update nor prune.${suggest(verb, Object.keys(verbs))}`,
    );
  }
  const { knownFailures: path = 'known-failures.yaml', reportDir = 'cognito-sync-conformance-report' } = settings;
  const summary = await readRun(reportDir);
  const { text, added, removed } = verbs[verb](readKnown(path, verb), summary);
  if (added.length + removed.length > 0) await writeFileAtomic(path, text);
  const lines = [...added.map((name) => `+ ${name}`), ...removed.map((name) => `- ${name}`)];
  terminal.out(
    `${lines.map((line) => `${visible(line)}\n`).join('')}${path}: ${added.length} added, ${removed.length} removed\n`,
  );
  return 0;
};

async function readRun(reportDir: string): Promise<Summary> {
  try {
    return await readSummary(join(reportDir, 'summary.json'));
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`baseline: ${message}. It reads the last run: run first, or name its --report-dir.`);
  }
}

function readKnown(path: string, verb: keyof typeof verbs): KnownFailuresFile {
  if (!existsSync(path)) {
    if (verb === 'update') return emptyKnownFailures();
    throw new UsageError(`--known-failures: ${path} does not exist, so nothing can be pruned.`);
  }
  try {
    return parseKnownFailures(readFileSync(path, 'utf8'), path);
  } catch (error) {
    throw new UsageError(`--known-failures: ${(error as Error).message}`);
  }
}
