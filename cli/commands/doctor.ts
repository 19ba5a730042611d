import { randomBytes } from 'node:crypto';
import type { Action } from '../settings/command.ts';
import { examine } from '../doctor/examine.ts';
import { sayDiagnosis } from '../doctor/say.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { interruptible } from '../common/interrupts.ts';
import { openTarget, openVariants } from '../target/target.ts';

/** `doctor`: what a server is like, and how to judge it. Exit 0 when a run is possible, else 4. */
export const doctor: Action = ({ settings, terminal }) =>
  interruptible(
    () => {},
    async (signal) => {
      const { info, close } = await openTarget(settings, terminal, signal);
      try {
        const variants = await openVariants(settings, info, terminal);
        const asking = { info, runId: randomBytes(4).toString('hex'), now: Date.now, signal };
        const diagnosis = await examine(settings, variants, asking);
        await variants.close();
        if (signal.aborted) return exitCodes.interrupted;
        const json = settings.output === 'json';
        terminal.out(json ? `${JSON.stringify(diagnosis, null, 2)}\n` : sayDiagnosis(diagnosis));
        return diagnosis.problem === null ? exitCodes.ok : exitCodes.notJudged;
      } finally {
        await close();
      }
    },
  );
