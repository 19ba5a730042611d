import { requirementOf } from '../../specs/model/state/consistency.ts';
import { absorb, gather, isChoice } from './absorb-minor.ts';
import { contains, refusedForTheSame } from './contained.ts';
import { calls, cover, isConsistency, primary } from './cover.ts';
import type { Confirmed, Joined } from './minimum.ts';
import { failuresOf } from '../play/failure.ts';
import { poolsMixedUp } from './misled-by-deviation.ts';
import { isWhole } from './same-fault.ts';

/** A requirement that held this often in clean plays is not broken by itself. */
export const heldOften = 3;

/** What the run knows beside the minima. */
export interface Evidence {
  /** How often a requirement held in clean plays. */
  readonly held: (requirement: string) => number;
  /** Whether it only shows that the model was misled by failures that other requirements were blamed for. */
  readonly misled: (one: Confirmed, blamed: ReadonlySet<string>) => boolean;
  /** Whether it goes away if the target takes all pools for one. */
  readonly ofOnePool: (one: Confirmed) => boolean;
  /** Whether it fails in its own right also if what is wrong in the other is put up with. */
  readonly stands: (one: Confirmed, beside: Confirmed) => boolean;
}

/** The rules by which the answers of a race are put in order. */
const ruled = /^(?:conflict|dataset|list-records|record|session-token|sync-count)\//;

/**
 * Joins minima into findings. Failures are explained by as few requirements as possible. What only fails after another failure, and
 * holds otherwise, is that failure's consequence; so is what goes away where that failure is one of telling only, or pools are one;
 * and a race that never showed again, where the rules it is judged by are surely broken without one.
 */
export function joinMinima(
  confirmed: readonly Confirmed[],
  { held, misled, ofOnePool, stands }: Evidence,
  diagnosed: readonly Joined[] = [],
): readonly Joined[] {
  const direct = confirmed.some((one) => !one.shrunk.failure.secondary);
  const isConsequence = (one: Confirmed): boolean =>
    direct && one.shrunk.failure.secondary && held(primary(one)) >= heldOften;
  const explained = diagnosed.filter(({ lead, also }) => ![lead, ...also].every(isConsequence));
  const known = explained.flatMap(({ lead, also, follows }) => [lead, ...also, ...follows]);
  const open = confirmed.filter((one) => !known.includes(one));
  const certain = confirmed.some(
    (one) => ruled.test(primary(one)) && one.failures > 0 && one.failures === one.attempts,
  );
  const consequences = open.filter(
    (one) => isConsequence(one) || (certain && primary(one).startsWith('concurrency/') && one.failures === 0),
  );
  const first = open.filter((one) => !consequences.includes(one));
  const mixed = first.some((one) => primary(one) === poolsMixedUp)
    ? first.filter((one) => primary(one) !== poolsMixedUp && ofOnePool(one))
    : [];
  const others = first.filter((one) => !mixed.includes(one));
  const own = byDoubt(others).reduce((left, one) => {
    const rest = left.filter((other) => other !== one && !isConsistency(primary(other)));
    const blamed = new Set(
      [...rest.map(primary), ...explained.map(({ requirement }) => requirement)].filter(
        (other) => other !== primary(one),
      ),
    );
    return blamed.size > 0 && misled(one, blamed) ? left.filter((other) => other !== one) : left;
  }, others);
  const ordered = united(fold(gather([...explained, ...absorb(cover(own))].sort(byDirectness)), stands));
  const follows = others.filter((one) => !own.includes(one));
  const joined = consequences.reduce(attachTo('consequences'), follows.reduce(attachTo('follows'), ordered));
  const isOfPools = ({ lead, also, follows: others_ }: Joined): boolean =>
    [lead, ...also, ...others_].some((one) => primary(one) === poolsMixedUp);
  const home = joined.find((one) => one.requirement === poolsMixedUp) ?? joined.find(isOfPools);
  return joined.map((one) => (one === home ? { ...one, consequences: [...one.consequences, ...mixed] } : one));
}

/** What is most likely no fault of its own first. */
function byDoubt(confirmed: readonly Confirmed[]): readonly Confirmed[] {
  const doubt = (one: Confirmed): number =>
    2 * Number(isConsistency(primary(one))) + Number(one.shrunk.failure.secondary);
  return [...confirmed].sort((a, b) => doubt(b) - doubt(a) || calls(b) - calls(a));
}

/**
 * What fails in a clean play comes before what fails after something else, the documented before choices and warnings, the short
 * before the long.
 */
function byDirectness(a: Joined, b: Joined): number {
  const choice = (one: Joined): number => Number(isChoice(one));
  return (
    Number(a.lead.shrunk.failure.secondary) - Number(b.lead.shrunk.failure.secondary) ||
    choice(a) - choice(b) ||
    doubtfulness(a) - doubtfulness(b) ||
    calls(a.lead) - calls(b.lead) ||
    a.lead.sighting.requests - b.lead.sighting.requests ||
    (a.requirement < b.requirement ? -1 : 1)
  );
}

/** What is less than certain of the service comes after what its clients need. */
function doubtfulness({ requirement }: Joined): number {
  return ['observed', 'convention'].includes(requirementOf(requirement).level) ? 1 : 0;
}

/** A minimum that contains another's is listed with that; what else was joined to it stays a finding. */
function fold(joined: readonly Joined[], stands: Evidence['stands']): readonly Joined[] {
  const longest = joined
    .filter(({ diagnosis }) => diagnosis === undefined)
    .reverse()
    .sort((a, b) => calls(b.lead) - calls(a.lead));
  return longest.reduce((left, guest) => {
    const host = left
      .filter((one) => one !== guest && takesIn(one, guest, left) && !stands(guest.lead, one.lead))
      .sort((a, b) => calls(a.lead) - calls(b.lead))[0];
    if (host === undefined) return left;
    const all = [guest.lead, ...guest.also];
    const whole = isWhole(host, guest);
    const within = (one: Confirmed, inner: Confirmed): boolean => contains(one, inner) || refusedForTheSame(one, inner);
    const taken = all.filter(
      (one) => !stands(one, host.lead) && (whole || [host.lead, ...host.also].some((inner) => within(one, inner))),
    );
    const [lead, ...also] = all.filter((one) => !taken.includes(one));
    return left.flatMap((one): readonly Joined[] => {
      if (one === host) return [{ ...host, follows: [...host.follows, ...taken, ...guest.follows] }];
      if (one !== guest) return [one];
      return lead === undefined ? [] : [{ ...guest, lead, also, follows: [] }];
    });
  }, joined);
}

/** Findings of one requirement are one, unless each has a sentence of its own that explains it. */
function united(joined: readonly Joined[]): readonly Joined[] {
  const speaks = ({ diagnosis }: Joined): boolean => diagnosis !== undefined;
  return joined.reduce<readonly Joined[]>((known, one) => {
    const home = known.find((other) => other.requirement === one.requirement && !(speaks(other) && speaks(one)));
    if (home === undefined) return [...known, one];
    const [host, guest] = speaks(one) ? [one, home] : [home, one];
    const both = {
      ...host,
      also: [...host.also, guest.lead, ...guest.also],
      follows: [...host.follows, ...guest.follows],
      consequences: [...host.consequences, ...guest.consequences],
    };
    return known.map((other) => (other === home ? both : other));
  }, []);
}

/** Of two that contain each other the one leads that the other suspects too, then the one that comes first. */
function takesIn(host: Joined, guest: Joined, order_: readonly Joined[]): boolean {
  const secondary = (one: Joined): boolean => one.lead.shrunk.failure.secondary;
  if (secondary(host) && !secondary(guest)) return false;
  if (isWhole(host, guest)) return true;
  if (refusedForTheSame(guest.lead, host.lead)) return true;
  if (!contains(guest.lead, host.lead)) return false;
  if (!contains(host.lead, guest.lead)) return true;
  const suspects = (one: Joined, other: Joined): boolean =>
    one.lead.shrunk.failure.suspects.includes(other.requirement);
  const [wider, narrower] = [suspects(guest, host), suspects(host, guest)];
  return wider === narrower ? order_.indexOf(host) < order_.indexOf(guest) : wider;
}

/** Notes a minimum on the finding of the failure that comes first in its play. */
function attachTo(role: 'consequences' | 'follows'): (joined: readonly Joined[], one: Confirmed) => readonly Joined[] {
  return (joined, one) => {
    const before = one.played.flatMap(failuresOf).map((failure) => failure.suspects[0]);
    const home =
      joined.find((other) => before.includes(other.requirement)) ??
      joined.find((other) => !other.lead.shrunk.failure.secondary) ??
      joined[0];
    return joined.map((other) => (other === home ? { ...other, [role]: [...other[role], one] } : other));
  };
}
