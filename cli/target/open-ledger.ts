import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileLedger, readLedger } from './ledger.ts';
import type { FileLedger } from './ledger.ts';
import { UsageError } from '../common/usage-error.ts';

/** The ledger of a report directory; what earlier runs left undeleted stays in it. */
export async function openLedger(folder: string, runId: string): Promise<FileLedger> {
  const path = join(folder, 'ledger.json');
  if (!existsSync(path)) return fileLedger(path, runId);
  try {
    const { entries, pools } = await readLedger(path);
    return fileLedger(path, runId, {
      entries: entries.filter(({ state }) => state === 'planned'),
      pools: pools.filter(({ state }) => state === 'planned'),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--report-dir: ${path} cannot be read as a ledger (${reason}). Move it away.`);
  }
}
