import { readFileSync } from 'node:fs';
import { parseKnownFailures } from '../../reports/known-failures/known-failures.ts';
import type { KnownFailure } from '../../reports/known-failures/known-failures.ts';
import { UsageError } from '../common/usage-error.ts';

/** The entries of the file that `--known-failures` names; throws a UsageError that says where it is wrong. */
export function readKnownFailures(file: string | undefined): readonly KnownFailure[] | undefined {
  if (file === undefined) return undefined;
  try {
    return parseKnownFailures(readFileSync(file, 'utf8'), file).entries;
  } catch (error) {
    throw new UsageError(`--known-failures: ${error instanceof Error ? error.message : String(error)}`);
  }
}
