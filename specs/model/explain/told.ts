import type { Hypothesis } from './hypothesis.ts';

/** A server that does the right thing and shows it wrongly, in whichever answers, by what breaks one requirement. */
export function toldWrongly(requirement: string, says: string): Hypothesis {
  return {
    id: `told/${requirement}`,
    requirement,
    says,
    passesOver: true,
    override: ({ misreports }) => ({
      misreports: (deviation, operation) =>
        (deviation.pointer.startsWith('/') && deviation.suspects[0] === requirement) ||
        misreports(deviation, operation),
    }),
  };
}
