import type { Call } from '../linearize/model.ts';
import type { RaceInput, RaceOutput } from './dataset-model.ts';
import { type Listing, type Made, patchesOf, type PatchMade, type Told, toldBy } from './observed.ts';

/** A call of a race with what its answer says. */
export interface Read {
  readonly made: Made;
  readonly patches: readonly PatchMade[];
  readonly told: Told;
  /** Its end; Infinity for a call that may still take effect. */
  readonly end: number;
}

export interface History {
  readonly calls: readonly Call<RaceInput, RaceOutput>[];
  /** The read of each call. */
  readonly reads: readonly Read[];
}

export function readAll(made: readonly Made[]): readonly Read[] {
  return made.map((one) => {
    const told = toldBy(one.operation, one.exchange);
    const patches = one.operation === 'UpdateRecords' ? patchesOf(one.exchange.input) : [];
    return { made: one, patches, told, end: told.kind === 'open' ? Infinity : one.end };
  });
}

export function overlap(a: Read, b: Read): boolean {
  return a.made.start <= b.end && b.made.start <= a.end;
}

/** Whether `a` was over before `b` began. */
export function precedes(a: Read, b: Read): boolean {
  return a.end < b.made.start;
}

export function isDeletion({ made, told }: Read): boolean {
  return made.operation === 'DeleteDataset' && told.kind !== 'nothing';
}

/**
 * The calls that say something of the order. Refusals for other reasons than a conflict are left out, and so are conflicts where
 * anybody else used the dataset since the refused client listed it: a server may well ask the loser of a race to try again. Listings
 * beside a deletion are left out as well, since no client relies on them.
 */
export function historyOf(reads: readonly Read[], exact: boolean): History {
  const listings = reads.flatMap(({ told }) => (told.kind === 'listed' ? [told.listing] : []));
  const known = countsKnown(reads, listings);
  const deletions = reads.filter(isDeletion);
  const kept = reads.flatMap((read): readonly (readonly [Read, Call<RaceInput, RaceOutput>])[] => {
    const { made, told, patches } = read;
    const { start, end } = made;
    const update: RaceInput = { kind: 'update', patches, seen: seenIn(listings, patches) };
    switch (told.kind) {
      case 'accepted':
        return [[read, { input: update, output: { kind: 'accepted', count: told.count }, start, end }]];
      case 'refused':
        return told.conflict && !isContended(read, reads)
          ? [[read, { input: update, output: { kind: 'conflict' }, start, end }]]
          : [];
      case 'listed': {
        if (deletions.some((deletion) => overlap(deletion, read))) return [];
        const { listing } = told;
        const shown = exact ? listing : { ...listing, count: known.findLast((count) => count <= listing.count) ?? 0 };
        return [[read, { input: { kind: 'list' }, output: { kind: 'listed', listing: shown }, start, end }]];
      }
      case 'deleted':
        return [[read, { input: { kind: 'delete' }, output: { kind: 'deleted' }, start, end }]];
      case 'open':
        return [[read, { input: made.operation === 'DeleteDataset' ? { kind: 'delete' } : update, start, end: null }]];
      case 'nothing':
        return [];
    }
  });
  return { calls: kept.map(([, call]) => call), reads: kept.map(([read]) => read) };
}

/** Whether anybody else used the dataset since the client of an update had listed it. */
export function isContended(read: Read, reads: readonly Read[]): boolean {
  return reads.some(
    (other) => actorOf(other) !== actorOf(read) && other.made.start <= read.end && other.end >= read.made.knowsSince,
  );
}

/** Deletions are nobody's: they disturb everybody. */
function actorOf({ made }: Read): number {
  return made.call.do === 'delete' ? -1 : made.call.actor;
}

/** Ascending. */
function countsKnown(reads: readonly Read[], listings: readonly Listing[]): readonly number[] {
  const accepted = reads.flatMap(({ told }) => (told.kind === 'accepted' ? [told.count] : []));
  const listed = listings.flatMap(({ records }) => [...records.values()].map(({ count }) => count));
  return [...new Set([0, ...accepted, ...listed])].sort((a, b) => a - b);
}

/** Values are unique in a race, so a listed one tells whose update it was. */
function seenIn(listings: readonly Listing[], patches: readonly PatchMade[]): number | undefined {
  for (const { records } of listings) {
    for (const { key, value } of patches) {
      const shown = records.get(key);
      if (shown?.value === value) return shown.count;
    }
  }
  return undefined;
}
