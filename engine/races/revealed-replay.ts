import type { Listing, RecordTold } from './observed.ts';
import type { Listings, Replayed, Revealed, Update } from './revealed.ts';

/** Carries the updates of a history of so many calls out in the order of their counts, and holds each listing against the state at its count. */
export function replay(calls: number, updates: readonly Update[], listings: Listings): Replayed | Revealed {
  const byCount = new Map<number, number[]>();
  const position = new Int32Array(calls).fill(-1);
  for (const [at, { call, listing }] of listings.entries()) {
    // A dataset that does not exist shows any count.
    const exists = listing.exists === true || listing.records.size > 0;
    const count = exists ? listing.count : 0;
    position[call] = count;
    const known = byCount.get(count);
    if (known === undefined) byCount.set(count, [at]);
    else known.push(at);
  }
  const state = new Map<string, RecordTold>();
  const writers = new Map<string, number>();
  const versions = new Map<string, number[]>();
  for (let count = 0; count <= updates.length; count += 1) {
    const update = count === 0 ? undefined : (updates[count - 1] as Update);
    if (update !== undefined) {
      const stale = update.patches.find((patch) => (state.get(patch.key)?.count ?? 0) !== patch.count);
      if (stale !== undefined) return refuted(update, writers.get(stale.key));
      position[update.call] = count;
      for (const { key, value } of update.patches) {
        state.set(key, { count, value });
        writers.set(key, update.call);
        const known = versions.get(key);
        if (known === undefined) versions.set(key, [count]);
        else known.push(count);
      }
    }
    for (const at of byCount.get(count) ?? []) {
      const { call, listing } = listings[at] as Listings[number];
      const wrong = difference(state, listing, count > 0);
      if (wrong !== null) return against(call, writers.get(wrong), updates);
    }
  }
  const uncertain = new Set(updates.filter(({ certain }) => !certain).map(({ call }) => call));
  return { position, uncertain, versions, last: updates.length };
}

/** An unanswered update that does not fit may be another than the one that was meant. */
function refuted(update: Update, writer: number | undefined): Revealed {
  if (!update.certain) return { verdict: 'undecided', because: 'unknown-update' };
  return { verdict: 'not-linearizable', calls: writer === undefined ? [update.call] : [writer, update.call] };
}

function against(call: number, writer: number | undefined, updates: readonly Update[]): Revealed {
  if (updates.some(({ certain }) => !certain)) return { verdict: 'undecided', because: 'unknown-update' };
  return { verdict: 'not-linearizable', calls: writer === undefined ? [call] : [writer, call] };
}

/** A key that is listed otherwise than it is, or the empty text where only the existence differs; null: no difference. */
function difference(state: ReadonlyMap<string, RecordTold>, { exists, records }: Listing, is: boolean): string | null {
  if (exists !== null && exists !== is) return '';
  for (const [key, { count, value }] of state) {
    const shown = records.get(key);
    if (shown?.count !== count || shown.value !== value) return key;
  }
  if (records.size === state.size) return null;
  return [...records.keys()].find((key) => !state.has(key)) ?? null;
}
