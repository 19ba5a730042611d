export interface TokenVerdict {
  readonly verdict: 'accept' | 'refuse' | 'open';
  readonly demand: string;
  /** Requirements that an accepted token puts to the test. */
  readonly demands: readonly string[];
  /** Allowed error types of a refusal; empty: any client error. */
  readonly types: readonly string[];
  /** Who demands the type. */
  readonly typeDemand: string;
  readonly why: string;
}
