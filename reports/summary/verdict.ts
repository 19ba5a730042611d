import type { ChoiceResult, RequirementResult, Stopped } from '../../engine/interface/events.ts';
import { LEVELS, type Level } from '../../specs/types/contract-types.ts';

export type Verdict = 'conforms' | 'violates' | 'inconclusive' | 'not-judged';

/** What decides between a failure and a warning. */
export interface Policy {
  /** A requirement of this level or a stronger one fails the run when it is broken; a weaker one only warns. */
  readonly failOn: Level;
  /** A choice that differs from what AWS is known to do is a failure, not a warning. */
  readonly matchAws: boolean;
  /** A selected requirement that was never exercised makes the run inconclusive. */
  readonly exerciseRequired: boolean;
}

/** What a run has shown, as far as its verdict depends on it. */
export interface Evidence {
  readonly complete: boolean;
  readonly run: { readonly stopped: Stopped };
  readonly error: string | null;
  readonly choices: readonly ChoiceResult[];
  readonly requirements: readonly RequirementResult[];
  /** Entries of the known-failures file that matched nothing in the run. */
  readonly unmatchedKnownFailures?: readonly string[];
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly exitReason: string;
}

/** Whether a broken requirement of this level fails the run; otherwise it is a warning. */
export function failsAt(level: Level, failOn: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(failOn);
}

/** Whether the target takes another option than AWS is known to take. An option never asked for does not differ. */
export function differsFromAws(choice: ChoiceResult): boolean {
  const unasked = choice.option === 'unknown' && choice.observations === 0;
  return choice.aws !== null && choice.option !== choice.aws && !unasked;
}

/** `3 requirements: a/b, c/d and 1 more`, so that a log line stays a line. */
function names(count: string, plural: string, ids: readonly string[]): string {
  const shown = ids.slice(0, 3);
  const rest = ids.length - shown.length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return `${ids.length} ${ids.length === 1 ? count : plural}: ${shown.join(', ')}${more}`;
}

const requirementNames = (ids: readonly string[]): string => names('requirement', 'requirements', ids);

/** Why the run says too little, or null. */
function gap(evidence: Evidence, policy: Policy, withStatus: (...statuses: string[]) => string[]): string | null {
  if (!evidence.complete) return 'the event log ends before the run does';
  if (evidence.run.stopped === 'budget') return 'the budget ended before the run was complete';
  const indeterminate = withStatus('indeterminate');
  if (indeterminate.length > 0) return `no answer for ${requirementNames(indeterminate)}`;
  const untouched = policy.exerciseRequired ? withStatus('not-exercised') : [];
  return untouched.length > 0 ? `never exercised: ${requirementNames(untouched)}` : null;
}

/**
 * The verdict is about the target, the exit code about the job: a failure that was expected leaves the exit code 0,
 * but the target does not conform. When several codes apply: 70, 130, 4, 1, 2, 5, 3.
 */
export function judge(evidence: Evidence, policy: Policy): Judgement {
  const withStatus = (...statuses: string[]): string[] =>
    evidence.requirements.filter((result) => statuses.includes(result.status)).map((result) => result.id);
  const counting = new Set(
    evidence.requirements.filter((result) => failsAt(result.level, policy.failOn)).map((result) => result.id),
  );
  const failed = withStatus('fail').filter((id) => counting.has(id));
  const expected = withStatus('expected-fail').filter((id) => counting.has(id));
  const flaky = withStatus('flaky').filter((id) => counting.has(id));
  const differing = policy.matchAws ? evidence.choices.filter(differsFromAws).map((choice) => choice.id) : [];
  const harness = withStatus('harness-error');
  const stale = [...withStatus('unexpected-pass'), ...(evidence.unmatchedKnownFailures ?? [])];
  const missing = gap(evidence, policy, withStatus);
  const { stopped } = evidence.run;

  const broken = failed.length + differing.length + expected.length > 0;
  const settled: Verdict = broken ? 'violates' : 'conforms';
  const doubtful = missing !== null || flaky.length > 0 || harness.length > 0 || stopped === 'interrupted';
  // Without its footer a log says neither what reproduced nor what was excused.
  const open: Verdict = broken && evidence.complete ? 'violates' : 'inconclusive';
  const verdict = doubtful ? open : settled;

  if (harness.length > 0) {
    return { verdict, exitCode: 70, exitReason: `internal error while judging ${requirementNames(harness)}` };
  }
  if (evidence.complete && stopped === 'interrupted') {
    return { verdict, exitCode: 130, exitReason: 'interrupted; the report is partial' };
  }
  if (stopped === 'unreachable') {
    return { verdict: 'not-judged', exitCode: 4, exitReason: evidence.error ?? 'the target could not be reached' };
  }
  if (failed.length + differing.length > 0) {
    const reasons = [
      ...(failed.length > 0 ? [`broken: ${requirementNames(failed)}`] : []),
      ...(differing.length > 0 ? [`unlike AWS: ${names('choice', 'choices', differing)}`] : []),
    ];
    return { verdict, exitCode: 1, exitReason: reasons.join('; ') };
  }
  if (stale.length > 0) {
    const entries = names('entry', 'entries', stale);
    return { verdict, exitCode: 2, exitReason: `stale known-failures file, ${entries}` };
  }
  if (flaky.length > 0) {
    return { verdict, exitCode: 5, exitReason: `failed without reproducing: ${requirementNames(flaky)}` };
  }
  if (missing !== null) return { verdict, exitCode: 3, exitReason: missing };
  const excused = expected.length > 0 ? `; ${requirementNames(expected)} failed as expected` : '';
  return { verdict, exitCode: 0, exitReason: `no unexpected failure${excused}` };
}
