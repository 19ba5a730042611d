/** What a checker of histories must know of the object whose history it is. Pure functions; no state is null. */
export interface SequentialModel<S, I, O> {
  readonly init: () => S;
  /** The state after the call, or null where the call cannot have had this output. Without an output the call was never answered. */
  readonly step: (state: S, input: I, output: O | undefined) => S | null;
  readonly equal: (a: S, b: S) => boolean;
  readonly hash: (state: S) => number;
  /**
   * Whether the call changes no state at all in which it is possible. That it would not change the present one is not enough: an
   * unanswered write that happens to write the present value may be needed later.
   */
  readonly readonly: (input: I, output: O | undefined) => boolean;
  /** Unanswered calls with the same text have the same effect, so it makes no difference which of them took effect. */
  readonly effect?: (input: I) => string;
  /**
   * Whether an answered call that only reads can become possible in this state or after some other calls. Optional: the search goes no
   * further from a state without a way to a read that must still have its place.
   */
  readonly possibleLater?: (state: S, input: I, output: O | undefined) => boolean;
  /** Calls of different partitions never influence each other. */
  readonly partition?: (input: I) => string;
}

/**
 * One call of a history. Intervals are closed: of two calls that meet in one point of time either may come first, as where
 * a clock is too coarse to tell. `end` null: never answered, so it may take effect at any later time, or never.
 */
export interface Call<I, O> {
  readonly input: I;
  readonly output?: O;
  readonly start: number;
  readonly end: number | null;
}

export interface Budget {
  /** Configurations to visit. Default 1,000,000. */
  readonly configurations?: number;
  /** Configurations, and states, to remember. Default 500,000. */
  readonly remembered?: number;
  /** Ends the search once `now()` has passed it. */
  readonly until?: number;
  readonly now?: () => number;
}

/** Why a search came to no end. `memory`: there was no room to remember what had been visited. */
export type Cause = 'steps' | 'time' | 'memory';

/** `configurations`: how many the search visited. */
export type Result<S> = { readonly configurations: number } & (
  | { readonly verdict: 'linearizable' }
  | {
      readonly verdict: 'not-linearizable';
      /** Indices of the partition's calls. */
      readonly calls: readonly number[];
      /** The call that no order could get past, by its index, and some states in which it was tried. */
      readonly stuck: { readonly call: number; readonly states: readonly S[] };
    }
  | { readonly verdict: 'unknown'; readonly cause: Cause }
);
