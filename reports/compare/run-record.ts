import type { Summary } from '../summary/summary.ts';
import type { RunEvent } from '../../engine/interface/events.ts';

export interface Change {
  readonly kind: (typeof CHANGES)[number];
  /** Id of a requirement or a choice, or name of an operation. */
  readonly subject: string;
  /** One line that says what moved. */
  readonly detail: string;
  /** Whether the new run is worse than the old one by it. */
  readonly regression: boolean;
}
/** In the order in which a reader wants them. */

export const CHANGES = [
  'newly-failing',
  'no-longer-exercised',
  'still-failing',
  'fixed',
  'no-longer-seen',
  'choice-changed',
  'slower',
  'requirement-added',
  'requirement-removed',
  'requirement-changed',
] as const;
export interface Side {
  readonly id: string;
  readonly startedAt: string;
  readonly tool: string;
  readonly endpointUrl: string;
  readonly verdict: string;
}
/** What changed between two runs. */

export interface Comparison {
  readonly schemaVersion: 1;
  readonly old: Side;
  readonly new: Side;
  /** What makes the two runs hard to compare, in sentences. */
  readonly cautions: readonly string[];
  readonly changes: readonly Change[];
  readonly regression: boolean;
}
/** A run as it was stored. */

export interface RunRecord {
  readonly summary: Summary;
  readonly latencies: Latencies;
  /** What became of earlier findings that were replayed: key, or id where none is told, to FIXED, FAILED, CHANGED or ERROR. */
  readonly replays: ReadonlyMap<string, string>;
}
export type Buckets = Extract<RunEvent, { kind: 'latency' }>['buckets'];
/** Latency histograms by operation. */

export type Latencies = ReadonlyMap<string, Buckets>;
