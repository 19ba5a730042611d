import type { Operation, Reply } from '../specs/wire.ts';

/** How long to wait for answers of a target that leaves calls unanswered. */
export interface Patience {
  /** Milliseconds for a call of the operation; undefined: as long as the target is set to wait. */
  readonly limit: (operation: Operation) => number | undefined;
  /** Milliseconds after which no answer is expected any more. */
  readonly longest: () => number;
  readonly note: (operation: Operation, reply: Reply) => void;
}

/** Silences of one operation, in all or in a row, after which it is known not to answer some of its calls. */
const enough = { inAll: 5, inARow: 3 };
/** An answer is not expected later than so many times the slowest so far, and never within less. */
const slower = 20;
const leastMs = 1_000;

/**
 * A call that is never answered costs the whole time limit. A few such calls prove the fault; the others are given up sooner, so
 * that the run does not spend its time on silence.
 */
export function createPatience(): Patience {
  const silences = new Map<Operation, { inAll: number; inARow: number }>();
  let slowestMs = 0;
  const longest = (): number => Math.max(leastMs, slower * slowestMs);
  return {
    longest,
    limit(operation) {
      const { inAll, inARow } = silences.get(operation) ?? { inAll: 0, inARow: 0 };
      return inAll < enough.inAll && inARow < enough.inARow ? undefined : longest();
    },
    note(operation, reply) {
      const { inAll, inARow } = silences.get(operation) ?? { inAll: 0, inARow: 0 };
      if (reply.kind === 'response') {
        slowestMs = Math.max(slowestMs, reply.ms);
        silences.set(operation, { inAll, inARow: 0 });
      } else if (reply.reason === 'timeout') silences.set(operation, { inAll: inAll + 1, inARow: inARow + 1 });
    },
  };
}
