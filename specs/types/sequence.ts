import type { CheckStep } from './check-step.ts';

/** A sequence of calls as plain data. Counts and tokens are symbolic: they are resolved when it is played. */

export interface Sequence {
  readonly datasets: readonly DatasetRef[];
  readonly steps: readonly Step[];
}

/** A pool that no other play uses; only where the target takes any pool. */
export const ownPool = 9;

/** A dataset by the number of its pool and identity, and its name. */
export interface DatasetRef {
  readonly pool: number;
  readonly identity: number;
  readonly name: string;
}

export type Step =
  UpdateStep | ListStep | DescribeStep | DatasetsStep | DeleteStep | PauseStep | CheckStep | TogetherStep;

export interface UpdateStep {
  readonly do: 'update';
  readonly actor: number;
  /** Index into the sequence's datasets. */
  readonly dataset: number;
  /** null: RecordPatches is left out. */
  readonly patches: readonly PatchStep[] | null;
  readonly token: TokenRef;
  /** Repeats the update, each time with the then current count and another value. */
  readonly times?: number;
}

export interface PatchStep {
  readonly op: 'replace' | 'remove';
  readonly key: string;
  /** null: Value is left out. */
  readonly value: string | null;
  readonly count: CountRef;
  /** DeviceLastModifiedDate, epoch seconds. */
  readonly date?: number;
}

/**
 * current: the record's count as last shown to anybody, 0 if unknown. known: as last shown to this actor.
 * zero. behind, ahead: `by` below or above current. dataset: `by` above the dataset's count.
 */
export interface CountRef {
  readonly at: 'current' | 'known' | 'zero' | 'behind' | 'ahead' | 'dataset';
  readonly by?: number;
}

/**
 * fresh: the newest token of the dataset, fetched when there is none unused. own: the newest this actor fetched.
 * spent: the last one that an accepted update has used, first-spent: the first such. older: an unused one that is not
 * the newest.
 */
export type TokenRef =
  'fresh' | 'own' | 'spent' | 'first-spent' | 'older' | 'none' | 'made-up' | 'other-dataset' | 'other-identity';

export interface ListStep {
  readonly do: 'list';
  readonly actor: number;
  readonly dataset: number;
  readonly since: SinceRef;
  /** Presents a session token. */
  readonly token?: 'fresh' | 'spent' | 'first-spent';
  /** maxResults. */
  readonly page?: number;
}

/** start: no lastSyncCount. zero: 0. current: the dataset's count. known: this actor's. behind, ahead: `by` from current. record: the count of a key. */
export interface SinceRef {
  readonly at: 'start' | 'zero' | 'current' | 'known' | 'behind' | 'ahead' | 'record';
  readonly by?: number;
  readonly key?: string;
}

export interface DescribeStep {
  readonly do: 'describe';
  readonly dataset: number;
}

/** Lists the datasets of the identity that owns `dataset`. */
export interface DatasetsStep {
  readonly do: 'datasets';
  readonly dataset: number;
  readonly page?: number;
}

export interface DeleteStep {
  readonly do: 'delete';
  readonly dataset: number;
}

/** Waits until the target's clock has surely moved. */
export interface PauseStep {
  readonly do: 'pause';
}

/** Calls at the same time: the lanes begin together, and each makes its calls one after the other. */
export interface TogetherStep {
  readonly do: 'together';
  /** Index into the sequence's datasets: that of all its calls. */
  readonly dataset: number;
  readonly lanes: readonly (readonly RaceCall[])[];
}

/** What calls at the same time may be. */
export type RaceCall = ListStep | UpdateStep | DeleteStep;

/** A sequence with calls at the same time: what it shows is judged as a whole. */
export function isRace(sequence: Sequence): boolean {
  return sequence.steps.some((step) => step.do === 'together');
}
