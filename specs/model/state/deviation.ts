/** How an answer differs from what is allowed. */

export interface Deviation {
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
  /** The requirements that can explain it, the most likely first. */
  readonly suspects: readonly string[];
}
