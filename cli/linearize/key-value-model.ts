import type { Call, SequentialModel } from '../../engine/linearize/model.ts';

export type KeyValueInput = { readonly key: string } & (
  | { readonly do: 'get' }
  | { readonly do: 'put'; readonly value: string }
  | { readonly do: 'append'; readonly value: string }
);

/** The text of one key, with its hash: it grows with every append, so hashing it anew each time would cost more than the search. */
interface Text {
  readonly text: string;
  readonly hash: number;
}

export type KeyValueModel = SequentialModel<Text, KeyValueInput, string>;

/** A store of texts that are read, replaced and appended to; one that was never written is empty. `calls`: all that write to it. */
export function keyValueModel(calls: readonly Call<KeyValueInput, string>[]): KeyValueModel {
  const beginnings = beginningsOf(calls);
  return {
    init: () => ({ text: '', hash: 0 }),
    step(state, input, output) {
      if (input.do === 'get') return output === undefined || output === state.text ? state : null;
      if (input.do === 'put') return { text: input.value, hash: hashOf(input.value, 0) };
      return { text: state.text + input.value, hash: hashOf(input.value, state.hash) };
    },
    equal: (a, b) => a.text === b.text,
    hash: ({ hash }) => hash,
    readonly: (input) => input.do === 'get',
    effect: (input) => `${input.do} ${input.do === 'get' ? '' : input.value}`,
    partition: ({ key }) => key,
    possibleLater: ({ text }, input, output) =>
      input.do !== 'get' || output === undefined || output.startsWith(text) || beginnings(input.key, output, text),
  };
}

/**
 * Whether a put can still begin the text anew so that it comes to `output`. A put takes effect once: where it alone can have begun
 * the present text, it has been used.
 */
function beginningsOf(
  calls: readonly Call<KeyValueInput, string>[],
): (key: string, output: string, text: string) => boolean {
  const writes = new Map<string, Exclude<KeyValueInput, { readonly do: 'get' }>[]>();
  for (const { input } of calls) {
    if (input.do === 'get') continue;
    const known = writes.get(input.key);
    if (known === undefined) writes.set(input.key, [input]);
    else known.push(input);
  }
  const known = new Map<string, readonly { readonly value: string; readonly alone: boolean }[]>();
  const puts = (key: string, output: string): readonly { readonly value: string; readonly alone: boolean }[] => {
    const all = writes.get(key) ?? [];
    const akin = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
    return all
      .filter((write) => write.do === 'put' && output.startsWith(write.value))
      .map(({ value }) => ({ value, alone: all.filter((other) => akin(other.value, value)).length === 1 }));
  };
  return (key, output, text) => {
    const name = `${key}\n${output}`;
    const candidates = known.get(name) ?? puts(key, output);
    known.set(name, candidates);
    return candidates.some(({ value, alone }) => !alone || !text.startsWith(value));
  };
}

function hashOf(text: string, from: number): number {
  let hash = from;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
