import type { Strictness } from './dataset-model.ts';
import type { Listings, RaceCallMade, Revealed, Update } from './revealed.ts';
import { replay } from './revealed-replay.ts';
import { inRealTime } from './revealed-time.ts';

/**
 * Sync counts put the accepted updates in one order (S-04, S-05), so mostly no search is needed: the order that they reveal is checked,
 * in n log n steps, under the exact model. Where anything else could explain the answers the result is `undecided`, never a verdict.
 */
export function revealedOrder(
  calls: readonly RaceCallMade[],
  { unknownKeys }: Pick<Strictness, 'unknownKeys'>,
): Revealed {
  const sorted = sortOut(calls, unknownKeys);
  if ('verdict' in sorted) return sorted;
  const { accepted, open, listings } = sorted;
  const order = orderOf(calls, accepted, open, listings);
  if ('verdict' in order) return order;
  const replayed = replay(calls.length, order.updates, listings);
  if ('verdict' in replayed) return replayed;
  return inRealTime(calls, { ...replayed, unplaced: order.unplaced });
}

interface Sorted {
  readonly accepted: readonly Update[];
  readonly open: readonly Update[];
  readonly listings: Listings;
}

function sortOut(calls: readonly RaceCallMade[], unknownKeys: boolean): Sorted | Revealed {
  const accepted: Update[] = [];
  const open: Update[] = [];
  const listings: { readonly call: number; readonly listing: Listings[number]['listing'] }[] = [];
  for (let call = 0; call < calls.length; call += 1) {
    const { input, output } = calls[call] as RaceCallMade;
    if (input.kind === 'delete') return { verdict: 'undecided', because: 'deletion' };
    if (input.kind === 'list') {
      if (output?.kind === 'listed') listings.push({ call, listing: output.listing });
      continue;
    }
    const { patches } = input;
    if (patches.length === 0 || patches.some(({ key }, at) => patches.findIndex((other) => other.key === key) < at))
      return { verdict: 'undecided', because: 'unusual-batch' };
    if (unknownKeys && patches.some(({ count }) => count > 0)) return { verdict: 'undecided', because: 'choice' };
    if (output?.kind === 'accepted') accepted.push({ call, patches, count: output.count, certain: true });
    else if (output === undefined) open.push({ call, patches, count: 0, certain: false });
  }
  return { accepted, open, listings };
}

interface Order {
  /** By count, without a gap: the update with count n is at n - 1. */
  readonly updates: readonly Update[];
  /** Whether some unanswered update has no count that anybody saw. */
  readonly unplaced: boolean;
}

function orderOf(
  calls: readonly RaceCallMade[],
  accepted: readonly Update[],
  open: readonly Update[],
  listings: Listings,
): Order | Revealed {
  const placed = byCount(calls.length, accepted);
  if ('verdict' in placed) return placed;
  const updates: (Update | undefined)[] = [...placed];
  let highest = updates.length;
  const certain = highest;
  for (const { call, listing } of listings) {
    const top = listing.records.size > 0 || listing.exists === true ? listing.count : 0;
    if (top > calls.length) return { verdict: 'not-linearizable', calls: [call] };
    highest = Math.max(highest, top);
  }
  const holes = new Set<number>();
  for (let count = 1; count <= highest; count += 1) if (updates[count - 1] === undefined) holes.add(count);
  if (holes.size > open.length) return skipped(holes, certain, updates, listings);
  if (holes.size > 0 && !fill(updates, holes, open, listings))
    return { verdict: 'undecided', because: 'unknown-update' };
  return { updates: updates as Update[], unplaced: open.length > holes.size };
}

/** Accepted updates, each at its count less 1. */
function byCount(most: number, accepted: readonly Update[]): readonly (Update | undefined)[] | Revealed {
  const updates: (Update | undefined)[] = [];
  for (const update of accepted) {
    if (!Number.isInteger(update.count) || update.count < 1 || update.count > most)
      return { verdict: 'not-linearizable', calls: [update.call] };
    const other = updates[update.count - 1];
    if (other !== undefined) return { verdict: 'not-linearizable', calls: [other.call, update.call] };
    updates[update.count - 1] = update;
  }
  return updates;
}

/** There are more counts that nobody was given than updates that were not answered. */
function skipped(
  holes: ReadonlySet<number>,
  certain: number,
  updates: readonly (Update | undefined)[],
  listings: Listings,
): Revealed {
  const [hole = 0] = holes;
  const next = hole < certain ? updates.find((update, at) => at >= hole && update !== undefined) : undefined;
  const shown = listings.find(({ listing }) => listing.count >= hole)?.call;
  const call = next?.call ?? shown;
  return { verdict: 'not-linearizable', calls: call === undefined ? [] : [call] };
}

/** Gives each count without an update the one unanswered update whose value was listed with it; false where one is left. */
function fill(
  updates: (Update | undefined)[],
  holes: ReadonlySet<number>,
  open: readonly Update[],
  listings: Listings,
): boolean {
  const writers = new Map<string, number[]>();
  for (const [at, { patches }] of open.entries())
    for (const { key, value } of patches) {
      const name = `${key}\n${value}`;
      writers.set(name, [...(writers.get(name) ?? []), at]);
    }
  const placed = new Map<number, number>();
  for (const { listing } of listings)
    for (const [key, { count, value }] of listing.records) {
      if (!holes.has(count) || updates[count - 1] !== undefined) continue;
      const [writer, other] = writers.get(`${key}\n${value ?? ''}`) ?? [];
      if (writer === undefined || other !== undefined || placed.has(writer)) return false;
      placed.set(writer, count);
      updates[count - 1] = { ...(open[writer] as Update), count };
    }
  return placed.size === holes.size;
}
