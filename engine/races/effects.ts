import type { Read } from './history.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Where each call can have taken effect: within its own time, not before the start of a call that has a lower place in the order of
 * counts, and not after the end of one that has a higher place. Null: nowhere.
 */
export function effectsOf(reads: readonly Read[]): readonly (Span | null)[] {
  const placed = reads.map((read) => ({ read, place: placeOf(read) }));
  return placed.map(({ read, place }) => {
    let from = read.made.start;
    let to = read.end;
    for (const other of place === null ? [] : placed) {
      if (other.place === null || place === null || other.place === place) continue;
      if (other.place < place) from = Math.max(from, other.read.made.start);
      else to = Math.min(to, other.read.end);
    }
    return from > to ? null : { from, to };
  });
}

/** Twice its count; a listing comes after the update whose count it shows. Null: its answer shows no count. */
function placeOf({ told }: Read): number | null {
  if (told.kind === 'accepted') return told.count * 2;
  return told.kind === 'listed' ? told.listing.count * 2 + 1 : null;
}
