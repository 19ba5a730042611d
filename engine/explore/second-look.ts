import type { Plan } from '../interface/plan.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import type { Session } from '../session/session.ts';
import { rehearsal } from '../session/session.ts';
import { eachConcurrently } from '../traffic/each-concurrently.ts';
import { playNoted } from './play-noted.ts';
import { type Drawn, candidatesOf } from './steer.ts';

/** How often a requirement has to hold before it counts as judged. */
const holdsWanted = 3;
/** Sequences that are played for one requirement at most: what they do not show is out of reach. */
const triesEach = 8;
/** Drawn for each suite, to be rehearsed. */
const drawnEach = 40;

/**
 * Puts requirements to the test again that faults had hidden, now that the session judges by what is known of the server. Plays the
 * sequences that reach them, examples before drawn ones, `most` at most.
 */
export async function lookAgain(session: Session, plan: Plan, open: ReadonlySet<string>, most: number): Promise<void> {
  const held = new Map([...open].map((id) => [id, session.coverage.held(id)]));
  const tries = new Map<string, number>();
  const isWanted = (id: string): boolean =>
    open.has(id) && session.coverage.held(id) - (held.get(id) ?? 0) < holdsWanted && (tries.get(id) ?? 0) < triesEach;
  let played = 0;
  function* worthwhile(): Generator<Drawn> {
    for (const one of candidatesOf(session, plan, drawnEach)) {
      if (played >= most || session.stopped() !== null || ![...open].some(isWanted)) return;
      const reached = exercisedBy(session, one.sequence).filter(isWanted);
      if (reached.length === 0) continue;
      for (const id of reached) tries.set(id, (tries.get(id) ?? 0) + 1);
      played += 1;
      yield one;
    }
  }
  await eachConcurrently(session.options.concurrency, worthwhile(), async ({ suite, sequence }) => {
    await playNoted(session, suite, sequence);
  });
}

function exercisedBy(session: Session, sequence: Sequence): readonly string[] {
  return [
    ...new Set(
      rehearsal(session, sequence).flatMap(({ exercises }) => exercises.map(({ requirement }) => requirement)),
    ),
  ];
}
