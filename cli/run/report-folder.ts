import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../common/usage-error.ts';

const ofARun =
  /^(summary\.json|events\.ndjson|replay\.json|junit\.xml|report\.html|summary\.md|traffic\.har|results\.sarif)$/;
const ofAFinding = /^F-\d{4,}\..+$/;

/** Makes the report directory and gives its path as it was named; throws a UsageError when it cannot be written. */
export function reportFolder(path = 'cognito-sync-conformance-report'): string {
  try {
    mkdirSync(join(path, 'findings'), { recursive: true });
    accessSync(path, constants.W_OK);
    accessSync(join(path, 'findings'), constants.W_OK);
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw new UsageError(`--report-dir: cannot write to ${path} (${code}). Name a directory that can be written.`);
  }
  return path;
}

/** Takes out what an earlier run left, lest the two are mixed up. Its ledger stays: it may name data to be deleted. */
export function clearReportFolder(path: string): void {
  clear(path, ofARun);
  clear(join(path, 'findings'), ofAFinding);
}

function clear(directory: string, ours: RegExp): void {
  for (const name of readdirSync(directory).filter((entry) => ours.test(entry))) rmSync(join(directory, name));
}
