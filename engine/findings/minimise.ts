import { allRequirements } from '../../specs/model/state/consistency.ts';
import { type Sequence, isRace } from '../../specs/types/sequence.ts';
import { confirm } from './confirm.ts';
import type { Confirmed } from './minimum.ts';
import { heldOften } from './attribute.ts';
import type { Played } from '../play/played.ts';
import { shrinkRace, untilItFails } from '../shrink/shrink-race.ts';
import { type Session, rehearsal } from '../session/session.ts';
import { shrink } from '../shrink/shrink.ts';
import type { Sighting } from '../play/sightings.ts';
import { eachConcurrently } from '../traffic/each-concurrently.ts';

/** Requests that shrinking may cost: of one failure, and of all of a run. What is not shrunk by then is reported as it was recorded. */
const shrinkRequests = {
  smoke: { each: 300, all: 6_000 },
  ci: { each: 1_500, all: 40_000 },
  deep: { each: 20_000, all: 1_000_000 },
} as const;

export interface Minimised {
  readonly minima: readonly Confirmed[];
  readonly requests: number;
  /** Failures that the budget did not reach: they are reported as recorded. */
  readonly notShrunk: number;
}

/** Shrinks and confirms every failure that was seen, within the budget one of each requirement before a second one of any. */
export async function minimise(
  session: Session,
  sightings: readonly Sighting[],
  attempt: (sequence: Sequence) => Promise<readonly Played[] | null>,
): Promise<Minimised> {
  const { options } = session;
  const budget = shrinkRequests[options.preset];
  const cleared = clearedBy(session);
  const minima: Confirmed[] = [];
  let requests = 0;
  let notShrunk = 0;
  await eachConcurrently(options.concurrency, breadthFirst(sightings), async (sighting) => {
    if (requests >= budget.all) {
      notShrunk += 1;
      minima.push(unconfirmed(sighting));
      return;
    }
    const tools = {
      attempt,
      rehearse: (sequence: Sequence) => rehearsal(session, sequence),
      maxRequests: options.shrink ? Math.min(budget.each, budget.all - requests) : 0,
    };
    let last: Confirmed = unconfirmed(sighting);
    for (const seen of [sighting.best, ...sighting.others]) {
      const example = { ...seen, failure: { ...seen.failure, cleared } };
      const race = isRace(example.sequence);
      const again = race ? untilItFails(attempt, example.failure) : attempt;
      const shrunk = await (race
        ? shrinkRace(example, { ...tools, attempt: again }, session.choices)
        : shrink(example, tools));
      requests += shrunk.requests;
      const one = await confirm(shrunk, sighting, again);
      if (one === null) break;
      last = one.failures === 0 ? { ...one, played: shrunk.recorded ?? one.played } : one;
      // A failure that hung on what other calls had done may show again from another example.
      if (one.failures > 0) break;
    }
    minima.push(last);
  });
  return { minima, requests, notShrunk };
}

/** One of each requirement before a second one of any; else the order stays. */
function breadthFirst(sightings: readonly Sighting[]): readonly Sighting[] {
  const seen = new Map<string, number>();
  const rounds = sightings.map((sighting) => {
    const { requirement } = sighting.best.failure;
    const round = seen.get(requirement) ?? 0;
    seen.set(requirement, round + 1);
    return { sighting, round };
  });
  return rounds.toSorted((a, b) => a.round - b.round).map(({ sighting }) => sighting);
}

/** The requirements that nothing was blamed on and that held whenever they were put to the test, several times. */
function clearedBy({ sightings, coverage }: Session): ReadonlySet<string> {
  const blamed = new Set([...sightings.all().values()].flatMap(({ best }) => best.failure.suspects.slice(0, 1)));
  return new Set(allRequirements.map(({ id }) => id).filter((id) => !blamed.has(id) && coverage.held(id) >= heldOften));
}

/** A failure that there was no time to play again: reported as it was met. */
export function unconfirmed(sighting: Sighting): Confirmed {
  const { best } = sighting;
  const shrunk = { ...best, requests: 0 };
  return {
    shrunk,
    sighting,
    fromSteps: best.failure.calls,
    attempts: 0,
    failures: 0,
    played: best.played.at(-1)?.race?.all ?? best.played,
    doesNotMatter: [],
  };
}
