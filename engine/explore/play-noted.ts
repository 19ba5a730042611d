import type { Choices } from '../../specs/model/state/choices.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import { exercisesOf } from '../play/coverage.ts';
import type { Played } from '../play/played.ts';
import type { NotedPlay, Progress } from '../play/sightings.ts';
import { type Recording, rejudge } from '../play/rejudge.ts';
import type { Session } from '../session/session.ts';
import { type PlayResult, playFresh } from '../session/play-fresh.ts';

/** Plays one sequence and notes what it shows while it goes on. */

export async function playNoted(
  session: Session,
  suite: string,
  sequence: Sequence,
  choices?: Choices,
): Promise<PlayResult> {
  return session.crowd.undisturbed(async (last) => {
    const startedAt = session.context.now();
    const log = sequenceLog(session, sequence, choices !== undefined);
    const played: Played[] = [];
    const end = await playFresh(
      session,
      sequence,
      (one, serial) => {
        played.push(one);
        return log.note(one, serial);
      },
      { choices, last },
    );
    log.finish(suite, startedAt);
    // Without choices nothing can be said yet: such plays are noted when they are judged again.
    if (choices === undefined) session.recordings.note({ sequence, serial: end.serial, played });
    return { played, ...end };
  });
}
/** Notes what the last of these calls shows, and tells of failures that are new. */

export function noteSightings(session: Session, play: NotedPlay, progress: Progress, again = false): void {
  for (const { key, requirement } of session.sightings.note(play, progress, again)) {
    const at = session.context.now();
    session.emit({
      kind: 'sighting',
      at,
      key,
      requirement,
      sequence: progress.sequences - 1,
      requests: progress.requests,
    });
  }
}
/** What is wrong only by the rules of a server with faults counts for nothing: a hypothesis is no law. */
function wrongByService({ choicesByService: choices, isolation }: Session, play: Recording, seen: Played): Played {
  if (choices === null || seen.deviations.length === 0) return seen;
  const again = rejudge(play, { isolation, choices }).at(-1);
  const isWrong = again !== undefined && again.call === seen.call && again.deviations.length > 0;
  return isWrong ? seen : { ...seen, deviations: [] };
}

function sequenceLog(
  session: Session,
  sequence: Sequence,
  learning: boolean,
): {
  readonly note: (played: Played, serial: number) => boolean;
  readonly finish: (suite: string, startedAt: number) => void;
} {
  const index = session.progress.sequences++;
  const exercised: { [requirement: string]: number } = {};
  const failures = new Set<string>();
  const trail: Played[] = [];
  let requests = 0;
  return {
    note(seen, serial) {
      const played = wrongByService(session, { sequence, serial, played: [...trail, seen] }, seen);
      requests += played.exchanges.length;
      session.coverage.note(played);
      for (const { requirement } of exercisesOf(played)) exercised[requirement] = (exercised[requirement] ?? 0) + 1;
      trail.push(played);
      // What hangs on a choice that is not yet known is judged again when it is.
      if (!(learning && played.expected === 'any'))
        noteSightings(
          session,
          { sequence, serial, played: trail },
          { sequences: index + 1, requests: session.meter.requests },
        );
      if (played.deviations.length > 0)
        failures.add(
          `${played.deviations[0]?.suspects[0] ?? ''}|${played.operation}|${played.expected}|${played.actual}`,
        );
      return true;
    },
    finish(suite, startedAt) {
      const at = session.context.now();
      session.emit({
        kind: 'sequence-finished',
        at,
        index,
        suite,
        requests,
        ms: at - startedAt,
        exercised,
        failures: [...failures],
      });
    },
  };
}
