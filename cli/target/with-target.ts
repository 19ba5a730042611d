import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunContext } from '../../engine/interface/options.ts';
import { interruptible } from '../common/interrupts.ts';
import { openLedger } from './open-ledger.ts';
import type { Settings } from '../settings/settings.ts';
import { openTarget } from './target.ts';
import type { Terminal } from '../settings/terminal.ts';
import { toolVersion } from '../common/version.ts';

/** Does the work with an open target and a ledger in the report folder, and closes both however it ends. */
export function withTarget<T>(
  { settings, terminal, folder }: { settings: Settings; terminal: Terminal; folder: string },
  work: (context: RunContext & { readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const notice = (): void =>
    terminal.err('Stopping: deleting test data. Press Ctrl-C again to exit without clean-up.\n');
  return interruptible(notice, async (signal) => {
    const runId = randomBytes(4).toString('hex');
    const ledger = await openLedger(folder, runId);
    const { target, info, close } = await openTarget(settings, terminal, signal);
    try {
      return await work({
        target,
        info,
        toolVersion: toolVersion(),
        runId,
        now: Date.now,
        sleep: (ms) => delay(ms),
        signal,
        ledger,
      });
    } finally {
      await close();
      await ledger.flush();
    }
  });
}
