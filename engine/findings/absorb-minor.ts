import { calls, isConsistency } from './cover.ts';
import type { Joined } from './minimum.ts';

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
 * A promise about every call of a kind takes in the special cases that need as many calls or more. A choice comes of any broken
 * promise about conflicts, and also where it is broken the other way round: a target that accepts some stale counts and
 * refuses others may have been asked with either.
 */
export function absorb(group: readonly Joined[]): readonly Joined[] {
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

export function isChoice(one: Joined): boolean {
  return isConsistency(one.requirement);
}

const unchecked = /^validation\/(?:enum|length|pattern|required|type)-refused$|^quota\/value-length$/;
/** An operation that lets so many kinds of illegal values pass looks at none. */
const severalKinds = 3;

/** What one check should have refused: several values of a member, or all that is illegal in an operation. */
export function gather(joined: readonly Joined[]): readonly Joined[] {
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
