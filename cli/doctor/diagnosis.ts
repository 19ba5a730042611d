import type { Operation } from '../../specs/types/wire.ts';

/** `refused`: by the answer given. `not tried`: there was nothing to try it with. */
export type Reception = 'answered' | 'not tried' | { readonly refused: string };

/** Whether an update has to name something, as far as a refusal tells. */
export type Demand = 'yes' | 'no' | 'not said';

/** What can be said of a server without changing anything there. */
export interface Diagnosis {
  readonly endpointUrl: string;
  readonly region: string;
  /** Why no run is possible; null: one is. */
  readonly problem: string | null;
  readonly signature: { readonly unsigned: Reception; readonly signed: Reception; readonly wrongSecret: Reception };
  /** The target's clock ahead of ours, in seconds; null: no Date header, or no answer. */
  readonly clockSkewSeconds: number | null;
  /** Milliseconds of an answer, the median. */
  readonly answerMs: number | null;
  readonly identities: {
    readonly madeUp: Reception;
    readonly given: Reception;
    /** Whether the target's Cognito Identity API answers. */
    readonly api: boolean;
  };
  readonly sessionToken: Demand;
  readonly deviceId: Demand;
  readonly operations: readonly {
    readonly operation: Operation;
    readonly implemented: boolean;
    /** False: these credentials may not use it. */
    readonly allowed: boolean;
    /** What it answered. */
    readonly evidence: string;
  }[];
  /** The command line to use; null when no run is possible. */
  readonly command: string | null;
}
