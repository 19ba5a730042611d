import type { Choices } from './choices.ts';
import type { DatasetName, DatasetState, RecordState } from './dataset-state.ts';

/** A walk of ListRecords, seen as one answer: the records of all pages joined, the rest from the last page. */

export interface Listing {
  readonly id: DatasetName;
  readonly dataset: DatasetState;
  /** lastSyncCount; 0 when absent. */
  readonly since: number;
  /** Whether lastSyncCount was sent. */
  readonly asked: boolean;
  /** The session token that was presented. */
  readonly presented: string | undefined;
  /** Whether maxResults was sent. */
  readonly sized: boolean;
  readonly choices: Choices;
  /** Whether the record is listed. */
  readonly lists: (record: RecordState) => boolean;
  readonly pauses: number;
}
/** Notes a difference. */

export type Add = (pointer: string, expected: string, actual: string, ...suspects: readonly string[]) => void;
