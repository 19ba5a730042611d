/** What the caller can do about a problem. The engine gives the code and the data; whoever talks to a person words it. */
export type Hint =
  /** The target may only be slow: allow more time per call. */
  | { readonly code: 'allow-more-time' }
  /** Use other credentials, or other identities than the given or the made-up ones. */
  | { readonly code: 'other-credentials'; readonly identities: 'given' | 'made-up' | 'not-concerned' }
  /** Name identities that exist at the target. */
  | { readonly code: 'name-identities' }
  /** Name more identities: those given are full. */
  | { readonly code: 'name-more-identities' }
  /** Name a device that is registered at the target. */
  | { readonly code: 'name-device' }
  /** Start the target and run again with the same seed; `oneAtATime`: with one call in flight, to see which one it was. */
  | { readonly code: 'run-again'; readonly seed: number; readonly oneAtATime: boolean }
  /** Run with at most so many calls in flight. */
  | { readonly code: 'lower-concurrency'; readonly concurrency: number };

/** What went wrong, as a sentence, and what can be done about it. */
export interface Problem {
  readonly text: string;
  readonly hint?: Hint;
}
