/** Everything a run says. Each event stands alone and is plain JSON; the log of them is the run. */

import type { Level } from '../../specs/types/contract-types.ts';
import type { Operation, SignatureFault } from '../../specs/types/wire.ts';
import type { Hint } from './hint.ts';
import type { Lanes } from './lanes.ts';

export type { LaneCall, Lanes } from './lanes.ts';

export type Status =
  | 'pass'
  | 'fail'
  | 'expected-fail'
  | 'unexpected-pass'
  | 'flaky'
  | 'not-exercised'
  | 'unsupported'
  | 'skipped'
  | 'indeterminate'
  | 'harness-error';

export type Stopped = 'complete' | 'budget' | 'interrupted' | 'unreachable';

/** One point where an answer differs from every allowed one. */
export interface Difference {
  /** JSON pointer into the body (`/Records/0/SyncCount`), or `status`, `error`, `header:…`. */
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
  readonly requirement: string;
}

/** One HTTP call of a counterexample, secrets removed. */
export interface FindingStep {
  readonly operation: Operation;
  /** Who, what and when in the words of the sequence: `A lists d`, `B sets a="x" at count 3 (stale by 2)`. */
  readonly says: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: { readonly [name: string]: string };
    readonly body: string | null;
    /** Its body went out in chunks. */
    readonly chunked?: boolean;
    /** What was wrong with its signature, where that was the point of the call. */
    readonly signature?: SignatureFault;
  };
  readonly response: {
    /** 0 when there was no HTTP answer; `body` then says what happened. */
    readonly status: number;
    readonly headers: { readonly [name: string]: string };
    readonly body: string;
  };
  /** What came back, in one short line: `200 a@3`, `409 ResourceConflictException`. */
  readonly answer: string;
  /** Where the session token of this call came from: the 1-based number of the ListRecords call. */
  readonly tokenFrom?: number;
  readonly differences: readonly Difference[];
}

export interface Finding {
  readonly id: string;
  /** requirement | operation | expected outcome class | actual outcome class */
  readonly key: string;
  readonly requirement: string;
  readonly level: Level;
  readonly title: string;
  /** What the server does, to follow `The server`: by a hypothesis that explains what was recorded, else by the wrong answer. */
  readonly does: string;
  /** How far the sentence holds, where it is a hypothesis. */
  readonly diagnosis?: {
    /** Of the hypothesis. */
    readonly id: string;
    /** In the third person, to follow `The server`: `checks only the first patch of a batch`. */
    readonly says: string;
    /** Recorded failing plays that it explains, and all of them. */
    readonly failing: number;
    readonly allFailing: number;
    /** Recorded plays without a failure, all of which agree with it. */
    readonly clean: number;
    /** Recorded failing plays that it explains in part only: there the server does something more. */
    readonly exceptions: number;
  };
  /** The source of the requirement, ready to print. */
  readonly source: string;
  /** What was allowed at the breaking call and why, one sentence. */
  readonly allowed: string;
  readonly actual: string;
  readonly sequencesToFind: number;
  readonly requestsToFind: number;
  readonly seed: number;
  readonly shrink: { readonly fromSteps: number; readonly toSteps: number; readonly requests: number };
  readonly reproduced: { readonly attempts: number; readonly failures: number };
  /** Some of its calls were made at the same time. What they were answered is proof, however rarely it happens again. */
  readonly race?: true;
  readonly sightings: number;
  /** Other failure keys that come from the same fault. */
  readonly variants: readonly string[];
  /** Other requirements that the same fault breaks in their own right. */
  readonly alsoBreaks: readonly string[];
  /** Sentences such as `any value fails` or `the dataset name does not matter`. */
  readonly doesNotMatter: readonly string[];
  readonly steps: readonly FindingStep[];
  /** The calls over time, where several clients make them. */
  readonly lanes?: Lanes;
  /** The symbolic sequence, which `replay` runs again. */
  readonly sequence: unknown;
}

/** What became of a finding of an earlier run when its counterexample was run again. */
export interface ReplayResult {
  /** Its id in the earlier run. */
  readonly id: string;
  readonly key: string;
  readonly requirement: string;
  readonly verdict: 'FIXED' | 'FAILED' | 'CHANGED' | 'ERROR';
  readonly text: string;
  /** The first call that answered otherwise than it did: its number from 1, then and now. */
  readonly moved?: { readonly step: number; readonly was: string; readonly is: string };
  readonly requests: number;
}

export interface TargetInfo {
  readonly endpointUrl: string;
  readonly region: string;
  readonly embedded: boolean;
  /** Its calls were signed, so the calls of a reproduction script are too. */
  readonly signed?: boolean;
}

export interface RequirementResult {
  readonly id: string;
  readonly group: string;
  readonly level: Level;
  readonly title: string;
  readonly status: Status;
  readonly exercised: number;
  /** Distinct model contexts in which it was exercised. */
  readonly contexts: number;
  readonly violations: number;
  readonly findings: readonly string[];
  /** The finding that explains its violations, where that is a finding of another requirement. */
  readonly because?: string;
  /** Why it was not judged, where it was not. */
  readonly reason?: string;
  readonly hint?: Hint;
}

/** Where every violated check of a run ended. The sums of `byFinding` and `flaky`, with `cutOff`, are `violations`. */
export interface Ledger {
  readonly violations: number;
  /** Violations of a requirement that a finding shows or explains. */
  readonly byFinding: readonly {
    readonly finding: string;
    readonly requirement: string;
    readonly violations: number;
  }[];
  /** Violations that did not show again when their sequence was run again. */
  readonly flaky: readonly { readonly requirement: string; readonly violations: number }[];
  /** Calls that were under way when the target stopped answering. */
  readonly cutOff: number;
}

export interface ChoiceResult {
  readonly id: string;
  /** The option taken, or `unknown` when no option explains what was seen. */
  readonly option: string;
  /** What AWS is known to do, else null. */
  readonly aws: string | null;
  readonly observations: number;
}

export interface Traffic {
  readonly requests: number;
  readonly sequences: number;
  readonly requestsPerSecond: number;
  readonly shrinkRequests: number;
}

export type RunEvent =
  | {
      readonly kind: 'run-started';
      readonly at: number;
      readonly schemaVersion: 1;
      readonly run: {
        readonly id: string;
        readonly seed: number;
        readonly preset: string;
        readonly startedAt: string;
        /** Which part of the run this is, where the run was divided into shards. */
        readonly shard?: { readonly index: number; readonly of: number };
      };
      readonly tool: { readonly name: string; readonly version: string };
      readonly target: TargetInfo;
      readonly requirements: readonly {
        readonly id: string;
        readonly group: string;
        readonly level: Level;
        readonly title: string;
      }[];
      readonly plannedSequences: number;
    }
  | {
      readonly kind: 'phase';
      readonly at: number;
      readonly phase: 'set-up' | 'probe' | 'explore' | 'shrink' | 'clean-up';
    }
  | { readonly kind: 'choice-learned'; readonly at: number; readonly choice: ChoiceResult }
  | { readonly kind: 'unsupported'; readonly at: number; readonly operation: Operation; readonly evidence: string }
  | {
      readonly kind: 'sequence-finished';
      readonly at: number;
      readonly index: number;
      readonly suite: string;
      readonly requests: number;
      readonly ms: number;
      /** Per requirement, how often it was exercised in this sequence. */
      readonly exercised: { readonly [requirement: string]: number };
      /** Failure keys met in this sequence. */
      readonly failures: readonly string[];
    }
  | {
      readonly kind: 'sighting';
      readonly at: number;
      readonly key: string;
      readonly requirement: string;
      readonly sequence: number;
      readonly requests: number;
    }
  | { readonly kind: 'replayed'; readonly at: number; readonly replay: ReplayResult }
  | { readonly kind: 'finding'; readonly at: number; readonly finding: Finding }
  | {
      readonly kind: 'note';
      readonly at: number;
      readonly level: 'info' | 'warning';
      readonly text: string;
      readonly hint?: Hint;
    }
  | {
      readonly kind: 'latency';
      readonly at: number;
      readonly operation: Operation;
      /** Upper bounds in ms and how many calls fell below each. */ readonly buckets: readonly (readonly [
        number,
        number,
      ])[];
    }
  | {
      readonly kind: 'run-finished';
      readonly at: number;
      readonly durationMs: number;
      readonly stopped: Stopped;
      readonly traffic: Traffic;
      readonly choices: readonly ChoiceResult[];
      readonly requirements: readonly RequirementResult[];
      readonly ledger?: Ledger;
      /** The sentence that explains `unreachable`, or null. */
      readonly error: string | null;
      readonly hint?: Hint;
    };
