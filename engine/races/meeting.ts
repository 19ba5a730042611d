import { answerClass } from '../../specs/types/answer.ts';
import type { Made } from './observed.ts';
import { type RaceFault, sayCalls } from './race-fault.ts';

/** What a server breaks that leaves a call unanswered when it meets another on one dataset. */
const meetingRequirement = 'concurrency/meeting-calls-answered';

/** Whether a call got no answer, or one that says that the server could not. */
export function isUnanswered({ exchange: { answer } }: Made): boolean {
  return answer.kind === 'silence' || (answer.kind !== 'success' && answer.status >= 500);
}

/** A client waits for nothing longer than this call did. */
function hangs({ exchange: { answer } }: Made): boolean {
  return answer.kind === 'silence' && answer.reason === 'timeout';
}

/**
 * The fault of a server that does not answer calls on one dataset at the same time. `alone`: the same calls one after the other, `apart`:
 * at the same time, but each client's on a dataset of its own. Null where some of those were not answered either: then it is no
 * matter of meeting. Clients send again what was answered with a server error or cut off: that is a fault only if the
 * dataset stays locked, so that a later call is not answered either, though it meets no other.
 */
export function meetingFault(made: readonly Made[], alone: readonly Made[], apart: readonly Made[]): RaceFault | null {
  const updates = made.filter(({ operation }) => operation === 'UpdateRecords');
  const meets = (one: Made): boolean =>
    updates.some((other) => other !== one && other.start < one.end && one.start < other.end);
  const left = updates.find((one) => isUnanswered(one) && meets(one));
  const locked = made.some((one) => left !== undefined && one.start > left.end && isUnanswered(one) && !meets(one));
  if (left === undefined || !(hangs(left) || locked) || [...alone, ...apart].some(isUnanswered)) return null;
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
