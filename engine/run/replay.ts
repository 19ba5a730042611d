import { type Sequence, isRace } from '../../specs/types/sequence.ts';
import type { Finding, ReplayResult } from '../interface/events.ts';
import { failuresOf } from '../play/failure.ts';
import type { Problem } from '../interface/hint.ts';
import type { RunContext, RunOptions } from '../interface/options.ts';
import type { Plan } from '../interface/plan.ts';
import type { Played } from '../play/played.ts';
import { triesOfRace } from '../shrink/shrink-race.ts';
import { sayAnswer } from '../findings/say-step.ts';
import { type Session, createSession } from '../session/session.ts';
import { isSpoilt, supportedOnly } from '../session/supported.ts';
import { sweep } from '../session/clean-up.ts';
import { collect } from '../session/play-fresh.ts';
import { learnChoices } from '../explore/learn-choices.ts';
import { setUp } from '../isolation/set-up.ts';
import { createSightings } from '../play/sightings.ts';

/** The verdict on one finding, and the first call that moved. */
export type Replayed = Pick<ReplayResult, 'verdict' | 'text' | 'moved'>;

/** Replays of saved findings at one target, whose choices were learned once. */
export interface Replays {
  /** Why nothing can be judged at the target, else null; then every replay is an ERROR. */
  readonly problem: Problem | null;
  /** FAILED: the same failure. CHANGED: another one. FIXED: none, `attempts` times in a row. */
  replay(finding: Finding, attempts: number): Promise<Replayed>;
  /** Requests sent until now, those that learned the choices included. */
  requests(): number;
  /** Deletes what was made for the replays. */
  close(): Promise<void>;
}

/** Learns what has to be known of the target before a finding can be judged there again. */
export async function openReplays(plan: Plan, options: RunOptions, context: RunContext): Promise<Replays> {
  const ground = await setUp(options, context);
  if (!ground.ok) {
    return {
      problem: ground.problem,
      replay: () => Promise.resolve({ verdict: 'ERROR', text: ground.problem.text }),
      requests: () => ground.requests,
      close: () => Promise.resolve(),
    };
  }
  const session = createSession(options, context, ground.isolation, createSightings(new Set()), () => {});
  session.meter.requests += ground.requests;
  for (const [operation, evidence] of ground.unsupported) session.unsupported.set(operation, evidence);
  session.unverified = ground.unverified;
  session.elsewhere = ground.elsewhere;
  // The opening says nothing of the choices.
  await learnChoices(session, { ...plan, opening: [], openingOthers: [] });
  return {
    problem: null,
    replay: (finding, attempts) => replayIn(session, finding, attempts),
    requests: () => session.meter.requests,
    async close() {
      await sweep(session);
      await ground.close();
    },
  };
}

async function replayIn(session: Session, finding: Finding, attempts: number): Promise<Replayed> {
  const sequence = sequenceOf(finding);
  if (sequence === null) return { verdict: 'ERROR', text: 'this version cannot replay the sequence of this finding' };
  if (sequence.steps.some(isSpoilt) && session.unverified !== null)
    return { verdict: 'ERROR', text: `the finding is about signatures, and ${session.unverified}` };
  if (supportedOnly(session, sequence).steps.length < sequence.steps.length) {
    const lacking = [...session.unsupported].filter(([operation]) =>
      finding.steps.some((step) => step.operation === operation),
    );
    const said = lacking.map(([operation, evidence]) => `${operation}: ${evidence}`).join('; ');
    return { verdict: 'ERROR', text: `the finding needs what the target does not offer (${said})` };
  }
  let last: readonly Played[] = [];
  const race = isRace(sequence);
  const times = race ? attempts * triesOfRace : attempts;
  for (let attempt = 0; attempt < times; attempt += 1) {
    const { played, complete } = await collect(session, sequence);
    if (!complete) return { verdict: 'ERROR', text: 'the target stopped answering before the sequence was over' };
    last = played;
    const failures = played.flatMap(failuresOf);
    // Which call of a race comes first differs from run to run.
    const moved = race ? undefined : firstMoved(finding, played);
    const same = failures.find(
      (failure) =>
        failure.suspects.includes(finding.requirement) &&
        finding.key.endsWith(`|${failure.operation}|${failure.expected}|${failure.actual}`),
    );
    if (same !== undefined)
      return {
        verdict: 'FAILED',
        text: `the same failure: ${finding.requirement}`,
        ...(moved === undefined ? {} : { moved }),
      };
    const other = failures[0];
    if (other !== undefined)
      return {
        verdict: 'CHANGED',
        text: `another failure: ${other.requirement}, ${other.expected} expected, ${other.actual} answered`,
        ...(moved === undefined ? {} : { moved }),
      };
  }
  const moved = race ? undefined : firstMoved(finding, last);
  return { verdict: 'FIXED', text: `no failure in ${times} replays`, ...(moved === undefined ? {} : { moved }) };
}

/** A file may have been edited or come from another version: what cannot be played is told, not guessed. */
function sequenceOf(finding: Finding): Sequence | null {
  const raw = finding.sequence;
  if (typeof raw !== 'object' || raw === null) return null;
  const { datasets, steps } = raw as { datasets?: unknown; steps?: unknown };
  if (!Array.isArray(datasets) || !Array.isArray(steps)) return null;
  const kinds = new Set(['update', 'list', 'describe', 'datasets', 'delete', 'pause', 'check', 'together']);
  const playable = steps.every(
    (step: unknown) => typeof step === 'object' && step !== null && 'do' in step && kinds.has(String(step.do)),
  );
  return playable ? (raw as Sequence) : null;
}

function firstMoved(finding: Finding, played: readonly Played[]): Replayed['moved'] {
  const answers = played.flatMap((one) => one.exchanges.map(sayAnswer));
  for (const [index, step] of finding.steps.entries()) {
    const is = answers[index] ?? 'not reached';
    if (is !== step.answer) return { step: index + 1, was: step.answer, is };
  }
  return undefined;
}
