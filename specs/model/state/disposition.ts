/** One patch of a request, as it was sent. */

import type { RecordState } from './dataset-state.ts';

export interface Patch {
  readonly op: string;
  readonly key: string;
  readonly count: number;
  /** undefined: left out or null. */
  readonly value: string | undefined;
  readonly deviceDate: number | undefined;
}
/** What becomes of one patch, seen alone. */

export interface Disposition {
  readonly patch: Patch;
  readonly record: RecordState | undefined;
  readonly effect: 'write' | 'keep' | 'ignore' | 'refuse' | 'open';
  /** The value afterwards, for `write`. */
  readonly value: string | null;
  /** Error types, for `refuse`. */
  readonly types: readonly string[];
  /** Who demands it: a requirement, or `consistency/<choice>`. */
  readonly demand: string;
  /** What kind of patch this is, in words: `new record`, `stale by 2`. */
  readonly kind: string;
  readonly why: string;
}
