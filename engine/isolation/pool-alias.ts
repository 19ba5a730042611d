import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { Input } from '../../specs/types/wire.ts';

/** What a play names, in the words of the model. */
interface Known {
  readonly name: (name: DatasetName) => DatasetName;
  readonly input: (input: Input) => Input;
}

/** Everything by its own name; or, with `onePool`, as a target knows it that takes the pools of a play for one. */
export function knownAs(names: readonly DatasetName[], onePool: boolean): Known {
  const pool = names[0]?.pool;
  if (!onePool || pool === undefined) return { name: (name) => name, input: (input) => input };
  return {
    name: (name) => ({ ...name, pool }),
    input: (input) =>
      names.some((one) => one.pool === input['IdentityPoolId']) ? { ...input, IdentityPoolId: pool } : input,
  };
}
