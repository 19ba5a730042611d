import type { RaceFault } from './race-fault.ts';
import { isDeletion, type Read } from './history.ts';
import type { Listing } from './observed.ts';

export interface Accepted extends Read {
  readonly count: number;
  /** The count that the answer shows for each record. */
  readonly counts: ReadonlyMap<string, number>;
}

export interface Listed extends Read {
  readonly listing: Listing;
}

/** The calls of a race by what came of them, in the order of their start. */
export interface Parts {
  readonly reads: readonly Read[];
  readonly accepted: readonly Accepted[];
  readonly listed: readonly Listed[];
  readonly deletions: readonly Read[];
}

/** Looks for one plain thing that may be wrong with a race, without a search. */
export type Rule = (parts: Parts) => RaceFault | null;

export function partsOf(reads: readonly Read[]): Parts {
  return {
    reads,
    accepted: reads.flatMap((read) =>
      read.told.kind === 'accepted' ? [{ ...read, count: read.told.count, counts: read.told.counts }] : [],
    ),
    listed: reads.flatMap((read) => (read.told.kind === 'listed' ? [{ ...read, listing: read.told.listing }] : [])),
    deletions: reads.filter(isDeletion),
  };
}

/** A fault that `calls` show, the last of them the one that could not be answered so. */
export function faultOf(
  requirement: string,
  rule: string,
  calls: readonly [...Read[], Read],
  allowed: string,
  actual: string,
): RaceFault {
  const numbers = calls.map(({ made }) => made.number);
  return {
    requirement: `concurrency/${requirement}`,
    rule,
    culprit: numbers.at(-1) ?? 0,
    calls: numbers,
    allowed,
    actual,
  };
}

/** Its number as a reader counts: from 1. */
export function numberOf(read: Read): number {
  return read.made.number + 1;
}
