import type { Choices } from '../specs/model/prediction.ts';
import type { Sequence } from '../specs/sequence.ts';
import type { Exchange } from './exchange.ts';
import type { Place } from './place.ts';
import { play, type Played } from './play.ts';

/** A play that is over, with what is needed to judge it again. */
export interface Recording {
  readonly sequence: Sequence;
  readonly serial: number;
  readonly exchanges: readonly Exchange[];
}

/**
 * Judges a recorded play again: under choices that were not known when it was played, or steadfast, as PlayOptions says. No request is sent. Readings that were
 * made only because the choices were unknown are passed over; where the play would now take another course, it ends.
 */
export function rejudge(
  recording: Recording,
  place: Place,
  choices: Choices,
  steadfast?: 'steadfast',
): readonly Played[] {
  const played: Played[] = [];
  const onPlayed = (one: Played): boolean => played.push(one) > 0;
  const { sequence, serial } = recording;
  const course = play(sequence, { place, serial, choices, onPlayed, steadfast: steadfast !== undefined });
  let from = 0;
  let next = course.next();
  while (next.done !== true) {
    const request = next.value;
    if (request.kind !== 'call') {
      next = course.next(undefined);
      continue;
    }
    const { path, method, body, signature } = request.call.request;
    const same = (one: Exchange): boolean =>
      one.request.path === path &&
      one.request.method === method &&
      one.request.body === body &&
      one.request.signature === signature;
    const at = recording.exchanges.findIndex((one, index) => index >= from && same(one));
    const recorded = recording.exchanges[at];
    if (recorded === undefined) break;
    from = at + 1;
    next = course.next(recorded);
  }
  return played;
}
