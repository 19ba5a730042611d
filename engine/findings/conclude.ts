import { answerClass } from '../../specs/types/answer.ts';
import { allRequirements, requirementOf } from '../../specs/model/state/consistency.ts';
import { type Sequence, isRace } from '../../specs/types/sequence.ts';
import { turnedAwayWith } from '../traffic/overload.ts';
import { findingOf } from './finding.ts';
import { confirm } from './confirm.ts';
import { diagnose } from './diagnose.ts';
import type { Confirmed } from './minimum.ts';
import { isMisled, isOfOnePool } from './misled-by-deviation.ts';
import { heldOften, joinMinima } from './attribute.ts';
import type { Finding } from '../interface/events.ts';
import type { Played } from '../play/played.ts';
import { shrinkRace, untilItFails } from '../shrink/shrink-race.ts';
import { type Session, rehearsal } from '../session/session.ts';
import { sweep } from '../session/clean-up.ts';
import { collect } from '../session/play-fresh.ts';
import { shrink } from '../shrink/shrink.ts';
import type { Sighting } from '../play/sightings.ts';
import { eachConcurrently } from '../traffic/each-concurrently.ts';

/** Requests that shrinking one failure may cost; a minimum that is not reached by then is reported as it is. */
const shrinkRequests = { smoke: 300, ci: 1_500, deep: 20_000 } as const;
/** Failure keys looked into; a target broken everywhere shows hundreds. */
const keysLookedInto = 60;

export interface Conclusion {
  readonly findings: readonly Finding[];
  readonly shrinkRequests: number;
}

/** Shrinks and confirms every failure that was seen, and joins those that come from one fault. */
export async function conclude(session: Session): Promise<Conclusion> {
  const { options } = session;
  let requests = 0;
  const serials = new WeakMap<readonly Played[], number>();
  const attempt = async (sequence: Sequence): Promise<readonly Played[] | null> => {
    const { played, serial, complete } = await collect(session, sequence);
    serials.set(played, serial);
    return complete ? played : null;
  };
  const misled = (one: Confirmed, blamed: ReadonlySet<string>): boolean => {
    const { isolation, choices, probed } = session;
    const serial = serials.get(one.played);
    return serial !== undefined && isMisled(one, { serial, isolation, choices, probed, blamed });
  };
  const ofOnePool = (one: Confirmed): boolean => {
    const serial = serials.get(one.played);
    return serial !== undefined && isOfOnePool(one, { serial, isolation: session.isolation, choices: session.choices });
  };
  await session.meter.check();
  session.tidy = true;
  await sweep(session);
  // Of the calls that were cut off when the target went, only one can be to blame.
  const cutOff = (one: Sighting): boolean =>
    session.meter.gone !== null && one.best.failure.actual === answerClass({ kind: 'silence', reason: 'closed' });
  const sightings = [...session.sightings.all().values()]
    .filter((one) => !cutOff(one))
    .sort(byWeight)
    .slice(0, keysLookedInto);
  const cleared = clearedBy(session);
  const confirmed: Confirmed[] = [];
  await eachConcurrently(options.concurrency, sightings, async (sighting) => {
    const tools = {
      attempt,
      rehearse: (sequence: Sequence) => rehearsal(session, sequence),
      maxRequests: options.shrink ? shrinkRequests[options.preset] : 0,
    };
    let last: Confirmed = unconfirmed(sighting);
    for (const seen of [sighting.best, ...sighting.others]) {
      const example = { ...seen, failure: { ...seen.failure, cleared } };
      const race = isRace(example.sequence);
      const again = race ? untilItFails(attempt, example.failure) : attempt;
      const shrunk = await (race ? shrinkRace(example, { ...tools, attempt: again }) : shrink(example, tools));
      requests += shrunk.requests;
      const one = await confirm(shrunk, sighting, again);
      if (one === null) break;
      last = one.failures === 0 ? { ...one, played: shrunk.recorded ?? one.played } : one;
      // A failure that hung on what other calls had done may show again from another example.
      if (one.failures > 0) break;
    }
    confirmed.push(last);
  });
  // It may have gone with the last of these calls. What a target did not answer any more does not speak against a failure.
  await session.meter.check();
  const weighed = confirmed.map((one) =>
    session.meter.gone !== null && one.failures < one.attempts ? unconfirmed(one.sighting) : one,
  );
  const minima = weighed.filter((one) => !isCoincidence(one, session)).sort((a, b) => byWeight(a.sighting, b.sighting));
  const explained = diagnose(session, minima, (one) => serials.get(one.played));
  const joined = joinMinima(minima, { held: session.coverage.held, misled, ofOnePool }, explained);
  const findings = joined
    .slice(0, options.maxFindings ?? joined.length)
    .map((one, index) => findingOf(`F-${String(index + 1).padStart(4, '0')}`, one, options.seed));
  return { findings, shrinkRequests: requests };
}

/** What two servers behind one address show now and then, whose clocks are as far apart as the writes. */
const coincidental = new Set(['dataset/dates-agree', 'record/last-modified-moves']);

function isCoincidence({ shrunk, attempts, failures }: Confirmed, { crowd }: Session): boolean {
  const { requirement, actual } = shrunk.failure;
  // A target that turns calls away for their number may do so once more where it cannot keep count.
  const forItsNumber = crowd.most() !== null && turnedAwayWith.has(actual);
  return (forItsNumber || coincidental.has(requirement)) && failures < attempts;
}

/** The requirements that nothing was blamed on and that held whenever they were put to the test, several times. */
function clearedBy({ sightings, coverage }: Session): ReadonlySet<string> {
  const blamed = new Set([...sightings.all().values()].flatMap(({ best }) => best.failure.suspects.slice(0, 1)));
  return new Set(allRequirements.map(({ id }) => id).filter((id) => !blamed.has(id) && coverage.held(id) >= heldOften));
}

/** A failure that there was no time to play again: reported as it was met. */
function unconfirmed(sighting: Sighting): Confirmed {
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

/** What is most likely a fault of its own comes first: no consequence of another, then by level, then what was seen first. */
function byWeight(a: Sighting, b: Sighting): number {
  const levels = ['documented', 'relied-on', 'observed', 'convention'];
  const level = (one: Sighting): number => levels.indexOf(requirementOf(one.best.failure.requirement).level);
  return (
    Number(a.best.failure.secondary) - Number(b.best.failure.secondary) ||
    level(a) - level(b) ||
    a.requests - b.requests ||
    (a.best.failure.key < b.best.failure.key ? -1 : 1)
  );
}
