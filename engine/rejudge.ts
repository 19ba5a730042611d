import type { Sequence } from '../specs/sequence.ts';
import type { Exchange } from './exchange.ts';
import { play, type Played, type PlayOptions } from './play.ts';

/** A play that is over, with what is needed to judge it again. */
export interface Recording {
  readonly sequence: Sequence;
  readonly serial: number;
  readonly exchanges: readonly Exchange[];
}

/** By what it is judged: choices that were not known when it was played, or steadfast. */
export type Judging = Pick<PlayOptions, 'place' | 'choices' | 'steadfast'>;

/**
 * Judges a recorded play again. No request is sent. Readings that were made only because the choices were unknown are passed over;
 * where the play would now take another course, it ends.
 */
export function rejudge(recording: Recording, judging: Judging): readonly Played[] {
  const { exchanges, serial } = recording;
  const passed = new Set<number>();
  let longest: readonly Played[] = [];
  for (;;) {
    const { played, taken, complete } = courseAgain(recording, passed, { ...judging, serial });
    if (complete || played.length > longest.length) longest = played;
    if (complete) return longest;
    // The token may come from the second of two like readings, the first of which would not be made now.
    const doubled = taken.findLast((at) => isLike(exchanges[at], exchanges[at + 1]));
    if (doubled === undefined) return longest;
    passed.add(doubled);
  }
}

interface Again {
  readonly played: readonly Played[];
  /** Where the exchanges that it was given stand in the recording. */
  readonly taken: readonly number[];
  readonly complete: boolean;
}

function courseAgain(
  { sequence, exchanges }: Recording,
  passed: ReadonlySet<number>,
  options: Omit<PlayOptions, 'onPlayed'>,
): Again {
  const played: Played[] = [];
  const taken: number[] = [];
  const onPlayed = (one: Played): boolean => played.push(one) > 0;
  const course = play(sequence, { ...options, onPlayed });
  let next = course.next();
  while (next.done !== true) {
    const request = next.value;
    if (request.kind !== 'call') {
      next = course.next(undefined);
      continue;
    }
    const from = (taken.at(-1) ?? -1) + 1;
    const at = exchanges.findIndex((one, index) => index >= from && !passed.has(index) && isLike(one, request.call));
    const recorded = exchanges[at];
    if (recorded === undefined) return { played, taken, complete: false };
    taken.push(at);
    next = course.next(recorded);
  }
  return { played, taken, complete: true };
}

type Asked = Pick<Exchange, 'request'>;

function isLike(one: Asked | undefined, other: Asked | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one.request, other.request];
  return a.path === b.path && a.method === b.method && a.body === b.body && a.signature === b.signature;
}
