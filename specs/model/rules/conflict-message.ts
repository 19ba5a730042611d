import type { Deviation } from '../state/deviation.ts';
import type { Disposition } from '../state/disposition.ts';

/** Checks `Current SyncCount for: <key> is: <n> not: <m>` (S-02) against the stale patches, any of which may be named. */
export function conflictMessage(
  conflicts: readonly Disposition[],
  batch: readonly Disposition[],
): (text: string | null) => readonly Deviation[] {
  const names = (one: Disposition, text: string): boolean =>
    text.includes(one.patch.key) &&
    text.includes(String(one.record?.count ?? 0)) &&
    text.includes(String(one.patch.count));
  return (text) => {
    if (text !== null && conflicts.some((one) => names(one, text))) return [];
    // Which of several patches a server stumbles over first is its own affair.
    if (text !== null && batch.length > 1 && batch.some((one) => text.includes(one.patch.key))) return [];
    const one = conflicts[0];
    const expected = `a message with the key ${one?.patch.key ?? ''}, the server's count ${one?.record?.count ?? 0} and the sent count ${one?.patch.count ?? 0}`;
    return [{ pointer: '/message', expected, actual: text ?? 'no message', suspects: ['conflict/message'] }];
  };
}
