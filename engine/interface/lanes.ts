/** A counterexample of several clients as a picture: one lane per client, calls as bars over the order of all starts and ends. */
export interface Lanes {
  /** What kind of anomaly it is, `double acceptance`; null: one that a single call shows. */
  readonly anomaly: string | null;
  /** The contradiction in one sentence. */
  readonly says: string;
  /** Names of the clients, from the top lane to the bottom one. */
  readonly clients: readonly string[];
  /** Starts and ends have the places 0 to `places` - 1. */
  readonly places: number;
  readonly calls: readonly LaneCall[];
}

export interface LaneCall {
  /** Number of the finding's step, from 1. */
  readonly step: number;
  /** Index of its client. */
  readonly client: number;
  readonly from: number;
  readonly to: number;
  /** No answer came, so it may take effect at any later time. */
  readonly open: boolean;
  /** Where it can have taken effect, judged by the counts that all calls were given; null: nowhere. */
  readonly effect: { readonly from: number; readonly to: number } | null;
  /** It belongs to the contradiction. */
  readonly contradicts: boolean;
}
