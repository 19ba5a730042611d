import type { Plan } from '../interface/plan.ts';
import type { Session } from '../session/session.ts';
import { isCrowded } from '../session/play-fresh.ts';
import { eachConcurrently } from '../traffic/each-concurrently.ts';
import { steer } from './steer.ts';
import { playNoted } from './play-noted.ts';

/** When a run has explored enough. */
export interface Enough {
  readonly played: (sequences: number) => boolean;
  /** From here on only examples that reach what nothing has reached yet are worth a slow target's time. */
  readonly late: () => boolean;
}

/** Plays the written examples and then random sequences until the budget is used. */
export async function explore(session: Session, plan: Plan, enough: Enough): Promise<void> {
  let count = 0;
  const over = (): boolean => session.stopped() !== null || enough.played(count);
  // Where room is all there is, it is for what nothing else has shown.
  const drawn = steer(session, plan, over, () => enough.late() || isCrowded(session));
  await eachConcurrently(session.options.concurrency, drawn, async ({ suite, sequence }) => {
    count += 1;
    await playNoted(session, suite, sequence);
  });
}
