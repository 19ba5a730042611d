import { answerClass } from '../../specs/types/answer.ts';
import type { Made } from './observed.ts';
import { type RaceFault, sayCalls } from './race-fault.ts';

/** What a server breaks that leaves a call unanswered when it meets another on one dataset. */
export const meetingRequirement = 'concurrency/meeting-calls-answered';

/** Whether a call got no answer, or one that says that the server could not. */
export function isUnanswered({ exchange: { answer } }: Made): boolean {
  return answer.kind === 'silence' || (answer.kind !== 'success' && answer.status >= 500);
}

/**
 * The fault of a server that does not answer calls on one dataset at the same time. `alone`: the same calls one after the other, `apart`:
 * at the same time, but each client's on a dataset of its own. Null where some of those were not answered either: then it is no
 * matter of meeting.
 */
export function meetingFault(made: readonly Made[], alone: readonly Made[], apart: readonly Made[]): RaceFault | null {
  const updates = made.filter(({ operation }) => operation === 'UpdateRecords');
  const meets = (one: Made): boolean =>
    updates.some((other) => other !== one && other.start < one.end && one.start < other.end);
  const left = updates.find((one) => isUnanswered(one) && meets(one));
  if (left === undefined || [...alone, ...apart].some(isUnanswered)) return null;
  const met = updates.filter((one) => one === left || (one.start < left.end && left.start < one.end));
  return {
    requirement: meetingRequirement,
    rule: answerClass(left.exchange.answer),
    culprit: left.number,
    calls: met.map(({ number }) => number),
    allowed: `an answer to each of ${sayCalls(met.map(({ number }) => number))}, as each gets alone and beside calls on other datasets`,
    actual: answerClass(left.exchange.answer),
  };
}
