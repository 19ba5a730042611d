import type { Target } from '../../specs/types/wire.ts';
import type { TargetInfo } from './events.ts';

export type Preset = 'smoke' | 'ci' | 'deep';

/** What a run is asked to do. Durations in milliseconds. */
export interface RunOptions {
  readonly seed: number;
  readonly preset: Preset;
  /** Sequences to run after opening and probes, of all shards together; without it the preset decides. */
  readonly runs?: number;
  readonly maxTimeMs?: number;
  readonly maxRequests?: number;
  readonly concurrency: number;
  /** Ids of the requirements to judge. */
  readonly requirements: readonly string[];
  readonly maxFindings?: number;
  readonly shrink: boolean;
  /** Sequences to explore once a failure was seen. Without it a run goes on to its end: one failure hides others. */
  readonly onceFailed?: number;
  /** False draws random sequences without choosing among them, to measure what the choosing is worth. Default true. */
  readonly steered?: boolean;
  /** Plays only its part of them; index from 1. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Given identities, when the target does not accept free ones. */
  readonly identityPoolId?: string;
  readonly identityIds?: readonly string[];
  readonly deviceId?: string;
}

/** What a run may touch of the outside world. The engine reaches for nothing else. */
export interface RunContext {
  readonly target: Target;
  readonly info: TargetInfo;
  readonly toolVersion: string;
  /** Names everything the run creates: lower-case hex, 8 characters. */
  readonly runId: string;
  /** Milliseconds, for dates. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly ledger: Ledger;
}

/** A dataset the run may have created. */
export interface LedgerEntry {
  readonly identityPoolId: string;
  readonly identityId: string;
  readonly datasetName: string;
}

/** An identity pool the run may have made for itself; the name is its own, the id is known once the target has given it. */
export interface PoolEntry {
  readonly identityPoolName: string;
  readonly identityPoolId: string | null;
}

/** Written before a dataset or pool can come into being, so that a crash leaves nothing unknown behind. */
export interface Ledger {
  planned(entries: readonly (LedgerEntry | PoolEntry)[]): Promise<void>;
  deleted(entries: readonly (LedgerEntry | PoolEntry)[]): Promise<void>;
}
