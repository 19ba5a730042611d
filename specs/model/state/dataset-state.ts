import type { RefusedTrace } from './refused-trace.ts';

export interface DatasetName {
  readonly pool: string;
  readonly identity: string;
  readonly name: string;
}
export interface DatasetState {
  readonly id: DatasetName;
  readonly exists: boolean;
  /** The highest sync count given so far. It survives deletion (S-45). */
  readonly count: number;
  /** The count when the dataset was last deleted, else null. */
  readonly deletedAt: number | null;
  /** The records at the latest deletion. */
  readonly erased: ReadonlyMap<string, RecordState>;
  /** The dataset before its latest updates and deletions, the latest last. */
  readonly earlier: readonly DatasetState[];
  /** The dataset as it was when it was last listed; null while it was not. */
  readonly listed: DatasetState | null;
  /** Whether the running life is the first since the dataset was created. */
  readonly updates: number;
  readonly records: ReadonlyMap<string, RecordState>;
  /** Epoch seconds, as first shown in this life; null while unseen. */
  readonly created: number | null;
  readonly modified: SeenDate | null;
  /** DataStorage as last shown, and the records at that time; null while unseen. */
  readonly storage: { readonly bytes: number; readonly records: ReadonlyMap<string, RecordState> } | null;
  /** The most bytes that it ever took up; null: not known. */
  readonly peak: number | null;
  /** Who demands that the dates are still those last shown: the refusals since. null: they may have moved. */
  readonly still: readonly string[] | null;
  /** The pause count at the latest accepted update. */
  readonly updatedAtPause: number;
  /** True when the model does not know the dataset's state; the next full listing is taken as it is. */
  readonly doubt: boolean;
  /** What happened since the last full listing that was as predicted, latest last. */
  readonly since: readonly Trace[];
  /** The latest refused update since the last accepted one: a count that it took shows only in the next. */
  readonly refused: RefusedTrace | null;
}
/**
 * A number is that date, null nothing, `server-made` the time of the write, undefined not known. `sent`: one of these three,
 * where the target has not told which.
 */
export type ExpectedDeviceDate = number | null | 'server-made' | { readonly sent: number } | undefined;

export interface RecordState {
  readonly key: string;
  readonly count: number;
  /** null: removed. */
  readonly value: string | null;
  /** LastModifiedDate in epoch seconds as last shown, with the pause count at that time. */
  readonly modified: SeenDate | null;
  /** The pause count at the latest write. */
  readonly writtenAtPause: number;
  /** What DeviceLastModifiedDate must show. */
  readonly deviceDate: ExpectedDeviceDate;
  /** The DeviceLastModifiedDate of its latest patch: null for none, undefined for not known. */
  readonly sentDate: number | null | undefined;
}
export interface SeenDate {
  readonly date: number;
  readonly pauses: number;
}
export interface TokenState {
  readonly dataset: string;
  readonly serial: number;
  readonly spent: boolean;
  /** An update with another token was accepted since. */
  readonly outlived: boolean;
  /** The dataset was deleted since, or touched under the same name in another pool: whether the token still works is unknown. */
  readonly uncertain: boolean;
  /** It was presented to an update that was refused for a conflict. */
  readonly conflicted: boolean;
  /** It was presented to ListRecords. */
  readonly presented: boolean;
}
/** One thing that happened to a dataset, kept to tell why a later listing is wrong. */

export type Trace =
  /** `before`: the patched records as they were. `idle`: who demands that nothing was stored, if nothing was. */
  | {
      readonly kind: 'accepted';
      readonly keys: ReadonlySet<string>;
      readonly before: ReadonlyMap<string, RecordState>;
      readonly idle?: string;
    }
  | RefusedTrace
  | { readonly kind: 'read' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'deletion-refused' }
  | { readonly kind: 'elsewhere'; readonly relation: 'names-apart' | 'identities-apart' | 'pools-apart' };
