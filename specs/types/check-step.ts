import type { Operation, SignatureFault } from './wire.ts';

/** One call of any operation, written out, with what it must come to. */
export interface CheckStep {
  readonly do: 'check';
  readonly operation: Operation;
  /** Index into the sequence's datasets; its names fill the path members that `input` does not name. */
  readonly dataset: number;
  /** Members, with symbols. Without a SyncSessionToken an UpdateRecords presents a fresh one. */
  readonly input?: { readonly [member: string]: Symbolic };
  readonly http?: HttpEdit;
  readonly expect: Expectation;
  /** Output members kept for later checks, by the name under which `saved` finds them. The walk then ends with this page. */
  readonly save?: { readonly [name: string]: string };
  /** Facts about the target that earlier checks must have established; with `!`, that none has. Else the check is left out. */
  readonly needs?: readonly string[];
  /** Facts that hold once this check was accepted; with `!`, that no longer hold. */
  readonly gives?: readonly string[];
  /** Only where the target takes identities and pools that nobody else uses. */
  readonly free?: boolean;
}

/** JSON in which an object with the member `$` stands for a value that is known only when the sequence is played. */
export type Symbolic =
  null | boolean | number | string | readonly Symbolic[] | SymbolRef | { readonly [member: string]: Symbolic };

/**
 * The symbols. `datasets`: how many datasets of the identity exist. `base`: the real value of the member itself, changed; `length` cuts it or repeats its last character.
 * Only in expected output: `any`; `one-of`; `amount`, a number of bytes; `storage`, the one that the stored records come to;
 * `item`, a list whose item with the same `by`, if there is one, is like that.
 */
type SymbolRef =
  | { readonly $: 'token' }
  | { readonly $: 'count'; readonly key: string }
  | { readonly $: 'repeat'; readonly text: string; readonly times: number }
  | {
      readonly $: 'base';
      readonly start?: string;
      readonly middle?: string;
      readonly end?: string;
      readonly length?: number;
    }
  | { readonly $: 'datasets' }
  | { readonly $: 'storage'; readonly of: 'identity' | 'pool' }
  | { readonly $: 'amount' }
  | { readonly $: 'item'; readonly by: string; readonly like: { readonly [member: string]: Symbolic } }
  | { readonly $: 'pool' }
  | { readonly $: 'identity' }
  | { readonly $: 'saved'; readonly name: string; readonly end?: string }
  | { readonly $: 'any' }
  | { readonly $: 'one-of'; readonly values: readonly Symbolic[] };

/** How the bound request is changed before it goes out. */
export interface HttpEdit {
  readonly method?: string;
  readonly chunked?: boolean;
  /** Only where the target verifies signatures. */
  readonly signature?: SignatureFault;
  /** Every occurrence of the first text in the path becomes the second. */
  readonly path?: readonly (readonly [from: string, to: string])[];
  /** null leaves a header out. */
  readonly headers?: { readonly [name: string]: string | null };
  readonly body?: {
    readonly text?: string;
    readonly before?: string;
    readonly after?: string;
    readonly replace?: readonly (readonly [from: string, to: string])[];
    /** The same JSON with white space and with the members in the other order. */
    readonly respelled?: boolean;
  };
}

export interface Expectation {
  /** `choice`: accepted or refused, as the option of `choice` says. `answered`: anything but a server error. */
  readonly outcome: 'accepted' | 'refused' | 'answered' | 'choice';
  readonly choice?: string;
  /** A refusal is foreseen only while the call goes beyond this quota, an acceptance only while it surely keeps to it. */
  readonly quota?: 'datasets' | 'records' | 'bytes';
  /**
   * What a refusal must look like, also one of a call that may be `answered` either way. `invalid`: as the target refuses broken constraints. Without it any client error will do,
   * with or without a type. Error types: one of these.
   */
  readonly as?: 'invalid' | readonly string[];
  /** The documentation gives these types more than one status: any client error will do. */
  readonly anyStatus?: boolean;
  /** Whom a wrong error type breaks; without it `requirement`. */
  readonly typeRequirement?: string;
  /** Of a call that is to be accepted: a refusal with this status is right too. */
  readonly orStatus?: number;
  /** For accepted calls the model does not know: what the output must hold. null: absent or null. */
  readonly output?: { readonly [member: string]: Symbolic };
  readonly requirement: string;
  /** The wider requirement that, broken, breaks this one too. */
  readonly within?: string;
  /** What is special about the call, in words. */
  readonly context: string;
}
