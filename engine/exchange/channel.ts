import type { Reply } from '../../specs/types/wire.ts';
import type { HttpCall } from './call.ts';

/** One call of a play to the target. */

export type Send = (call: HttpCall) => Promise<Reply>;
/** How plays reach the target. */

export interface Channel {
  readonly send: (call: HttpCall) => Promise<Reply>;
  readonly now: () => number;
  /** Waits until the target's clock has surely moved. */
  readonly pause: () => Promise<void>;
  /** False once the run must stop: a play then ends before its next call. */
  readonly going: () => boolean;
}
