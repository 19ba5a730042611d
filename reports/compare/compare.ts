import type { ChoiceResult, RequirementResult, Status } from '../../engine/interface/events.ts';
import { compareChoices } from './choices.ts';
import { compareLatency } from './latency.ts';
import { CHANGES, type Change, type Comparison, type RunRecord, type Side } from './run-record.ts';
import { failsAt } from '../summary/verdict.ts';

const BROKEN: readonly Status[] = ['fail', 'expected-fail'];
const UNJUDGED: readonly Status[] = ['not-exercised', 'unsupported', 'skipped', 'indeterminate', 'harness-error'];

/**
 * Compares two runs requirement by requirement. `fixed` is said only of a requirement whose every old counterexample was
 * run again and passes (`replay.json` beside the new run); otherwise it is only no longer seen.
 */
export function compareRuns(before: RunRecord, after: RunRecord): Comparison {
  const old = new Map(before.summary.requirements.map((result) => [result.id, result]));
  const now = new Map(after.summary.requirements.map((result) => [result.id, result]));
  const changes = [
    ...[...now.values()].flatMap((result) => requirementChanges(old.get(result.id), result, before, after)),
    ...[...old.values()].filter(({ id }) => !now.has(id)).map(removed),
    ...compareChoices(chosen(before), chosen(after), after.summary.policy.matchAws),
    ...compareLatency(before.latencies, after.latencies),
  ].toSorted((a, b) => CHANGES.indexOf(a.kind) - CHANGES.indexOf(b.kind));
  return {
    schemaVersion: 1,
    old: side(before),
    new: side(after),
    cautions: cautions(before, after),
    changes,
    regression: changes.some((change) => change.regression),
  };
}

const chosen = (run: RunRecord): readonly ChoiceResult[] => run.summary.choices;

function side({ summary }: RunRecord): Side {
  return {
    id: summary.run.id,
    startedAt: summary.run.startedAt,
    tool: summary.tool.version,
    endpointUrl: summary.target.embedded ? 'the embedded endpoint' : summary.target.endpointUrl,
    verdict: summary.verdict,
  };
}

function requirementChanges(
  was: RequirementResult | undefined,
  is: RequirementResult,
  before: RunRecord,
  after: RunRecord,
): readonly Change[] {
  const change = (kind: Change['kind'], detail: string, regression = false): Change => ({
    kind,
    subject: is.id,
    detail,
    regression,
  });
  if (was === undefined) return [change('requirement-added', `${is.title} (${is.status})`)];
  const changes: Change[] = [];
  if (was.level !== is.level) changes.push(change('requirement-changed', `level ${was.level}, now ${is.level}`));
  if (was.title !== is.title) changes.push(change('requirement-changed', `now says: ${is.title}`));

  const fails = failsAt(is.level, after.summary.policy.failOn);
  const broke = BROKEN.includes(was.status);
  const breaks = BROKEN.includes(is.status);
  // A failure that is listed as known is no surprise, and a warning is none either.
  const counts = fails && is.status === 'fail';
  if (breaks && broke) {
    const fresh = newKeys(is.id, before, after);
    changes.push(
      fresh.length > 0 && is.findings.length > 0 && was.findings.length > 0
        ? change('newly-failing', `fails in another way than before: ${fresh.join(', ')}`, counts)
        : change('still-failing', shown(after, is)),
    );
  } else if (breaks) {
    changes.push(change('newly-failing', `${was.status} before; ${shown(after, is)}`, counts));
  } else if (is.status === 'flaky' && was.status !== 'flaky') {
    changes.push(change('newly-failing', `${was.status} before; now flaky`));
  } else if (UNJUDGED.includes(is.status) && !UNJUDGED.includes(was.status)) {
    const reason = is.reason === undefined ? '' : `: ${is.reason}`;
    changes.push(change('no-longer-exercised', `${was.status} before; now ${is.status}${reason}`, lost(is, fails)));
  } else if (broke && (is.status === 'pass' || is.status === 'unexpected-pass')) {
    changes.push(gone(was, is, before, after, change));
  }
  return changes;
}

/** An operation that the target no longer answers is a loss; what was left out of a run is none. */
function lost(result: RequirementResult, fails: boolean): boolean {
  return fails && result.status === 'unsupported';
}

function gone(
  was: RequirementResult,
  is: RequirementResult,
  before: RunRecord,
  after: RunRecord,
  change: (kind: Change['kind'], detail: string) => Change,
): Change {
  const replays = was.findings.map((id) => {
    const key = before.summary.findings.find((finding) => finding.id === id)?.key;
    // Another run may have used the number for another finding, so the key goes first.
    return { id, verdict: after.replays.get(key ?? id) ?? after.replays.get(id) };
  });
  if (replays.length > 0 && replays.every(({ verdict }) => verdict === 'FIXED')) {
    return change('fixed', `${was.findings.join(', ')} ran again and passed`);
  }
  const replayed = replays.filter(({ verdict }) => verdict !== undefined);
  const why =
    replayed.length > 0
      ? `replayed: ${replayed.map(({ id, verdict }) => `${id} ${verdict}`).join(', ')}`
      : 'its counterexample was not replayed';
  return change('no-longer-seen', `exercised ${is.exercised} times without failing; ${why}`);
}

function newKeys(requirement: string, before: RunRecord, after: RunRecord): readonly string[] {
  const own = (run: RunRecord): typeof run.summary.findings =>
    run.summary.findings.filter((finding) => finding.requirement === requirement);
  const seen = new Set(own(before).flatMap(({ key, variants }) => [key, ...variants]));
  return own(after)
    .filter(({ key, variants }) => ![key, ...variants].some((each) => seen.has(each)))
    .map(({ key }) => key);
}

function shown({ summary }: RunRecord, { id, findings }: RequirementResult): string {
  const finding = summary.findings.find((each) => each.requirement === id);
  if (finding === undefined) return findings.join(', ') || 'fails';
  return `${finding.id}: allowed ${finding.allowed}; actual ${finding.actual}`;
}

function removed({ id, status }: RequirementResult): Change {
  return {
    kind: 'requirement-removed',
    subject: id,
    detail: `${status} before; not in the new run`,
    regression: false,
  };
}

function cautions(before: RunRecord, after: RunRecord): readonly string[] {
  const [a, b] = [before.summary, after.summary];
  const differ = (what: string, was: string, is: string): readonly string[] =>
    was === is ? [] : [`${what} differs: ${was} before, ${is} now.`];
  return [
    ...differ('The target', side(before).endpointUrl, side(after).endpointUrl),
    ...differ('The region', a.target.region, b.target.region),
    ...differ('The version of the program', a.tool.version, b.tool.version),
    ...differ('The preset', a.run.preset, b.run.preset),
    ...(a.complete ? [] : ['The old run was cut off.']),
    ...(b.complete ? [] : ['The new run was cut off.']),
    ...(b.verdict === 'not-judged' ? [`The new run judged nothing: ${b.exitReason}.`] : []),
  ];
}
