import { isObject } from '../../specs/types/answer.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import type { Confirmed, Joined } from './minimum.ts';
import { isShifting } from '../exchange/paging-rules.ts';
import type { Played } from '../play/played.ts';

/** Suspects beyond these are too general to join failures by. */
const strongSuspects = 2;

export function primary(one: Confirmed): string {
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

export function calls(one: Confirmed): number {
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
export function cover(group: readonly Confirmed[]): readonly Joined[] {
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

export function isConsistency(requirement: string): boolean {
  return requirement.startsWith('consistency/');
}
