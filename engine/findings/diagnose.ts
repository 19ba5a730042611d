import { hypotheses } from '../../specs/model/explain/catalogue.ts';
import { isShifting } from '../exchange/paging-rules.ts';
import { isLight } from '../session/recordings.ts';
import type { Played } from '../play/played.ts';
import type { Session } from '../session/session.ts';
import { primary } from './cover.ts';
import { explain } from './explain.ts';
import type { Judge } from './rejudging.ts';
import { hypothesesFrom, onlyShownWrongly } from './hypotheses-from.ts';
import type { Confirmed, Diagnosis, Joined } from './minimum.ts';

export interface Diagnoses {
  /** Minima that one fault explains. */
  readonly joined: readonly Joined[];
  /** What the server does, of minima that are not joined by it. */
  readonly sentences: ReadonlyMap<Confirmed, Diagnosis>;
  /** The rules and options of a server with all faults that were explained. */
  readonly judge: Judge;
  /** The search for explanations ended before all were tried. */
  readonly cutShort: boolean;
}

/** Recorded calls that may be judged again to explain one run: some ten seconds. */
const mostCalls = 300_000;
/** How many steps of the search are made before others get their turn. */
const stepsInARow = 20;

/** A gate that lets others have their turn now and then. */
function inTurns(mayGoOn: () => boolean): () => Promise<boolean> {
  let steps = 0;
  return async () => {
    steps += 1;
    if (steps % stepsInARow === 0) await new Promise((resolve) => setImmediate(resolve));
    return mayGoOn();
  };
}

/** Explains minima by what the server does. Those that no hypothesis explains are left out. */
export async function diagnose(
  session: Session,
  minima: readonly Confirmed[],
  serialOf: (played: readonly Played[]) => number | undefined,
): Promise<Diagnoses> {
  const counterexamples = minima.flatMap((subject) => {
    const { failure } = subject.shrunk;
    const { sequence, played } = subject.followed ?? { ...subject.shrunk, played: subject.played };
    const serial = serialOf(played);
    // A race has no order in which it could be judged again.
    if (serial === undefined || subject.failures === 0 || played.some(({ race }) => race !== undefined)) return [];
    const recording = { sequence, serial, played };
    return isLight(recording) ? [{ subject, failure, recording }] : [];
  });
  const { isolation, choices, rules, probed, recordings } = session;
  const evidence = { isolation, choices, probed, clean: recordings.clean(), failing: recordings.failing() };
  const all = [...hypotheses, ...hypothesesFrom(counterexamples, choices)];
  const tolerances = onlyShownWrongly(counterexamples);
  const joined: Joined[] = [];
  const sentences = new Map<Confirmed, Diagnosis>();
  const limits = { calls: mostCalls, goOn: inTurns(() => session.stopped() !== 'interrupted') };
  const { explanations, judge, cutShort } = await explain(counterexamples, { all, tolerances }, evidence, limits, {
    rules,
    choices,
  });
  for (const { hypothesis, subjects, follows, ...support } of explanations) {
    const { id, says, joinsNothing } = hypothesis;
    const diagnosis = { id, says, ...support, allFailing: evidence.failing.length };
    if (joinsNothing === true) for (const subject of subjects) sentences.set(subject, diagnosis);
    else joined.push(joinedBy(hypothesis.requirement, subjects, follows, diagnosis));
  }
  return { joined, sentences, judge, cutShort };
}

function joinedBy(
  known: string | null,
  subjects: readonly Confirmed[],
  follows: readonly Confirmed[],
  diagnosis: Diagnosis,
): Joined {
  const [plainest] = [...subjects].sort((a, b) => rank(a, '') - rank(b, '') || b.sighting.count - a.sighting.count);
  const requirement = known ?? (plainest === undefined ? '' : primary(plainest));
  const [lead, ...also] = [...subjects].sort((a, b) => rank(a, requirement) - rank(b, requirement));
  if (lead === undefined) throw new Error('an explanation explains something');
  return { requirement, lead, also, follows, consequences: [], diagnosis };
}

/** What leads: a failure that comes every time and hangs on nobody else's data, with few calls, and that is of the requirement itself. */
function rank({ failures, attempts, shrunk: { failure } }: Confirmed, requirement: string): number {
  const doubts = [failures < attempts, failure.secondary, isShifting(failure.operation)];
  const at = failure.suspects.indexOf(requirement);
  return 10_000 * doubts.filter(Boolean).length + 10 * failure.calls + (at === -1 ? 9 : Math.min(at, 8));
}
