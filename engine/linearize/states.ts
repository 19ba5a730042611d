import type { SequentialModel } from './model.ts';

/** The states that a search meets, numbered, and what each call makes of each. */
export interface States<S> {
  /** The number of the state after `call`, or -1 where the call is not possible. */
  readonly after: (state: number, call: number) => number;
  readonly get: (state: number) => S;
  /** The number of the first state. */
  readonly start: number;
}

/** Beyond this the answers to `after` are not kept: a long history has too many pairs of state and call. */
const kept = 1 << 20;

export function createStates<S, I, O>(
  model: SequentialModel<S, I, O>,
  calls: readonly { readonly input: I; readonly output?: O }[],
): States<S> {
  const states: S[] = [];
  const byHash = new Map<number, number[]>();
  const steps = new Map<number, number>();
  const number = (state: S): number => {
    const hash = model.hash(state);
    const alike = byHash.get(hash) ?? [];
    const known = alike.find((one) => model.equal(states[one] as S, state));
    if (known !== undefined) return known;
    states.push(state);
    if (alike.length === 0) byHash.set(hash, alike);
    alike.push(states.length - 1);
    return states.length - 1;
  };
  const compute = (state: number, call: number): number => {
    const { input, output } = calls[call] as (typeof calls)[number];
    const next = model.step(states[state] as S, input, output);
    return next === null ? -1 : number(next);
  };
  return {
    start: number(model.init()),
    get: (state) => states[state] as S,
    after(state, call) {
      const pair = state * calls.length + call;
      const known = steps.get(pair);
      if (known !== undefined) return known;
      const next = compute(state, call);
      if (steps.size < kept) steps.set(pair, next);
      return next;
    },
  };
}
