/** One finding of the run against a mutant. */
export interface Caught {
  /** Its place among the findings of the run, the first being 1. */
  readonly place: number;
  readonly requirement: string;
  readonly key: string;
  readonly variants: readonly string[];
  /** What the report says that the server does. */
  readonly does: string;
  /** The id of the hypothesis behind that sentence, null where it only repeats the wrong answer. */
  readonly hypothesis: string | null;
  /** Sequences and requests until it was first seen. */
  readonly sequences: number;
  readonly requests: number;
  /** Calls of the counterexample. */
  readonly calls: number;
  /** What shrinking it cost. */
  readonly shrinkRequests: number;
  /** Some of its calls were made at the same time. */
  readonly race: boolean;
  readonly reproduced: { readonly attempts: number; readonly failures: number };
  /** Each call in words, with its answer. */
  readonly steps: readonly string[];
}

/** A line of the kill table. */
export interface Row {
  /** Of the mutant; `none` for the endpoint without a fault. */
  readonly id: string;
  readonly title: string;
  /** The requirement that must catch it; null for the endpoint without a fault. */
  readonly requirement: string | null;
  readonly deep: boolean;
  /** The fewest calls that show it. */
  readonly minimum: number;
  /** `skipped`: only the deep preset has the time for it. */
  readonly outcome: 'killed' | 'caught-by-another' | 'survived' | 'skipped' | 'clean' | 'false-alarm';
  /** The failure that was seen first of all, and how soon. */
  readonly detected: { readonly key: string; readonly sequences: number; readonly requests: number } | null;
  /** The finding that explains the failure seen first. */
  readonly caught: Caught | null;
  readonly others: readonly Caught[];
  /** What does not add up in the ledger of the run; empty where everything does. */
  readonly imbalances: readonly string[];
  readonly ms: number;
}

/** What became of a run against several faults at once. */
export interface SetRow {
  readonly set: readonly string[];
  /** Ids of the faults whose requirement has a finding, and of the others. */
  readonly named: readonly string[];
  readonly missed: readonly string[];
  readonly findings: readonly {
    readonly requirement: string;
    readonly does: string;
    readonly alsoBreaks: readonly string[];
  }[];
  /** What does not add up in the ledger; empty where everything does. */
  readonly imbalances: readonly string[];
  readonly ms: number;
}
