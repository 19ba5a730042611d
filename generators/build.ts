import type {
  CountRef,
  DatasetRef,
  DeleteStep,
  ListStep,
  PatchStep,
  RaceCall,
  Sequence,
  SinceRef,
  Step,
  TogetherStep,
  TokenRef,
  UpdateStep,
} from '../specs/types/sequence.ts';

/** Short words for sequences that are written by hand. */

export const current: CountRef = { at: 'current' };
export const zero: CountRef = { at: 'zero' };

export function behind(by: number): CountRef {
  return { at: 'behind', by };
}

export function ahead(by: number): CountRef {
  return { at: 'ahead', by };
}

export function aheadOfDataset(by: number): CountRef {
  return { at: 'dataset', by };
}

export function put(key: string, value: string | null, count: CountRef = current, date?: number): PatchStep {
  return { op: 'replace', key, value, count, ...(date === undefined ? {} : { date }) };
}

export function remove(key: string, count: CountRef = current): PatchStep {
  return { op: 'remove', key, value: null, count };
}

/** How an update differs from a plain one by actor 0 on dataset 0 with a fresh token. */
export interface UpdateExtras {
  readonly actor?: number;
  readonly dataset?: number;
  readonly token?: TokenRef;
  readonly times?: number;
}

export function update(patches: readonly PatchStep[] | null, extras: UpdateExtras = {}): UpdateStep {
  const { actor = 0, dataset = 0, token = 'fresh', times } = extras;
  return { do: 'update', actor, dataset, patches, token, ...(times === undefined ? {} : { times }) };
}

/** How a listing differs from a full one by actor 0 of dataset 0. */
export interface ListExtras {
  readonly actor?: number;
  readonly dataset?: number;
  readonly since?: SinceRef;
  readonly token?: 'fresh' | 'spent' | 'first-spent';
  readonly page?: number;
}

export function list(extras: ListExtras = {}): ListStep {
  const { actor = 0, dataset = 0, since = { at: 'start' }, token, page } = extras;
  return {
    do: 'list',
    actor,
    dataset,
    since,
    ...(token === undefined ? {} : { token }),
    ...(page === undefined ? {} : { page }),
  };
}

/** Calls at the same time: each lane's one after the other. */
export function together(...lanes: readonly (readonly RaceCall[])[]): TogetherStep {
  return { do: 'together', dataset: 0, lanes };
}

export function describe(dataset = 0): Step {
  return { do: 'describe', dataset };
}

export function datasets(dataset = 0): Step {
  return { do: 'datasets', dataset };
}

export function drop(dataset = 0): DeleteStep {
  return { do: 'delete', dataset };
}

export const pause: Step = { do: 'pause' };

const plain: readonly DatasetRef[] = [{ pool: 0, identity: 0, name: 'd' }];

export function sequence(steps: readonly Step[], on: readonly DatasetRef[] = plain): Sequence {
  return { datasets: on, steps };
}

/** Datasets of one identity, by name. */
export function refs(...names: readonly string[]): readonly DatasetRef[] {
  return names.map((name) => ({ pool: 0, identity: 0, name }));
}
