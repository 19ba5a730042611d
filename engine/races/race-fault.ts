/** What the calls of a race show to be wrong. */
export interface RaceFault {
  readonly requirement: string;
  /** What went wrong, in a few words: part of the failure key. */
  readonly rule: string;
  /** The call that could not be answered so, by its number from 0. */
  readonly culprit: number;
  /** All calls that contradict each other, the culprit among them. */
  readonly calls: readonly number[];
  readonly allowed: string;
  readonly actual: string;
}

/** `calls 2 and 3`, numbered from 1. */
export function sayCalls(numbers: readonly number[]): string {
  const all = [...new Set(numbers)].sort((a, b) => a - b).map((number) => String(number + 1));
  const last = all.at(-1) ?? '';
  return all.length < 2 ? `call ${last}` : `calls ${all.slice(0, -1).join(', ')} and ${last}`;
}
