import { answerClass } from '../../specs/types/answer.ts';
import { requirementOf } from '../../specs/model/state/consistency.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import { turnedAwayWith } from '../traffic/overload.ts';
import { findingOf } from './finding.ts';
import { diagnose } from './diagnose.ts';
import type { Confirmed, Joined } from './minimum.ts';
import { type Entry, ledgerOf } from './ledger.ts';
import { minimise, unconfirmed } from './minimise.ts';
import { isMisled, isOfOnePool } from './misled-by-deviation.ts';
import { standsBeside } from './stands-beside.ts';
import type { Plan } from '../interface/plan.ts';
import { lookAgain } from '../explore/second-look.ts';
import { failuresOf, sameFailure } from '../play/failure.ts';
import { type Judging, rejudge } from '../play/rejudge.ts';
import { type Sighting, createSightings } from '../play/sightings.ts';
import type { Judge } from './rejudging.ts';
import { heldOften, joinMinima } from './attribute.ts';
import type { Finding, Ledger } from '../interface/events.ts';
import type { Played } from '../play/played.ts';
import type { Session } from '../session/session.ts';
import { sweep } from '../session/clean-up.ts';
import { collect } from '../session/play-fresh.ts';

export interface Conclusion {
  readonly findings: readonly Finding[];
  readonly shrinkRequests: number;
  /** Failures that the budget of shrinking did not reach. */
  readonly notShrunk: number;
  /** The search for what explains the failures ended before all was tried. */
  readonly cutShort: boolean;
  readonly ledger: Ledger;
}

/** Makes findings of all failures that were seen, and accounts for every violated check. */
export async function conclude(session: Session, plan: Plan): Promise<Conclusion> {
  const plays = createPlays(session);
  await session.meter.check();
  session.tidy = true;
  await sweep(session);
  const first = await inspect(session, plays);
  const second = await lookOnceMore(session, plan, first, plays);
  const placed = new Map<Sighting, Entry>(first.cutOff.map((one) => [one, { kind: 'cut-off' }]));
  const findings = joinedByRequirement(first.joined, second?.joined ?? []).map((one, index) => {
    const id = `F-${String(index + 1).padStart(4, '0')}`;
    for (const { sighting } of [one.lead, ...one.also, ...one.follows, ...one.consequences])
      placed.set(sighting, { kind: 'explained', finding: id });
    return findingOf(id, one, session.options.seed);
  });
  return {
    findings,
    shrinkRequests: first.requests + (second?.requests ?? 0),
    notShrunk: first.notShrunk + (second?.notShrunk ?? 0),
    cutShort: first.cutShort || second?.cutShort === true,
    ledger: ledgerOf([...first.sightings, ...(second?.sightings ?? [])], placed),
  };
}

/** Plays sequences and remembers where on the target each play was. */
interface Plays {
  readonly attempt: (sequence: Sequence) => Promise<readonly Played[] | null>;
  readonly serialOf: (played: readonly Played[]) => number | undefined;
  readonly know: (sighting: Sighting) => void;
}

function createPlays(session: Session): Plays {
  const serials = new WeakMap<readonly Played[], number>();
  return {
    async attempt(sequence) {
      const { played, serial, complete } = await collect(session, sequence);
      serials.set(played, serial);
      return complete ? played : null;
    },
    serialOf: (played) => serials.get(played),
    know({ best, others }) {
      for (const { played, serial } of [best, ...others]) serials.set(played, serial);
    },
  };
}

/** What became of the failures that were seen until now. */
interface Inspected {
  readonly joined: readonly Joined[];
  readonly sightings: readonly Sighting[];
  readonly cutOff: readonly Sighting[];
  readonly judge: Judge;
  readonly cutShort: boolean;
  readonly requests: number;
  readonly notShrunk: number;
}

async function inspect(session: Session, plays: Plays): Promise<Inspected> {
  const all = [...session.sightings.all().values()];
  for (const one of all) plays.know(one);
  // Of the calls that were cut off when the target went, only one can be to blame.
  const isCutOff = (one: Sighting): boolean =>
    session.meter.gone !== null && one.best.failure.actual === answerClass({ kind: 'silence', reason: 'closed' });
  const sightings = all.filter((one) => !isCutOff(one)).sort(byWeight);
  const { minima, requests, notShrunk } = await minimise(session, sightings, plays.attempt);
  // It may have gone with the last of these calls. What a target did not answer any more does not speak against a failure.
  await session.meter.check();
  const weighed = minima.map((one) =>
    session.meter.gone !== null && one.failures < one.attempts ? unconfirmed(one.sighting) : one,
  );
  const cutOff = all.filter(isCutOff);
  return { ...(await join(session, weighed, plays.serialOf)), sightings: all, cutOff, requests, notShrunk };
}

/**
 * Plays again what the faults that are known by now had hidden, judged by the rules of a server with these faults. What fails then is
 * wrong by the rules of the service as well, or it counts for nothing: a hypothesis is no law.
 */
async function lookOnceMore(session: Session, plan: Plan, first: Inspected, plays: Plays): Promise<Inspected | null> {
  const { options, choices, rules } = session;
  const found = new Set(first.joined.map(({ requirement }) => requirement));
  const open = new Set(options.requirements.filter((id) => !found.has(id) && isHidden(session, id)));
  if (first.judge.rules === rules || open.size === 0 || options.onceFailed !== undefined) return null;
  if (session.stopped() !== null) return null;
  session.rules = first.judge.rules;
  session.choicesByService = choices;
  session.choices = first.judge.choices;
  session.sightings = createSightings(new Set(options.requirements));
  tellChoices(session);
  session.emit({
    kind: 'note',
    at: session.context.now(),
    level: 'info',
    text: `The faults that were found hid ${open.size} ${open.size === 1 ? 'requirement' : 'requirements'} in part or altogether: what reaches them was played again and judged with these faults in mind.`,
  });
  await lookAgain(session, plan, open, sequencesAgain[options.preset]);
  await sweep(session);
  const second = await inspect(session, plays);
  const isWrong = (one: Confirmed): boolean =>
    isWrongUnder(one, plays.serialOf(one.played), { isolation: session.isolation, choices, rules });
  const joined = second.joined.flatMap(({ lead, also, follows, consequences, ...rest }): readonly Joined[] => {
    const own = [lead, ...also].filter(isWrong);
    const [plainest, ...others] = own;
    const kept = { follows: follows.filter(isWrong), consequences: consequences.filter(isWrong) };
    return plainest === undefined ? [] : [{ ...rest, ...kept, lead: plainest, also: others }];
  });
  return { ...second, joined };
}

/** Whether the call that fails is wrong by these rules. */
function isWrongUnder({ sighting, played, shrunk }: Confirmed, serial: number | undefined, judging: Judging): boolean {
  const breaking = played.find((one) => failuresOf(one).some((other) => sameFailure(shrunk.failure, other)));
  if (serial === undefined || breaking === undefined) return !sighting.best.failure.secondary;
  const again = rejudge({ sequence: shrunk.sequence, serial, played }, judging);
  const breach = again.find(({ exchanges }) => exchanges.some((one) => breaking.exchanges.includes(one)));
  return breach !== undefined && breach.deviations.length > 0;
}

/** Sequences that are played again at most. */
const sequencesAgain = { smoke: 60, ci: 300, deep: 2_000 } as const;

/** Whether a requirement was put to the test, or should have been, and seldom held. */
function isHidden({ coverage, choices }: Session, id: string): boolean {
  const [, choice] = id.split('consistency/');
  if (choice !== undefined && choices[choice] === undefined) return true;
  return coverage.held(id) < heldOften && (coverage.held(id) < coverage.exercised(id) || coverage.exercised(id) === 0);
}

/** Options that only show once the faults beside them are known. */
function tellChoices(session: Session): void {
  session.choiceResults = session.choiceResults.map((one) => {
    const option = session.choices[one.id];
    return one.option === 'unknown' && option !== undefined ? { ...one, option, observations: 1 } : one;
  });
}

/** What the second look shows of a requirement that has a finding belongs to that. */
function joinedByRequirement(first: readonly Joined[], second: readonly Joined[]): readonly Joined[] {
  return second.reduce<readonly Joined[]>((known, one) => {
    const home = known.find(({ requirement }) => requirement === one.requirement);
    if (home === undefined) return [...known, one];
    const also = [...home.also, one.lead, ...one.also];
    return known.map((other) =>
      other === home
        ? {
            ...home,
            also,
            follows: [...home.follows, ...one.follows],
            consequences: [...home.consequences, ...one.consequences],
          }
        : other,
    );
  }, first);
}

async function join(
  session: Session,
  weighed: readonly Confirmed[],
  serialOf: (played: readonly Played[]) => number | undefined,
): Promise<Pick<Inspected, 'joined' | 'judge' | 'cutShort'>> {
  const { isolation, choices, rules, probed, coverage } = session;
  const misled = (one: Confirmed, blamed: ReadonlySet<string>): boolean => {
    const serial = serialOf(one.played);
    return serial !== undefined && isMisled(one, { serial, isolation, choices, rules, probed, blamed });
  };
  const ofOnePool = (one: Confirmed): boolean => {
    const serial = serialOf(one.played);
    return serial !== undefined && isOfOnePool(one, { serial, isolation, choices, rules });
  };
  const stands = (guest: Confirmed, host: Confirmed): boolean => {
    const serial = serialOf(guest.played);
    return serial !== undefined && standsBeside(guest, host, { serial, isolation, choices, rules });
  };
  const minima = weighed.filter((one) => !isCoincidence(one, session)).sort((a, b) => byWeight(a.sighting, b.sighting));
  const { sentences, judge, cutShort, ...explained } = await diagnose(session, minima, serialOf);
  const joined = joinMinima(minima, { held: coverage.held, misled, ofOnePool, stands }, explained.joined);
  return {
    joined: joined.map((one) => {
      const sentence = sentences.get(one.lead);
      return one.diagnosis !== undefined || sentence === undefined ? one : { ...one, diagnosis: sentence };
    }),
    judge,
    cutShort,
  };
}

/** What two servers behind one address show now and then, whose clocks are as far apart as the writes. */
const coincidental = new Set(['dataset/dates-agree', 'record/last-modified-moves']);

function isCoincidence({ shrunk, attempts, failures }: Confirmed, { crowd }: Session): boolean {
  const { requirement, actual } = shrunk.failure;
  // A target that turns calls away for their number may do so once more where it cannot keep count.
  const forItsNumber = crowd.most() !== null && turnedAwayWith.has(actual);
  return (forItsNumber || coincidental.has(requirement)) && failures < attempts;
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
