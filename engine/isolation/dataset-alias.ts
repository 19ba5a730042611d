import { serviceRules } from '../../specs/model/rules/service-rules.ts';
import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { Rules } from '../../specs/model/state/rules.ts';
import type { Input } from '../../specs/types/wire.ts';

/** What a play names, in the words of the model. */
interface Known {
  readonly name: (name: DatasetName) => DatasetName;
  readonly input: (input: Input) => Input;
}

/** Each dataset by the first name of the play that the server takes for the same. */
export function knownAs(names: readonly DatasetName[], { sameDataset }: Rules): Known {
  if (sameDataset === serviceRules.sameDataset) return { name: (one) => one, input: (input) => input };
  const name = (one: DatasetName): DatasetName => names.find((other) => sameDataset(other) === sameDataset(one)) ?? one;
  return {
    name,
    input(input) {
      const { IdentityPoolId: pool, IdentityId: identity, DatasetName: dataset } = input;
      if (typeof pool !== 'string' || typeof identity !== 'string') return input;
      const own = typeof dataset === 'string' ? dataset : undefined;
      const known =
        own === undefined
          ? name(names.find((one) => one.pool === pool && one.identity === identity) ?? { pool, identity, name: '' })
          : name({ pool, identity, name: own });
      return {
        ...input,
        IdentityPoolId: known.pool,
        IdentityId: known.identity,
        ...(own === undefined ? {} : { DatasetName: known.name }),
      };
    },
  };
}
