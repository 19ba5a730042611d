import { serviceRules } from '../../specs/model/rules/service-rules.ts';
import type { Prediction } from '../../specs/model/state/prediction.ts';
import { emptyWorld } from '../../specs/model/state/world.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import type { RaceState } from './dataset-model.ts';
import { patchesOf } from './observed.ts';

/** A dataset that answers as a conforming target would, for rehearsing a race without one. */
export interface Sampler {
  /** Its one allowed outcome is settled when it is asked for: that is the moment at which the call takes effect. */
  readonly predict: (operation: Operation, input: Input) => Prediction;
}

export function createSampler(): Sampler {
  let state: RaceState = { count: 0, exists: false, records: new Map() };
  let tokens = 0;
  const accepts = (input: Input): boolean =>
    patchesOf(input).every(({ key, count }) => (state.records.get(key)?.count ?? 0) === count);
  const update = (input: Input): { readonly [member: string]: unknown } => {
    const count = state.count + 1;
    const patched = patchesOf(input).map(({ key, value }) => [key, { count, value }] as const);
    state = { count, exists: true, records: new Map([...state.records, ...patched]) };
    return { Records: patched.map(([key, record]) => shown(key, record)) };
  };
  const answer = (operation: Operation, input: Input): { readonly [member: string]: unknown } => {
    if (operation === 'UpdateRecords') return update(input);
    if (operation === 'DeleteDataset') {
      state = { ...state, exists: false, records: new Map() };
      return { Dataset: {} };
    }
    return {
      DatasetSyncCount: state.count,
      DatasetExists: state.exists,
      Records: [...state.records].map(([key, record]) => shown(key, record)),
      SyncSessionToken: `token ${(tokens += 1)}`,
    };
  };
  return {
    predict: (operation, input) => ({
      get allowed() {
        if (operation === 'UpdateRecords' && !accepts(input)) {
          const types = ['ResourceConflictException'];
          return [
            {
              kind: 'refusal' as const,
              why: '',
              types,
              typeSuspects: [],
              after: () => emptyWorld(false, serviceRules),
            },
          ];
        }
        const sample = (): { readonly [member: string]: unknown } => answer(operation, input);
        return [
          {
            kind: 'success' as const,
            why: '',
            inspect: () => [],
            after: () => emptyWorld(false, serviceRules),
            sample,
          },
        ];
      },
      open: true,
      exercises: [],
      blame: () => [],
      astray: () => emptyWorld(false, serviceRules),
    }),
  };
}

function shown(
  key: string,
  { count, value }: { readonly count: number; readonly value: string | null },
): { readonly [member: string]: unknown } {
  return { Key: key, SyncCount: count, Value: value };
}
