import type { Operation } from '../../types/wire.ts';
import type { Deviation } from '../state/deviation.ts';
import type { Hypothesis } from './hypothesis.ts';

/** A server that does the right thing and shows it wrongly, in whichever answers, by what breaks one requirement. */
export function toldWrongly(requirement: string, says: string): Hypothesis {
  return {
    id: `told/${requirement}`,
    requirement,
    says,
    joinsNothing: true,
    override: ({ misreports }) => ({
      misreports: (deviation, operation) =>
        (deviation.pointer.startsWith('/') && deviation.suspects[0] === requirement) ||
        misreports(deviation, operation),
    }),
  };
}

/** What one kind of wrong answer is about. */
export interface Misreport {
  readonly id: string;
  readonly says: string;
  readonly is: (deviation: Deviation, operation: Operation) => boolean;
}

/** A server that shows something wrongly and does the right thing, as what it shows elsewhere proves. */
export function misreported({ id, says, is }: Misreport): Hypothesis {
  return {
    id: `told/${id}`,
    requirement: null,
    says,
    override: ({ misreports }) => ({
      misreports: (deviation, operation) => is(deviation, operation) || misreports(deviation, operation),
    }),
  };
}
