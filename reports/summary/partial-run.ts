import type { Finding, RequirementResult, RunEvent, Status } from '../../engine/interface/events.ts';

type Announced = Extract<RunEvent, { kind: 'run-started' }>['requirements'][number];

/** What a log without a footer says about one requirement. */
export interface Tally {
  exercised: number;
  sightings: number;
}

/** Whether every replay failed again, or none was made, or it is a race, whose answers are proof: otherwise the finding is flaky. */
export function reproduces(finding: Finding): boolean {
  return finding.race === true || finding.reproduced.failures >= finding.reproduced.attempts;
}

/** The result of a requirement that the engine did not judge itself: never `pass`, whatever was seen of it. */
export function unjudged(
  requirement: Announced,
  tally: Tally | undefined,
  findings: readonly Finding[],
): RequirementResult {
  const exercised = tally?.exercised ?? 0;
  const sightings = tally?.sightings ?? 0;
  const status = statusSoFar(exercised, sightings, findings);
  return {
    id: requirement.id,
    group: requirement.group,
    level: requirement.level,
    title: requirement.title,
    status,
    exercised,
    contexts: 0,
    violations: Math.max(sightings, findings.length),
    findings: findings.map((finding) => finding.id),
    ...(status === 'indeterminate' ? { reason: 'the run was cut off before it was judged' } : {}),
  };
}

function statusSoFar(exercised: number, sightings: number, findings: readonly Finding[]): Status {
  if (findings.length > 0) return findings.some(reproduces) ? 'fail' : 'flaky';
  return exercised + sightings > 0 ? 'indeterminate' : 'not-exercised';
}
