import type { Choices } from '../../specs/model/state/prediction.ts';
import { ownPool, type Sequence } from '../../specs/types/sequence.ts';
import { exercisesOf } from '../play/coverage.ts';
import type { Plan, Suite } from '../interface/plan.ts';
import type { Played } from '../play/play.ts';
import type { Progress } from '../play/sightings.ts';
import { isCrowded, type PlayResult, playFresh, rehearsal, type Session, supportedOnly } from '../session/session.ts';
import { eachConcurrently } from '../traffic/each-concurrently.ts';

interface Drawn {
  readonly suite: string;
  readonly sequence: Sequence;
}

/** When a run has explored enough. */
export interface Enough {
  readonly played: (sequences: number) => boolean;
  /** From here on only examples that reach what nothing has reached yet are worth a slow target's time. */
  readonly late: () => boolean;
}

/** Plays the written examples and then random sequences until the budget is used. */
export async function explore(session: Session, plan: Plan, enough: Enough): Promise<void> {
  let count = 0;
  const over = (): boolean => session.stopped() !== null || enough.played(count);
  // Where room is all there is, it is for what nothing else has shown.
  const drawn = steer(session, plan, over, () => enough.late() || isCrowded(session));
  await eachConcurrently(session.options.concurrency, drawn, async ({ suite, sequence }) => {
    count += 1;
    await playNoted(session, suite, sequence);
  });
}

/** Plays one sequence and notes what it shows while it goes on. */
export async function playNoted(
  session: Session,
  suite: string,
  sequence: Sequence,
  choices?: Choices,
): Promise<PlayResult> {
  return session.crowd.undisturbed(async (last) => {
    const startedAt = session.context.now();
    const log = sequenceLog(session, sequence, choices !== undefined);
    const played: Played[] = [];
    const end = await playFresh(
      session,
      sequence,
      (one) => {
        played.push(one);
        return log.note(one);
      },
      { choices, last },
    );
    log.finish(suite, startedAt);
    return { played, ...end };
  });
}

/** Notes what the last of these calls shows, and tells of failures that are new. */
export function noteSightings(
  session: Session,
  sequence: Sequence,
  trail: readonly Played[],
  progress: Progress,
  again = false,
): void {
  for (const { key, requirement } of session.sightings.note(sequence, trail, progress, again)) {
    const at = session.context.now();
    session.emit({
      kind: 'sighting',
      at,
      key,
      requirement,
      sequence: progress.sequences - 1,
      requests: progress.requests,
    });
  }
}

function sequenceLog(
  session: Session,
  sequence: Sequence,
  learning: boolean,
): { readonly note: (played: Played) => boolean; readonly finish: (suite: string, startedAt: number) => void } {
  const index = session.progress.sequences++;
  const exercised: { [requirement: string]: number } = {};
  const failures = new Set<string>();
  const trail: Played[] = [];
  let requests = 0;
  return {
    note(played) {
      requests += played.exchanges.length;
      session.coverage.note(played);
      for (const { requirement } of exercisesOf(played)) exercised[requirement] = (exercised[requirement] ?? 0) + 1;
      trail.push(played);
      // What hangs on a choice that is not yet known is judged again when it is.
      if (!(learning && played.expected === 'any'))
        noteSightings(session, sequence, trail, { sequences: index + 1, requests: session.meter.requests });
      if (played.deviations.length > 0)
        failures.add(
          `${played.deviations[0]?.suspects[0] ?? ''}|${played.operation}|${played.expected}|${played.actual}`,
        );
      return true;
    },
    finish(suite, startedAt) {
      const at = session.context.now();
      session.emit({
        kind: 'sequence-finished',
        at,
        index,
        suite,
        requests,
        ms: at - startedAt,
        exercised,
        failures: [...failures],
      });
    },
  };
}

/** Drawn for each place; more candidates find rarer contexts, and cost time that requests could use. */
const candidatesEarly = 12;
const candidatesLate = 2;
const early = 64;
/** From here on everything thin has been reached as well as it can be; requests are worth more than choosing. */
const settled = 320;
/** Random sequences before the long examples, so that everything else is seen sooner. */
const beforeLong = 96;
/** Repetitions of one update beyond which an example is long. */
const manyTimes = 16;
/** In the first rows only written examples are played: they show more for their requests. */
const beforeDrawing = 6;
/** A rare suite draws in one row of so many. */
const rareTurns = 4;

/**
 * The order in which sequences are played. The suites take turns, each with its examples first; for each further turn several
 * sequences are drawn, rehearsed without a request, and the one that reaches the thinnest requirements and contexts is
 * taken. What is drawn depends on the seed and the target's choices alone, not on timing.
 */
function* steer(session: Session, plan: Plan, over: () => boolean, late: () => boolean): Generator<Drawn> {
  const { options } = session;
  const counts = new Map<string, number>();
  let position = 0;
  const mine = (): boolean => {
    const shard = options.shard;
    position += 1;
    return shard === undefined || (position - 1) % shard.of === shard.index - 1;
  };
  const deep = options.preset === 'deep';
  const judged = plan.suites.filter((suite) => suite.verified !== true || session.unverified === null);
  const suites = judged.map((suite) => {
    const examples = [...suite.examples, ...(deep ? (suite.deep ?? []) : [])].map((example) =>
      supportedOnly(session, example),
    );
    return {
      id: suite.id,
      draw: suite.draw,
      rare: suite.rare === true,
      turns: suite.turns ?? 1,
      from: suite.from ?? 0,
      examples: examples.filter((one) => !isLong(one)),
      long: examples.filter(isLong),
    };
  });
  const long = suites.flatMap(({ id, long: sequences }) => sequences.map((sequence) => ({ suite: id, sequence })));
  let turn = 0;
  const drawFrom = (id: string, draw: NonNullable<Suite['draw']>): Drawn | undefined => {
    const number = options.steered === false ? 1 : turn < early ? candidatesEarly : turn < settled ? candidatesLate : 1;
    const drawn = Array.from({ length: number }, (_, candidate) => ({
      suite: id,
      sequence: supportedOnly(session, fitting(session, draw(options.seed, turn * candidatesEarly + candidate))),
    }));
    turn += 1;
    return drawn.length === 1 ? drawn[0] : thinnest(session, counts, drawn);
  };
  const worthwhile = (sequence: Sequence): boolean => !late() || reachesNew(session, sequence);
  for (let row = 0, idle = false; !idle; row += 1) {
    idle = true;
    for (const { id, turns, from, examples, draw, rare } of suites) {
      if (over()) return;
      const written = row < from ? [] : examples.slice((row - from) * turns, (row - from + 1) * turns);
      if (row < from && examples.length > 0) idle = false;
      if (written.length === 0 && (draw === undefined || late())) continue;
      idle = false;
      for (const sequence of written) {
        const fitted = noted(session, counts, { suite: id, sequence });
        if (mine() && worthwhile(fitted.sequence)) yield fitted;
      }
      if (written.length > 0) continue;
      if (draw !== undefined && row >= beforeDrawing && (!rare || row % rareTurns === 0)) {
        // A suite whose examples are used up draws while the others go on with theirs.
        const drawn = drawFrom(id, draw);
        if (drawn !== undefined && mine()) yield drawn;
      }
    }
    if (turn >= beforeLong || idle)
      for (const drawn of long.splice(0)) if (mine() && !over() && worthwhile(drawn.sequence)) yield drawn;
  }
}

/** Hundreds of updates in a row are started late: everything else is seen sooner. */
function isLong(sequence: Sequence): boolean {
  return sequence.steps.some((step) => step.do === 'update' && (step.times ?? 1) > manyTimes);
}

/** Leaves out what needs more identities or pools than the target gives. */
function fitting(session: Session, sequence: Sequence): Sequence {
  const { pools, identities } = session.place;
  const fits = sequence.datasets.every(
    (ref) => (ref.pool < pools || ref.pool === ownPool) && ref.identity < identities,
  );
  if (fits) return sequence;
  return {
    ...sequence,
    datasets: sequence.datasets.map((ref, index) => ({ pool: 0, identity: 0, name: `${ref.name}${index}` })),
  };
}

function noted(session: Session, counts: Map<string, number>, drawn: Drawn): Drawn {
  for (const context of contextsOf(session, drawn.sequence).contexts)
    counts.set(context, (counts.get(context) ?? 0) + 1);
  return { ...drawn, sequence: fitting(session, drawn.sequence) };
}

function thinnest(session: Session, counts: Map<string, number>, drawn: readonly Drawn[]): Drawn | undefined {
  let best: { readonly drawn: Drawn; readonly score: number; readonly contexts: ReadonlySet<string> } | undefined;
  for (const one of drawn) {
    const { contexts, calls } = contextsOf(session, one.sequence);
    if (calls === 0) continue;
    let score = 0;
    for (const context of contexts) score += 1 / (1 + (counts.get(context) ?? 0)) ** 2;
    score /= calls + 4;
    if (best === undefined || score > best.score) best = { drawn: one, score, contexts };
  }
  for (const context of best?.contexts ?? []) counts.set(context, (counts.get(context) ?? 0) + 1);
  return best?.drawn;
}

/** Whether a sequence puts to the test what nothing has put to the test yet. */
function reachesNew(session: Session, sequence: Sequence): boolean {
  const isNew = (id: string): boolean =>
    session.options.requirements.includes(id) && session.coverage.exercised(id) === 0;
  return rehearsal(session, sequence).some((played) => played.exercises.some((one) => isNew(one.requirement)));
}

function contextsOf(
  session: Session,
  sequence: Sequence,
): { readonly contexts: ReadonlySet<string>; readonly calls: number } {
  const contexts = new Set<string>();
  let calls = 0;
  for (const played of rehearsal(session, sequence)) {
    calls += 1;
    for (const { requirement, context } of played.exercises) contexts.add(`${requirement} ${context}`);
  }
  return { contexts, calls };
}
