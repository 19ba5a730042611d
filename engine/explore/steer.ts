import { type Sequence, ownPool } from '../../specs/types/sequence.ts';
import type { Plan, Suite } from '../interface/plan.ts';
import { type Session, rehearsal } from '../session/session.ts';
import { supportedOnly } from '../session/supported.ts';

/**
 * The order in which sequences are played. The suites take turns, each with its examples first; for each further turn several
 * sequences are drawn, rehearsed without a request, and the one that reaches the thinnest requirements and contexts is
 * taken. What is drawn depends on the seed and the target's choices alone, not on timing.
 */
export function* steer(session: Session, plan: Plan, over: () => boolean, late: () => boolean): Generator<Drawn> {
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
/** Everything a run can play but the long examples: the written ones, then `each` drawn ones of each suite in turns. */
export function* candidatesOf(session: Session, plan: Plan, each: number): Generator<Drawn> {
  const { seed } = session.options;
  const suites = plan.suites.filter((suite) => suite.verified !== true || session.unverified === null);
  const fitted = (suite: string, sequence: Sequence): Drawn => ({
    suite,
    sequence: supportedOnly(session, fitting(session, sequence)),
  });
  for (const { id, examples } of suites) for (const one of examples) if (!isLong(one)) yield fitted(id, one);
  for (let index = 0; index < each; index += 1)
    for (const { id, draw } of suites) if (draw !== undefined) yield fitted(id, draw(seed + 1, index));
}

/** Hundreds of updates in a row are started late: everything else is seen sooner. */

function isLong(sequence: Sequence): boolean {
  return sequence.steps.some((step) => step.do === 'update' && (step.times ?? 1) > manyTimes);
}
/** Leaves out what needs more identities or pools than the target gives. */

function fitting(session: Session, sequence: Sequence): Sequence {
  const { pools, identities } = session.isolation;
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
export interface Drawn {
  readonly suite: string;
  readonly sequence: Sequence;
}
