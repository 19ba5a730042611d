import { neverHappened } from '../../specs/model/state/premise.ts';
import { allRequirements, requirementOf } from '../../specs/model/state/consistency.ts';
import { contract } from '../../specs/contract.ts';
import type { Requirement } from '../../specs/types/contract-types.ts';
import { explains, violationsOf } from '../findings/ledger.ts';
import type { Finding, Ledger, RequirementResult, Status } from '../interface/events.ts';
import type { Hint } from '../interface/hint.ts';
import type { Plan } from '../interface/plan.ts';
import { rehearse } from '../session/rehearse.ts';
import { type Isolation, freshIdentities } from '../isolation/isolation.ts';
import type { Session } from '../session/session.ts';
import { supportedOnly } from '../session/supported.ts';
import type { Sequence } from '../../specs/types/sequence.ts';

/** The verdict on each requirement: a requirement that was never put to the test has not passed. */
export function requirementResults(
  session: Session,
  findings: readonly Finding[],
  plan: Plan,
  ledger: Ledger,
): readonly RequirementResult[] {
  const selected = new Set(session.options.requirements);
  const everything = session.unsupported.size === 0 && !session.isolation.shared;
  const reachable = everything ? null : outOfReach(session, plan);
  return allRequirements.map((requirement) => {
    const violations = violationsOf(ledger, requirement.id);
    const because = explains(ledger, requirement.id);
    const own = findings.filter(
      ({ id, requirement: broken }) => broken === requirement.id || (violations > 0 && id === because),
    );
    // The probe that told the option was a first exercise of it.
    const probes = probed(session, requirement.id);
    const exercised = session.coverage.exercised(requirement.id) + probes;
    const seen = { own, exercised, violations, selected: selected.has(requirement.id), reachable, plan };
    const { status, reason } = statusOf(session, requirement, seen);
    return {
      id: requirement.id,
      group: requirement.group,
      level: requirement.level,
      title: requirement.title,
      status,
      exercised,
      contexts: session.coverage.contexts(requirement.id) + probes,
      violations,
      findings: own.map((finding) => finding.id),
      ...(because === undefined || own.some((one) => one.requirement === requirement.id) ? {} : { because }),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** How often the option of a choice was read from a probe. */
function probed({ choiceResults }: Session, id: string): number {
  return choiceResults.find((one) => id === `consistency/${one.id}`)?.observations ?? 0;
}

/** What a run has to say about one requirement. */
interface Seen {
  /** Findings of it, or the one that explains its violations. */
  readonly own: readonly Finding[];
  readonly exercised: number;
  readonly violations: number;
  readonly selected: boolean;
  readonly reachable: ReadonlySet<string> | null;
  readonly plan: Plan;
}

interface Settled {
  readonly status: Status;
  readonly reason?: string;
}

function statusOf(session: Session, requirement: Requirement, seen: Seen): Settled {
  if (!seen.selected) return { status: 'skipped', reason: 'not selected' };
  if (seen.own.length > 0 || seen.violations > 0) return violated(seen);
  return seen.exercised > 0 ? exercisedStatus(session, requirement) : unexercised(session, requirement, seen);
}

/** A violated requirement never passes: its violations showed again, or it is flaky. */
function violated({ own }: Seen): Settled {
  if (own.some(({ race, reproduced }) => race === true || reproduced.failures === reproduced.attempts))
    return { status: 'fail' };
  if (own.length > 0)
    return {
      status: 'flaky',
      reason: own
        .map(({ id, reproduced }) => `${id} failed ${reproduced.failures} of ${reproduced.attempts} times`)
        .join(', '),
    };
  return { status: 'flaky', reason: 'its violations did not show again when they were replayed' };
}

function exercisedStatus(session: Session, requirement: Requirement): Settled {
  if (session.meter.gone !== null) return { status: 'indeterminate', reason: 'the target stopped answering' };
  if (requirement.group === 'concurrency' && session.crowd.most() === 1)
    return {
      status: 'indeterminate',
      reason: 'the server rejected concurrent calls, so calls were made one at a time',
    };
  if (session.coverage.onSureGround(requirement.id) === 0 && probed(session, requirement.id) === 0)
    return {
      status: 'indeterminate',
      reason: 'it was only judged after answers that had left the state of the dataset unknown',
    };
  return { status: 'pass' };
}

function unexercised(session: Session, requirement: Requirement, { reachable, plan }: Seen): Settled {
  const { unverified } = session;
  if (unverified !== null && plan.suites.some(({ id, verified }) => verified === true && id === requirement.group))
    return { status: 'unsupported', reason: unverified };
  if (requirement.deep === true && session.options.preset !== 'deep')
    return { status: 'skipped', reason: 'only the deep preset has time for it' };
  if (reachable?.has(requirement.id) === true) return { status: 'unsupported', reason: unsupportedReason(session) };
  if (askedInVain(session, requirement.id, plan)) return { status: 'unsupported', reason: unsupportedReason(session) };
  return choiceReason(session, requirement.id);
}

/** A choice that was not learned because its probe needs what the target does not implement. */
function askedInVain(session: Session, id: string, plan: Plan): boolean {
  const choice = session.choiceResults.find((one) => id === `consistency/${one.id}` && one.option === 'unknown');
  const probe = plan.probes.find((one) => one.choice === choice?.id)?.sequence;
  return probe !== undefined && supportedOnly(session, probe).steps.length < probe.steps.length;
}

/** Only a deleted dataset that can be read or written again puts these to the test. */
const needsLifeAfterDeletion = new Set(['dataset/counter-survives-deletion', 'dataset/recreated-keys-at-zero']);

function unsupportedReason(session: Session): string {
  const evidence = [...session.unsupported].map(([operation, said]) => `${operation}: ${said}`);
  return [...(session.isolation.shared ? ['the run was given too few identities and pools'] : []), ...evidence].join(
    '; ',
  );
}

/** Where only the newest token of a dataset is good, clients that list at the same time seldom can write at the same time. */
function raceReason(session: Session, id: string): string | undefined {
  const option = session.choices['older-token'];
  return id.startsWith('concurrency/') && option === 'refused'
    ? 'the target takes only the newest session token of a dataset, so few updates meet'
    : undefined;
}

/** A choice whose question never arises on this target has nothing to be held to. */
function choiceReason(
  session: Session,
  id: string,
): { readonly status: Status; readonly reason?: string; readonly hint?: Hint } {
  const refusing = session.choiceResults.find((one) => needsLifeAfterDeletion.has(id) && one.option === 'not-found');
  if (refusing !== undefined)
    return {
      status: 'skipped',
      reason: `the target answers ${refusing.id} with ${refusing.option}, so this requirement does not apply`,
    };
  if (session.full && !id.startsWith('consistency/'))
    return {
      status: 'not-exercised',
      reason: 'the identities are full, and the target deletes nothing',
      hint: { code: 'name-more-identities' },
    };
  const raced = raceReason(session, id);
  if (raced !== undefined) return { status: 'skipped', reason: raced };
  if (!id.startsWith('consistency/')) {
    const { premise } = requirementOf(id);
    return premise === undefined
      ? { status: 'not-exercised' }
      : { status: 'not-exercised', reason: neverHappened[premise] };
  }
  const choice = session.choiceResults.find((one) => id === `consistency/${one.id}`);
  if (choice === undefined) return { status: 'not-exercised' };
  return {
    status: 'skipped',
    reason:
      choice.option === 'unknown'
        ? "no option explains the target's answers, so nothing was predicted"
        : 'this requirement does not apply under the other choices',
  };
}

/** What only operations and identities that the target does not offer would put to the test. */
function outOfReach(session: Session, plan: Plan): ReadonlySet<string> {
  const sequences = [
    ...plan.opening,
    ...plan.openingOthers,
    ...plan.probes.map((probe) => probe.sequence),
    ...plan.suites.flatMap((suite) => suite.examples),
  ];
  // Choices that such a target could not be asked for are taken by their first option.
  const usual = Object.fromEntries(contract.choices.map((one) => [one.id, Object.keys(one.options)[0]]));
  const choices = { ...usual, ...session.choices };
  const reached = (isolation: Isolation, some: readonly Sequence[]): ReadonlySet<string> => {
    const played = some.flatMap((sequence) => rehearse(sequence, { isolation, serial: 0, choices }));
    return new Set(played.flatMap((one) => one.exercises.map((exercise) => exercise.requirement)));
  };
  const here = reached(
    session.isolation,
    sequences.map((sequence) => supportedOnly(session, sequence)),
  );
  return new Set([...reached(freshIdentities('us-east-1', '00000000'), sequences)].filter((id) => !here.has(id)));
}
