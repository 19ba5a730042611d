import { hypotheses } from '../../specs/model/explain/catalogue.ts';
import { isShifting } from '../exchange/paging-rules.ts';
import type { Session } from '../session/session.ts';
import { otherOptions } from '../../specs/model/explain/by-feature.ts';
import { cover } from './cover.ts';
import type { Hypothesis } from '../../specs/model/explain/hypothesis.ts';
import { toldWrongly } from '../../specs/model/explain/told.ts';
import { isTold } from '../../specs/model/state/consistency.ts';
import { type Counterexample, explain } from './explain.ts';
import { sayBreach } from './say-breach.ts';
import type { Confirmed, Joined } from './minimum.ts';

/** Explains minima by what the server does. Those that no hypothesis explains are left out. */
export function diagnose(
  session: Session,
  minima: readonly Confirmed[],
  serialOf: (one: Confirmed) => number | undefined,
): readonly Joined[] {
  const counterexamples = minima.flatMap((subject) => {
    const serial = serialOf(subject);
    const { failure, sequence } = subject.shrunk;
    // A race has no order in which it could be judged again.
    if (serial === undefined || subject.failures === 0 || subject.played.some(({ race }) => race !== undefined))
      return [];
    return [{ subject, failure, recording: { sequence, serial, played: subject.played } }];
  });
  const { isolation, choices, probed, recordings } = session;
  const evidence = { isolation, choices, probed, clean: recordings.clean(), failing: recordings.failing() };
  const asked = new Set(minima.map(({ shrunk }) => shrunk.failure.requirement.replace(/^consistency\//, '')));
  const options = [...asked].flatMap((choice) => otherOptions(choice, choices[choice]));
  const all = [...hypotheses, ...options, ...tellings(counterexamples)];
  const explanations = explain(counterexamples, all, evidence).filter(({ hypothesis }) => !hypothesis.passesOver);
  return explanations.map(({ hypothesis, subjects, follows, failing, clean, exceptions }): Joined => {
    const { id, says } = hypothesis;
    const requirement = hypothesis.requirement ?? cover(subjects)[0]?.requirement ?? '';
    const [lead, ...also] = [...subjects].sort((a, b) => rank(a, requirement) - rank(b, requirement));
    if (lead === undefined) throw new Error('an explanation explains something');
    const allFailing = evidence.failing.length;
    return {
      requirement,
      lead,
      also,
      follows,
      consequences: [],
      diagnosis: { id, says, failing, allFailing, clean, exceptions },
    };
  });
}

/** For each requirement about what is shown: that the server shows it wrongly, and does the right thing. */
function tellings(counterexamples: readonly Counterexample<Confirmed>[]): readonly Hypothesis[] {
  const seen = new Map<string, Hypothesis>();
  for (const { recording, failure } of counterexamples)
    for (const { operation, deviations } of recording.played) {
      const deviation = deviations.find(
        ({ pointer, suspects }) => pointer.startsWith('/') && suspects[0] === failure.requirement,
      );
      const { requirement } = failure;
      if (deviation === undefined || !isTold(requirement) || seen.has(requirement)) continue;
      seen.set(requirement, toldWrongly(requirement, sayBreach(deviation, operation)));
    }
  return [...seen.values()];
}

/** What leads: a failure that comes every time and hangs on nobody else's data, with few calls, and that is of the requirement itself. */
function rank({ failures, attempts, shrunk: { failure } }: Confirmed, requirement: string): number {
  const doubts = [failures < attempts, failure.secondary, isShifting(failure.operation)];
  const at = failure.suspects.indexOf(requirement);
  return 10_000 * doubts.filter(Boolean).length + 10 * failure.calls + (at === -1 ? 9 : Math.min(at, 8));
}
