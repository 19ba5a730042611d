/** What a checker of histories must be told of the thing whose history it is. Pure functions. */
export interface SequentialModel<S, I, O> {
  readonly init: () => S;
  /** The state after the call, or null where it cannot have been answered so. Without an output the call was never answered. */
  readonly step: (state: S, input: I, output: O | undefined) => S | null;
  readonly equal: (a: S, b: S) => boolean;
  readonly hash: (state: S) => number;
  /**
   * Whether the call changes no state at all in which it is possible. That it would not change the present one is not enough: an
   * unanswered write that happens to write what is there may be needed later.
   */
  readonly readonly: (input: I, output: O | undefined) => boolean;
  /** Whether it makes no difference which of two unanswered calls took effect. */
  readonly interchangeable?: (a: I, b: I) => boolean;
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
  /** Configurations to remember; more are visited without being remembered. Default 500,000. */
  readonly remembered?: number;
  /** Ends the search once `now()` has passed it. */
  readonly until?: number;
  readonly now?: () => number;
}

/** Why a search came to no end. `memory`: what could not be remembered was visited again and again. */
export type Cause = 'steps' | 'time' | 'memory';

export type Result<S> =
  | { readonly verdict: 'linearizable' }
  | {
      readonly verdict: 'not-linearizable';
      /** Indices of the partition's calls. */
      readonly calls: readonly number[];
      /** The call that no order could get past, by its index, and some states in which it was tried. */
      readonly stuck: { readonly call: number; readonly states: readonly S[] };
    }
  | { readonly verdict: 'unknown'; readonly cause: Cause };
