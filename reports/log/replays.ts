import type { Finding, ReplayResult, RequirementResult, RunEvent } from '../../engine/interface/events.ts';

type Finished = Extract<RunEvent, { kind: 'run-finished' }>;

/** An earlier finding with what became of it. */
export interface EarlierFinding {
  readonly finding: Finding;
  readonly replay: ReplayResult | null;
}

/**
 * The earlier findings that failed again although the run found no failure of their key, numbered on. A run that was not
 * lucky enough to meet them must not pass.
 */
export function missedFindings(earlier: readonly EarlierFinding[], found: readonly Finding[]): readonly Finding[] {
  const keys = new Set(found.flatMap(({ key, variants }) => [key, ...variants]));
  const numbers = found.map(({ id }) => Number(id.slice(2)));
  const next = Math.max(0, ...numbers) + 1;
  return earlier
    .filter(({ finding, replay }) => replay?.verdict === 'FAILED' && !keys.has(finding.key))
    .map(({ finding }, index) => ({
      ...finding,
      id: `F-${String(next + index).padStart(4, '0')}`,
      // Of this run only the replay is known: it failed at the first attempt.
      sightings: 1,
      reproduced: { attempts: 1, failures: 1 },
    }));
}

/**
 * The end of the run with its replays: their requests count as the run's, what failed again is broken, and a requirement
 * whose earlier counterexample now fails in another way has not passed.
 */
export function withReplays(end: Finished, earlier: readonly EarlierFinding[], missed: readonly Finding[]): Finished {
  const replays = earlier.flatMap(({ replay }) => (replay === null ? [] : [replay]));
  const requests = replays.reduce((sum, replay) => sum + replay.requests, 0);
  const changed = replays.filter(({ verdict }) => verdict === 'CHANGED');
  return {
    ...end,
    traffic: { ...end.traffic, requests: end.traffic.requests + requests },
    requirements: end.requirements.map((result) => weigh(result, changed, missed)),
  };
}

function weigh(
  result: RequirementResult,
  changed: readonly ReplayResult[],
  missed: readonly Finding[],
): RequirementResult {
  const own = missed.filter(
    ({ requirement, alsoBreaks }) => requirement === result.id || alsoBreaks.includes(result.id),
  );
  if (own.length > 0) {
    return {
      ...result,
      status: 'fail',
      exercised: Math.max(1, result.exercised),
      contexts: Math.max(1, result.contexts),
      violations: result.violations + own.length,
      findings: [...result.findings, ...own.map(({ id }) => id)],
    };
  }
  const moved = changed.find(({ requirement }) => requirement === result.id);
  if (moved === undefined || result.status !== 'pass') return result;
  return { ...result, status: 'indeterminate', reason: `${moved.id} of an earlier run now shows ${moved.text}` };
}
