import type { Choices } from '../../specs/model/state/choices.ts';
import { linearize } from '../linearize/linearize.ts';
import { contradiction } from '../linearize/core.ts';
import { type DatasetModel, datasetModel, takesUnknownKeys } from './dataset-model.ts';
import { type RaceFault, sayCalls } from './race-fault.ts';
import { type History, historyOf, isDeletion, type Read, readAll } from './history.ts';
import { aheadOfItself, lostUpdate, resurrected, staleListing, tornListing, traceOfRefusal } from './listing-rules.ts';
import { revealedOrder } from './revealed-order.ts';
import { partsOf, type Rule } from './rule-inputs.ts';
import type { Made } from './observed.ts';
import {
  acceptedAgain,
  acceptedTwice,
  currentRefused,
  goesBack,
  sharedCount,
  skippedCount,
  splitBatch,
} from './update-rules.ts';

/** What hurts clients, the cause before what may come of it. */
const harmful: readonly Rule[] = [
  acceptedTwice,
  sharedCount,
  resurrected,
  lostUpdate,
  goesBack,
  staleListing,
  tornListing,
  acceptedAgain,
  currentRefused,
];
const harmless: readonly Rule[] = [skippedCount, aheadOfItself];

/** A race is short, and its counts settle the order: more is never needed. */
const budget = { configurations: 200_000 };

/**
 * Holds the calls of a race against one order of them all: first by what no client can do without, then to the letter. What is wrong is
 * called by its name where it has one. Null: nothing, or the search came to no end.
 */
export function judgeRace(made: readonly Made[], choices: Choices): RaceFault | null {
  const reads = readAll(made);
  const parts = partsOf(reads);
  const name = (rules: readonly Rule[]): RaceFault | null => {
    for (const rule of rules) {
      const fault = rule(parts);
      if (fault !== null) return fault;
    }
    return null;
  };
  const certain = name([traceOfRefusal, splitBatch]);
  if (certain !== null) return certain;
  const unknownKeys = takesUnknownKeys(choices);
  const history = historyOf(reads, true);
  // An order to the letter is one that clients can rely on, too; most races are right and need no search.
  if (revealedOrder(history.calls, { unknownKeys }).verdict === 'linearizable') return null;
  const anyCount = reads.some(({ told }) => told.kind === 'open');
  const loose = judgeBy(datasetModel({ exact: false, anyCount, unknownKeys }), historyOf(reads, false));
  if (loose !== null) return name(harmful) ?? general('one-order', loose, reads);
  // A deletion may take a count of its own, or not (S-45).
  if (reads.some(isDeletion)) return null;
  const exact = judgeBy(datasetModel({ exact: true, anyCount: false, unknownKeys }), history);
  return exact === null ? null : (name(harmless) ?? general('listing-is-one-state', exact, reads));
}

/** The calls that contradict each other, or null. */
function judgeBy(model: DatasetModel, { calls, reads }: History): readonly Read[] | null {
  if (linearize(model, calls, budget).verdict !== 'not-linearizable') return null;
  return contradiction(model, calls).flatMap((index) => reads[index] ?? []);
}

function general(requirement: string, core: readonly Read[], reads: readonly Read[]): RaceFault {
  const calls = core.map(({ made }) => made.number).sort((a, b) => a - b);
  const updates = reads.filter(({ told }) => told.kind === 'accepted').map(({ made }) => made.number);
  return {
    requirement: `concurrency/${requirement}`,
    rule: 'no order',
    culprit: calls.at(-1) ?? 0,
    calls,
    allowed: `answers that some order of ${sayCalls([...calls, ...updates])} explains`,
    actual: `none explains the ${calls.length === 1 ? 'answer' : 'answers'} to ${sayCalls(calls)}`,
  };
}
