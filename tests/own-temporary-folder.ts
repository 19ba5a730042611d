import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the tests and the programs they start a folder for temporary files of their own, and removes it with all they left. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cognito-sync-conformance-tests-'));
  process.env['TMPDIR'] = folder;
  process.env['TEMP'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
