import type { SequentialModel } from '../../engine/linearize/model.ts';

export type RegisterInput =
  | { readonly do: 'read' }
  | { readonly do: 'write'; readonly value: number }
  | { readonly do: 'cas'; readonly from: number; readonly to: number };

/** The value of a register; `nil` before the first write. */
export type RegisterValue = number | 'nil';

/** For a read the value, for a compare-and-set whether it was applied. */
export type RegisterOutput = RegisterValue | boolean;

/** One register with compare-and-set. */
export const registerModel: SequentialModel<RegisterValue, RegisterInput, RegisterOutput> = {
  init: () => 'nil',
  step(state, input, output) {
    if (input.do === 'read') return output === undefined || output === state ? state : null;
    if (input.do === 'write') return input.value;
    const applies = state === input.from;
    if (output === undefined) return applies ? input.to : state;
    return output === applies ? (applies ? input.to : state) : null;
  },
  equal: (a, b) => a === b,
  hash: (state) => (state === 'nil' ? -1 : state),
  readonly: (input, output) => input.do === 'read' || (input.do === 'cas' && output === false),
  effect: (input) => JSON.stringify(input),
};
