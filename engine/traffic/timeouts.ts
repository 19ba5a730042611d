import type { Operation, Reply } from '../../specs/types/wire.ts';

/** How long to wait for answers of a target that leaves calls unanswered. */
export interface Patience {
  /** Milliseconds for a call of the operation; undefined: as long as the target is set to wait. */
  readonly limit: (operation: Operation) => number | undefined;
  /** Milliseconds after which no answer is expected any more. */
  readonly longest: () => number;
  readonly note: (operation: Operation, reply: Reply) => void;
}

/** When an answer is not expected any more. */
const expected = { slower: 20, leastMs: 1_000 };

/**
 * The more calls of an operation were left unanswered, the less is waited for another: so many times the slowest answer so far,
 * and never less than this.
 */
const stages: readonly { readonly silences: number; readonly slower: number; readonly leastMs: number }[] = [
  { silences: 1, slower: 50, leastMs: 5_000 },
  { silences: 3, ...expected },
  { silences: 12, slower: 4, leastMs: 250 },
];

/** After so many answers a call is given up that takes so many times as long as the slowest of them. */
const knownWell = { answers: 200, slower: 100, leastMs: 15_000 };

/**
 * A call that is never answered costs the whole time limit. A few such calls prove the fault; the others are given up sooner, so
 * that the run does not spend its time on silence.
 */
export function createPatience(): Patience {
  const { slower, leastMs } = expected;
  const silences = new Map<Operation, number>();
  let slowestMs = 0;
  let answers = 0;
  const after = (number: number): number | undefined => {
    // A target that is known well is not waited for as long as one that nobody knows.
    const stage =
      stages.findLast((one) => number >= one.silences) ?? (answers >= knownWell.answers ? knownWell : undefined);
    return stage && Math.max(stage.leastMs, stage.slower * slowestMs);
  };
  return {
    longest: () => Math.max(leastMs, slower * slowestMs),
    limit: (operation) => after(silences.get(operation) ?? 0),
    note(operation, reply) {
      if (reply.kind === 'response') {
        slowestMs = Math.max(slowestMs, reply.ms);
        answers += 1;
      } else if (reply.reason === 'timeout') silences.set(operation, (silences.get(operation) ?? 0) + 1);
    },
  };
}
