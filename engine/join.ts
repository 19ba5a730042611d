import { isObject } from '../specs/answer.ts';
import { allRequirements, requirementOf } from '../specs/model/consistency.ts';
import { contains, refusedForTheSame } from './contains.ts';
import { isWhole } from './whole.ts';
import type { Confirmed } from './finding.ts';
import { failuresOf } from './failure.ts';
import { poolsMixedUp } from './misled.ts';
import { isShifting } from './paging.ts';
import type { Played } from './play.ts';

/** Minima that most likely come from one fault. */
export interface Joined {
  /** The requirement that explains them all. */
  readonly requirement: string;
  readonly lead: Confirmed;
  /** Other failures of the same call that break requirements of their own. */
  readonly also: readonly Confirmed[];
  /** Failures of other requirements that this one brings about: those are broken, but by no fault of their own. */
  readonly follows: readonly Confirmed[];
  /** Failures that only come after the lead's, of requirements that hold otherwise. */
  readonly consequences: readonly Confirmed[];
}

/** Suspects beyond these are too general to join failures by. */
const strongSuspects = 2;
/** A requirement that held this often in clean plays is not broken by itself. */
export const heldOften = 3;

/** Promises about calls as such: where one is broken, the more special ones about the same kind of answer break with it. */
const general: ReadonlySet<string> = new Set([
  'sync-count/new-record-at-zero',
  'sync-count/current-count-accepted',
  'conflict/zero-against-existing',
  'conflict/stale-refused',
  'session-token/accepted',
  'list-records/answers',
  'list-records/unknown-dataset',
]);

/** What the run knows beside the minima. */
export interface Evidence {
  /** How often a requirement held in clean plays. */
  readonly held: (requirement: string) => number;
  /** Whether it only shows that the model was misled by failures that other requirements were blamed for. */
  readonly misled: (one: Confirmed, blamed: ReadonlySet<string>) => boolean;
  /** Whether it goes away if the target takes all pools for one. */
  readonly ofOnePool: (one: Confirmed) => boolean;
}

/**
 * Joins minima into findings. Failures are explained by as few requirements as possible. What only fails after another failure, and
 * holds otherwise, is that failure's consequence; so is what goes away where that failure is one of telling only, or pools are one.
 */
export function joinMinima(confirmed: readonly Confirmed[], { held, misled, ofOnePool }: Evidence): readonly Joined[] {
  const direct = confirmed.some((one) => !one.shrunk.failure.secondary);
  const consequences = confirmed.filter(
    (one) => direct && one.shrunk.failure.secondary && held(primary(one)) >= heldOften,
  );
  const first = confirmed.filter((one) => !consequences.includes(one));
  const mixed = first.some((one) => primary(one) === poolsMixedUp)
    ? first.filter((one) => primary(one) !== poolsMixedUp && ofOnePool(one))
    : [];
  const others = first.filter((one) => !mixed.includes(one));
  const own = byDoubt(others).reduce((left, one) => {
    const rest = left.filter((other) => other !== one && !isConsistency(primary(other)));
    const blamed = new Set(rest.map(primary).filter((other) => other !== primary(one)));
    return blamed.size > 0 && misled(one, blamed) ? left.filter((other) => other !== one) : left;
  }, others);
  const ordered = fold(gather([...absorb(cover(own))].sort(byDirectness)));
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

function primary(one: Confirmed): string {
  return suspectsOf(one)[0] ?? one.shrunk.failure.requirement;
}

/** What is said of almost any wrong listing explains nothing unless it comes first. */
const vague: ReadonlySet<string> = new Set([
  'dataset/list-agrees',
  'list-records/everything-without-count',
  'list-records/unknown-dataset',
  'record/key-exact',
  'record/update-is-stored',
  'session-token/accepted',
  'sync-count/dataset-count-is-highest',
  'wire/error-is-declared',
]);

function strong(one: Confirmed): readonly string[] {
  const suspects = suspectsOf(one);
  // A page that begins at the wrong place shows in any of three ways, as the items happen to lie.
  const most = suspects[0]?.startsWith('paging/') === true ? 3 : strongSuspects;
  const [first, ...rest] = suspects.slice(0, most);
  return first === undefined ? [] : [first, ...rest.filter((suspect) => !vague.has(suspect))];
}

/**
 * The suspects of a minimum, less those that the next listing clears: an answer that showed the count as the listing then
 * shows it told the truth.
 */
function suspectsOf({ shrunk, played }: Confirmed): readonly string[] {
  const { suspects } = shrunk.failure;
  const told = 'sync-count/returns-new-count';
  if (!suspects.includes(told)) return suspects;
  const at = played.findIndex((one) => one.deviations.some((deviation) => deviation.suspects.includes(told)));
  const listing = played.slice(at + 1).find((one) => one.operation === 'ListRecords');
  const counts = countsIn(played[at]);
  if (listing === undefined || counts === '' || counts !== countsIn(listing)) return suspects;
  return suspects.filter((suspect) => suspect !== told);
}

function countsIn(played: Played | undefined): string {
  const answer = played?.exchanges.at(-1)?.answer;
  const records = answer?.kind === 'success' && Array.isArray(answer.output['Records']) ? answer.output['Records'] : [];
  return records
    .filter(isObject)
    .map((record) => `${String(record['Key'])}@${String(record['SyncCount'])}`)
    .sort()
    .join();
}

function calls(one: Confirmed): number {
  return one.shrunk.failure.calls;
}

/** Where a minimum is down to this, the shrinker could not do without the other patches. */
const company = 'conflict/one-stale-refuses-batch';

/** The requirement that the failure was first met as, where its minimum still suspects it. */
function origin(one: Confirmed): string {
  const { requirement } = one.sighting.best.failure;
  if (primary(one) === company) return company;
  return strong(one).includes(requirement) ? requirement : primary(one);
}

/** The contract names the wider promises before the narrower ones. */
function order(requirement: string): number {
  const at = allRequirements.findIndex((one) => one.id === requirement);
  return at === -1 ? allRequirements.length : at;
}

/** Errors that lack what every error has are one fault, whichever operations answer with them. */
const everyError = 'wire/error-is-declared';
/** From so many promises on. */
const severalErrors = 3;

/** What several choices that seem to be broken have in common. */
function behindChoices(group: readonly Confirmed[]): readonly string[] {
  const choices = group.filter((one) => isConsistency(primary(one)));
  return choices.flatMap(strong).filter((requirement) => {
    const shared = choices.filter((one) => strong(one).includes(requirement));
    return !isConsistency(requirement) && new Set(shared.map(primary)).size > 1;
  });
}

/** Explains minima by few requirements: again and again the one that most of them suspect. */
function cover(group: readonly Confirmed[]): readonly Joined[] {
  const joined: Joined[] = [];
  const errors = group.filter((one) => suspectsOf(one).includes(everyError));
  const alike = new Set(errors.map(primary)).size >= severalErrors ? errors : [];
  let left = [...group];
  while (left.length > 0) {
    const suspected = (one: Confirmed): readonly string[] =>
      alike.includes(one) ? [everyError, ...strong(one)] : strong(one);
    const origins = [...(alike.some((one) => left.includes(one)) ? [everyError] : []), ...behindChoices(left)];
    const ranked = [...new Set([...origins, ...left.map(origin)])].map((requirement) => ({
      requirement,
      covered: left.filter((one) => suspected(one).includes(requirement)),
    }));
    const [best] = ranked.sort(
      (a, b) => b.covered.length - a.covered.length || order(a.requirement) - order(b.requirement),
    );
    if (best === undefined) break;
    const [lead, ...rest] = [...best.covered].sort(
      (a, b) =>
        Number(b.failures === b.attempts) - Number(a.failures === a.attempts) ||
        // What others have on the server as well may not be there when the reader tries.
        Number(hangsOnOthers(a)) - Number(hangsOnOthers(b)) ||
        calls(a) - calls(b) ||
        suspected(a).indexOf(best.requirement) - suspected(b).indexOf(best.requirement),
    );
    if (lead === undefined) break;
    joined.push({ requirement: best.requirement, lead, also: rest, follows: [], consequences: [] });
    left = left.filter((one) => !best.covered.includes(one));
  }
  return joined;
}

function hangsOnOthers({ shrunk }: Confirmed): boolean {
  return isShifting(shrunk.failure.operation);
}

/**
 * A promise about every call of a kind takes in the special cases that need as many calls or more. A choice comes of any broken
 * promise about conflicts, and also where it is broken the other way round: a target that accepts some stale counts and
 * refuses others may have been asked with either.
 */
function absorb(group: readonly Joined[]): readonly Joined[] {
  const isGeneral = (one: Joined): boolean => general.has(one.requirement);
  const hosts = group
    .filter((one) => isGeneral(one) || one.requirement.startsWith('conflict/'))
    .sort((a, b) => Number(isGeneral(b)) - Number(isGeneral(a)) || calls(a.lead) - calls(b.lead));
  return hosts.reduce<readonly Joined[]>((left, host) => {
    if (!left.includes(host)) return left;
    const special = left.filter(
      (one) =>
        one !== host &&
        (isChoice(one)
          ? [kindOf(host), kindOf(host, 'mirrored')].includes(kindOf(one))
          : isGeneral(host) && kindOf(one) === kindOf(host) && calls(one.lead) >= calls(host.lead)),
    );
    const taken = special.flatMap((one) => [one.lead, ...one.also]);
    return left
      .filter((one) => !special.includes(one))
      .map((one) => (one === host ? { ...host, also: [...host.also, ...taken] } : one));
  }, group);
}

/** Wrong members of right answers are never joined by their kind: it says nothing. */
function kindOf({ lead, requirement }: Joined, mirrored?: 'mirrored'): string {
  const { operation, expected, actual } = lead.shrunk.failure;
  if (expected === actual) return requirement;
  return mirrored === undefined ? `${operation}|${expected}|${actual}` : `${operation}|${actual}|${expected}`;
}

function isChoice(one: Joined): boolean {
  return isConsistency(one.requirement);
}

function isConsistency(requirement: string): boolean {
  return requirement.startsWith('consistency/');
}

/** What fails in a clean play comes before what fails after something else, the documented before choices and warnings, the short
 * before the long. */
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

const unchecked = /^validation\/(?:enum|length|pattern|required|type)-refused$|^quota\/value-length$/;
/** An operation that lets so many kinds of illegal values pass looks at none. */
const severalKinds = 3;

/** What one check should have refused: several values of a member, or all that is illegal in an operation. */
function gather(joined: readonly Joined[]): readonly Joined[] {
  const passed = joined.filter(
    ({ requirement, lead }) => unchecked.test(requirement) && lead.shrunk.failure.actual === 'ok',
  );
  return passed.reduce<readonly Joined[]>((left, host) => {
    const { operation } = host.lead.shrunk.failure;
    const alike = passed.filter((one) => one.lead.shrunk.failure.operation === operation);
    const none = new Set(alike.map(({ requirement }) => requirement)).size >= severalKinds;
    const later = alike.slice(alike.indexOf(host) + 1);
    const guests = later.filter((one) => left.includes(one) && (none || memberOf(one) === memberOf(host)));
    if (!left.includes(host) || guests.length === 0) return left;
    const taken = guests.flatMap((one) => [one.lead, ...one.also]);
    return left
      .filter((one) => !guests.includes(one))
      .map((one) => (one === host ? { ...host, also: [...host.also, ...taken] } : one));
  }, joined);
}

/** The member that a check is about. */
function memberOf({ lead }: Joined): string | undefined {
  return lead.played.find(({ check }) => check !== undefined)?.check?.expect.context.split(':')[0];
}

/** A minimum that contains another's is listed with that; what else was joined to it stays a finding. */
function fold(joined: readonly Joined[]): readonly Joined[] {
  const longest = [...joined].reverse().sort((a, b) => calls(b.lead) - calls(a.lead));
  return longest.reduce((left, guest) => {
    const host = left
      .filter((one) => one !== guest && takesIn(one, guest, left))
      .sort((a, b) => calls(a.lead) - calls(b.lead))[0];
    if (host === undefined) return left;
    const all = [guest.lead, ...guest.also];
    const whole = isWhole(host, guest);
    const within = (one: Confirmed, inner: Confirmed): boolean => contains(one, inner) || refusedForTheSame(one, inner);
    const taken = all.filter((one) => whole || [host.lead, ...host.also].some((inner) => within(one, inner)));
    const [lead, ...also] = all.filter((one) => !taken.includes(one));
    return left.flatMap((one): readonly Joined[] => {
      if (one === host) return [{ ...host, follows: [...host.follows, ...taken, ...guest.follows] }];
      if (one !== guest) return [one];
      return lead === undefined ? [] : [{ ...guest, lead, also, follows: [] }];
    });
  }, joined);
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
