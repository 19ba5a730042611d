import { isObject } from '../specs/answer.ts';
import { allRequirements } from '../specs/model/consistency.ts';
import type { Confirmed } from './finding.ts';
import { failuresOf } from './failure.ts';
import type { Played } from './play.ts';

/** Minima that most likely come from one fault. */
export interface Joined {
  /** The requirement that explains them all. */
  readonly requirement: string;
  readonly lead: Confirmed;
  /** Other failures of the same call that break requirements of their own. */
  readonly also: readonly Confirmed[];
  /** Failures that only come after the lead's. */
  readonly consequences: readonly Confirmed[];
}

/** Suspects beyond these are too general to join failures by. */
const strongSuspects = 2;
/** A requirement that held this often in clean plays is not broken by itself. */
const cleanEnough = 3;

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

/**
 * Joins minima into findings. Failures are explained by as few requirements as possible; what only fails after another failure, and holds otherwise, is that failure's consequence.
 */
export function joinMinima(confirmed: readonly Confirmed[], held: (requirement: string) => number): readonly Joined[] {
  const consequence = (one: Confirmed): boolean =>
    one.shrunk.failure.secondary &&
    held(primary(one)) >= cleanEnough &&
    confirmed.some((other) => !other.shrunk.failure.secondary);
  const joined = absorb(cover(confirmed.filter((one) => !consequence(one))));
  const ordered = [...joined].sort(byDirectness);
  return confirmed.filter(consequence).reduce(attach, ordered);
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
  const [first, ...rest] = suspectsOf(one).slice(0, strongSuspects);
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

/** Explains minima by few requirements: again and again the one that most of them suspect. */
function cover(group: readonly Confirmed[]): readonly Joined[] {
  const joined: Joined[] = [];
  let left = [...group];
  while (left.length > 0) {
    const ranked = [...new Set(left.map(origin))].map((requirement) => ({
      requirement,
      covered: left.filter((one) => strong(one).includes(requirement)),
    }));
    const [best] = ranked.sort(
      (a, b) => b.covered.length - a.covered.length || order(a.requirement) - order(b.requirement),
    );
    if (best === undefined) break;
    const [lead, ...rest] = [...best.covered].sort(
      (a, b) =>
        Number(b.failures === b.attempts) - Number(a.failures === a.attempts) ||
        calls(a) - calls(b) ||
        strong(a).indexOf(best.requirement) - strong(b).indexOf(best.requirement),
    );
    if (lead === undefined) break;
    joined.push({ requirement: best.requirement, lead, also: rest, consequences: [] });
    left = left.filter((one) => !best.covered.includes(one));
  }
  return joined;
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
  return one.requirement.startsWith('consistency/');
}

/** What fails in a clean play comes before what fails after something else, the documented before choices, the short before the long. */
function byDirectness(a: Joined, b: Joined): number {
  const choice = (one: Joined): number => Number(isChoice(one));
  return (
    Number(a.lead.shrunk.failure.secondary) - Number(b.lead.shrunk.failure.secondary) ||
    choice(a) - choice(b) ||
    calls(a.lead) - calls(b.lead) ||
    a.lead.sighting.requests - b.lead.sighting.requests ||
    (a.requirement < b.requirement ? -1 : 1)
  );
}

/** Notes a consequence on the finding of the failure that comes first in its play. */
function attach(joined: readonly Joined[], one: Confirmed): readonly Joined[] {
  const before = one.played.flatMap(failuresOf).map((failure) => failure.suspects[0]);
  const home =
    joined.find((other) => before.includes(other.requirement)) ??
    joined.find((other) => !other.lead.shrunk.failure.secondary) ??
    joined[0];
  return joined.map((other) => (other === home ? { ...other, consequences: [...other.consequences, one] } : other));
}
