import type { LedgerEntry } from '../interface/options.ts';
import { httpCall } from '../exchange/call.ts';
import type { Session } from './session.ts';

/** Deletes what plays left, once it is more than `most`. Nothing may remain when the run ends. */

export async function sweep(session: Session, most = 0): Promise<void> {
  if (session.leftovers.length > most) await cleanUp(session, session.leftovers.splice(0));
}
/** Deletes by exact name. Goes on when the run was stopped: nothing may be left behind. */

async function cleanUp(session: Session, entries: readonly LedgerEntry[]): Promise<void> {
  if (session.unsupported.has('DeleteDataset')) return;
  const gone: LedgerEntry[] = [];
  const { send } = session.turns.play(session.crowd.sendSurely(session.meter.sendAnyway));
  for (const entry of entries) {
    // What is not there any more deletes nothing; the ledger keeps it.
    if (session.meter.gone !== null) break;
    const input = {
      IdentityPoolId: entry.identityPoolId,
      IdentityId: entry.identityId,
      DatasetName: entry.datasetName,
    };
    const reply = await send(httpCall('DeleteDataset', input));
    if (reply.kind === 'response' && (reply.status < 300 || reply.status === 404)) gone.push(entry);
  }
  if (gone.length > 0) await session.context.ledger.deleted(gone);
}
export function entryKey(entry: LedgerEntry): string {
  return JSON.stringify([entry.identityPoolId, entry.identityId, entry.datasetName]);
}
/** Datasets that may wait for their deletion. */

export const mostLeftovers = 128;
