import type { Call } from '../linearize/model.ts';
import type { RaceInput, RaceOutput } from './dataset-model.ts';
import type { Listing, PatchMade } from './observed.ts';

export type RaceCallMade = Call<RaceInput, RaceOutput>;

/** `calls`: indices of the calls that contradict each other. `because`: why the counts alone do not decide. */
export type Revealed =
  | { readonly verdict: 'linearizable' }
  | { readonly verdict: 'not-linearizable'; readonly calls: readonly number[] }
  | {
      readonly verdict: 'undecided';
      readonly because: 'deletion' | 'unusual-batch' | 'unknown-update' | 'choice' | 'unplaced-conflict';
    };

export interface Update {
  /** Index in the history. */
  readonly call: number;
  readonly patches: readonly PatchMade[];
  readonly count: number;
  /** It was answered with this count, or else a listing showed it. */
  readonly certain: boolean;
}

export type Listings = readonly { readonly call: number; readonly listing: Listing }[];

/** The place of each call in the revealed order: of an update its count, of a listing the count it shows, -1: none. */
export interface Replayed {
  readonly position: Int32Array;
  /** Calls that were not answered and yet have a place. */
  readonly uncertain: ReadonlySet<number>;
  /** For each key the counts at which it was written, ascending. */
  readonly versions: ReadonlyMap<string, readonly number[]>;
  readonly last: number;
}
