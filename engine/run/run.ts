import type { Problem } from '../interface/hint.ts';
import { allRequirements } from '../../specs/model/state/consistency.ts';
import { conclude } from '../findings/conclude.ts';
import { createQueue } from './event-queue.ts';
import type { Finding, Ledger, RequirementResult, RunEvent, Stopped } from '../interface/events.ts';
import { explore } from '../explore/explore.ts';
import { learnChoices } from '../explore/learn-choices.ts';
import type { Preset, RunContext, RunOptions } from '../interface/options.ts';
import { freshIdentities } from '../isolation/isolation.ts';
import type { Plan } from '../interface/plan.ts';
import { requirementResults } from './requirement-results.ts';
import { type Session, createSession } from '../session/session.ts';
import { sweep } from '../session/clean-up.ts';
import { setUp } from '../isolation/set-up.ts';
import { createSightings } from '../play/sightings.ts';

/** How much a preset explores: sequences, and the time after which a slow target has seen enough. */
const presets: { readonly [preset in Preset]: { readonly sequences: number; readonly enoughMs: number } } = {
  smoke: { sequences: 220, enoughMs: 20_000 },
  ci: { sequences: 1_150, enoughMs: 120_000 },
  deep: { sequences: 8_000, enoughMs: 1_800_000 },
};

/** How much longer a slow target may take to show what it has not shown by then. */
const grace = 6;

/** Judges a target. Everything it has to say comes as events, the first `run-started`, the last `run-finished`. */
export async function* run(plan: Plan, options: RunOptions, context: RunContext): AsyncIterable<RunEvent> {
  const queue = createQueue<RunEvent>();
  const done = runInto(plan, options, context, queue.push).finally(queue.end);
  yield* queue.items();
  await done;
}

async function runInto(
  plan: Plan,
  options: RunOptions,
  context: RunContext,
  emit: (event: RunEvent) => void,
): Promise<void> {
  const startedAt = context.now();
  const selected = allRequirements.filter((one) => options.requirements.includes(one.id));
  const sightings = createSightings(new Set(options.requirements));
  const whole = options.runs ?? presets[options.preset].sequences;
  const sequences = Math.ceil(whole / (options.shard?.of ?? 1));
  const phase = (name: Extract<RunEvent, { kind: 'phase' }>['phase']): void =>
    emit({ kind: 'phase', at: context.now(), phase: name });
  emit({
    kind: 'run-started',
    at: startedAt,
    schemaVersion: 1,
    run: {
      id: context.runId,
      seed: options.seed,
      preset: options.preset,
      startedAt: new Date(startedAt).toISOString(),
      ...(options.shard === undefined ? {} : { shard: options.shard }),
    },
    tool: { name: 'cognito-sync-conformance', version: context.toolVersion },
    target: context.info,
    requirements: selected.map(({ id, group, level, title }) => ({ id, group, level, title })),
    plannedSequences: sequences,
  });
  phase('set-up');
  const ground = await setUp(options, context);
  const isolation = ground.ok ? ground.isolation : freshIdentities(context.info.region, context.runId);
  const session = createSession(options, context, isolation, sightings, emit);
  session.meter.requests += ground.requests;
  if (!ground.ok) {
    const stopped = context.signal?.aborted === true ? 'interrupted' : 'unreachable';
    emit(
      finished(session, startedAt, stopped, {
        results: requirementResults(session, [], plan, noViolations),
        findings: [],
        shrinkRequests: 0,
        ledger: noViolations,
        problem: ground.problem,
      }),
    );
    return;
  }
  for (const [operation, evidence] of ground.unsupported) {
    session.unsupported.set(operation, evidence);
    emit({ kind: 'unsupported', at: context.now(), operation, evidence });
  }
  session.unverified = ground.unverified;
  session.elsewhere = ground.elsewhere;
  phase('probe');
  await learnChoices(session, plan);
  phase('explore');
  const { enoughMs } = presets[options.preset];
  let failedAt = Infinity;
  const satisfied = (played: number): boolean => {
    if (sightings.all().size > 0) failedAt = Math.min(failedAt, played);
    return played - failedAt >= (options.onceFailed ?? Infinity);
  };
  const spent = (): number => (options.runs === undefined ? context.now() - startedAt : 0);
  await explore(session, plan, {
    played: (played) => played >= sequences || spent() > enoughMs * grace || satisfied(played),
    late: () => spent() > enoughMs,
  });
  const stoppedEarly = session.stopped();
  const outOfTime = stoppedEarly === null && spent() > enoughMs * grace;
  if (outOfTime) emit({ kind: 'note', at: context.now(), level: 'warning', text: slowTarget });
  phase('shrink');
  const { findings, shrinkRequests, notShrunk, cutShort, ledger } = await conclude(session, plan);
  const listed = findings.slice(0, options.maxFindings ?? findings.length);
  for (const finding of listed) emit({ kind: 'finding', at: context.now(), finding });
  phase('clean-up');
  await sweep(session);
  await ground.close();
  for (const event of session.meter.latencies()) emit(event);
  const stale = context.target.staleConnections?.() ?? 0;
  if (stale > 0) emit({ kind: 'note', at: context.now(), level: 'info', text: sayStale(stale) });
  const most = session.crowd.most();
  if (most !== null)
    emit({
      kind: 'note',
      at: context.now(),
      level: 'warning',
      text: sayOverload(most),
      hint: { code: 'lower-concurrency', concurrency: most },
    });
  for (const text of leftOut(findings.length - listed.length, notShrunk, cutShort))
    emit({ kind: 'note', at: context.now(), level: 'warning', text });
  const results = requirementResults(session, findings, plan, ledger);
  const { gone } = session.meter;
  const ended = gone === null ? (stoppedEarly ?? 'complete') : 'unreachable';
  const stopped = context.signal?.aborted === true ? 'interrupted' : ended;
  emit(finished(session, startedAt, stopped, { results, findings, shrinkRequests, ledger, problem: gone }));
}

const noViolations: Ledger = { violations: 0, byFinding: [], flaky: [], cutOff: 0 };

/** Said where a preset gave up on a slow target before its sequences were played. */
const slowTarget =
  'The server answers slowly: the time of the preset ended before all its sequences were played, and some requirements may not have been exercised.';

/** What the limits of a run have kept from its findings. */
function leftOut(notListed: number, notShrunk: number, cutShort: boolean): readonly string[] {
  return [
    ...(notListed > 0 ? [`${notListed} more findings are not listed, because the number of findings is limited.`] : []),
    ...(notShrunk > 0
      ? [`The budget for shrinking ended: ${notShrunk} failures are listed as they were recorded, not shrunk.`]
      : []),
    ...(cutShort
      ? ['The search for what explains the failures ended at its limit: some findings may come from one fault.']
      : []),
  ];
}

function sayStale(times: number): string {
  return `The server closed connections that had been used before, ${times} ${times === 1 ? 'time' : 'times'} under a request. HTTP allows that: reads were sent again, sequences with a lost write were played again, and from then on each write had a connection of its own.`;
}

function sayOverload(most: number): string {
  const limit = most === 1 ? 'made one call at a time' : `had at most ${most} calls in flight`;
  return `The server rejected calls while others were in flight and accepted them one at a time. From then on the run ${limit}.`;
}

interface Outcome {
  readonly results: readonly RequirementResult[];
  readonly findings: readonly Finding[];
  readonly shrinkRequests: number;
  readonly ledger?: Ledger;
  readonly problem: Problem | null;
}

function finished(session: Session, startedAt: number, stopped: Stopped, outcome: Outcome): RunEvent {
  const at = session.context.now();
  const seconds = Math.max(at - startedAt, 1) / 1000;
  return {
    kind: 'run-finished',
    at,
    durationMs: at - startedAt,
    stopped,
    traffic: {
      requests: session.meter.requests,
      sequences: session.progress.sequences,
      requestsPerSecond: Math.round(session.meter.requests / seconds),
      shrinkRequests: outcome.shrinkRequests,
    },
    choices: session.choiceResults,
    requirements: outcome.results,
    ...(outcome.ledger === undefined ? {} : { ledger: outcome.ledger }),
    error: outcome.problem?.text ?? null,
    ...(outcome.problem?.hint === undefined ? {} : { hint: outcome.problem.hint }),
  };
}
