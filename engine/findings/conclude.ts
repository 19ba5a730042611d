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
import { joinMinima } from './attribute.ts';
import type { Finding, Ledger } from '../interface/events.ts';
import type { Played } from '../play/played.ts';
import type { Session } from '../session/session.ts';
import { sweep } from '../session/clean-up.ts';
import { collect } from '../session/play-fresh.ts';
import type { Sighting } from '../play/sightings.ts';

export interface Conclusion {
  readonly findings: readonly Finding[];
  readonly shrinkRequests: number;
  /** Failures that the budget of shrinking did not reach. */
  readonly notShrunk: number;
  readonly ledger: Ledger;
}

/** Makes findings of all failures that were seen, and accounts for every violated check. */
export async function conclude(session: Session): Promise<Conclusion> {
  const serials = new WeakMap<readonly Played[], number>();
  const attempt = async (sequence: Sequence): Promise<readonly Played[] | null> => {
    const { played, serial, complete } = await collect(session, sequence);
    serials.set(played, serial);
    return complete ? played : null;
  };
  await session.meter.check();
  session.tidy = true;
  await sweep(session);
  const all = [...session.sightings.all().values()];
  for (const { best } of all) serials.set(best.played, best.serial);
  // Of the calls that were cut off when the target went, only one can be to blame.
  const cutOff = (one: Sighting): boolean =>
    session.meter.gone !== null && one.best.failure.actual === answerClass({ kind: 'silence', reason: 'closed' });
  const sightings = all.filter((one) => !cutOff(one)).sort(byWeight);
  const { minima, requests, notShrunk } = await minimise(session, sightings, attempt);
  // It may have gone with the last of these calls. What a target did not answer any more does not speak against a failure.
  await session.meter.check();
  const weighed = minima.map((one) =>
    session.meter.gone !== null && one.failures < one.attempts ? unconfirmed(one.sighting) : one,
  );
  const joined = await join(session, weighed, (played) => serials.get(played));
  const placed = new Map<string, Entry>(
    all.filter(cutOff).map(({ best }) => [best.failure.key, { kind: 'cut-off' }] as const),
  );
  const findings = joined.map((one, index) => {
    const id = `F-${String(index + 1).padStart(4, '0')}`;
    for (const { sighting } of [one.lead, ...one.also, ...one.follows, ...one.consequences])
      placed.set(sighting.best.failure.key, { kind: 'explained', finding: id });
    return findingOf(id, one, session.options.seed);
  });
  return { findings, shrinkRequests: requests, notShrunk, ledger: ledgerOf(all, placed) };
}

async function join(
  session: Session,
  weighed: readonly Confirmed[],
  serialOf: (played: readonly Played[]) => number | undefined,
): Promise<readonly Joined[]> {
  const { isolation, choices, probed, coverage } = session;
  const misled = (one: Confirmed, blamed: ReadonlySet<string>): boolean => {
    const serial = serialOf(one.played);
    return serial !== undefined && isMisled(one, { serial, isolation, choices, probed, blamed });
  };
  const ofOnePool = (one: Confirmed): boolean => {
    const serial = serialOf(one.played);
    return serial !== undefined && isOfOnePool(one, { serial, isolation, choices });
  };
  const stands = (guest: Confirmed, host: Confirmed): boolean => {
    const serial = serialOf(guest.played);
    return serial !== undefined && standsBeside(guest, host, { serial, isolation, choices });
  };
  const minima = weighed.filter((one) => !isCoincidence(one, session)).sort((a, b) => byWeight(a.sighting, b.sighting));
  const explained = await diagnose(session, minima, serialOf);
  const joined = joinMinima(minima, { held: coverage.held, misled, ofOnePool, stands }, explained.joined);
  return joined.map((one) => {
    const sentence = explained.sentences.get(one.lead);
    return one.diagnosis !== undefined || sentence === undefined ? one : { ...one, diagnosis: sentence };
  });
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
