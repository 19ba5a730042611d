import { hypotheses } from '../../specs/model/explain/catalogue.ts';
import { isShifting } from '../exchange/paging-rules.ts';
import type { Session } from '../session/session.ts';
import { explain } from './explain.ts';
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
  const { place, choices, probed, recordings } = session;
  const evidence = { place, choices, probed, clean: recordings.clean(), failing: recordings.failing() };
  return explain(counterexamples, hypotheses, evidence).map(
    ({ hypothesis, subjects, follows, failing, clean, exceptions }): Joined => {
      const [lead, ...also] = [...subjects].sort(
        (a, b) => rank(a, hypothesis.requirement) - rank(b, hypothesis.requirement),
      );
      if (lead === undefined) throw new Error('an explanation explains something');
      const { id, requirement, says } = hypothesis;
      const allFailing = evidence.failing.length;
      return {
        requirement,
        lead,
        also,
        follows,
        consequences: [],
        diagnosis: { id, says, failing, allFailing, clean, exceptions },
      };
    },
  );
}

/** What leads: a failure that comes every time and hangs on nobody else's data, with few calls, and that is of the requirement itself. */
function rank({ failures, attempts, shrunk: { failure } }: Confirmed, requirement: string): number {
  const doubts = [failures < attempts, failure.secondary, isShifting(failure.operation)];
  const at = failure.suspects.indexOf(requirement);
  return 10_000 * doubts.filter(Boolean).length + 10 * failure.calls + (at === -1 ? 9 : Math.min(at, 8));
}
