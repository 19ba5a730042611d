import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import type { Exchange, HttpCall } from '../exchange/call.ts';
import { play } from './play.ts';
import type { PlayOptions, Played } from './played.ts';

/** A play that is over, with what is needed to judge it again. */
export interface Recording {
  readonly sequence: Sequence;
  readonly serial: number;
  readonly played: readonly Played[];
}

/** By what it is judged: choices that were not known when it was played, or steadfast. */
export type Judging = Pick<PlayOptions, 'isolation' | 'choices' | 'steadfast' | 'rules'>;

/**
 * Judges a recorded play again. No request is sent: what was read again because its state was in doubt is read at the same points,
 * whatever is in doubt now. Where the play would take another course all the same, it ends.
 */
export function rejudge({ sequence, serial, played: recorded }: Recording, judging: Judging): readonly Played[] {
  const exchanges = recorded.flatMap((one) =>
    one.exchanges.map((exchange) => ({ exchange, reread: one.reread === true })),
  );
  const played: Played[] = [];
  let next = 0;
  const course = play(sequence, {
    ...judging,
    serial,
    rereads: (name) => {
      const one = exchanges[next];
      return one?.reread === true && isOf(one.exchange, name);
    },
    onPlayed: (one) => played.push(one) > 0,
  });
  let request = course.next();
  while (request.done !== true) {
    const asked = request.value;
    if (asked.kind !== 'call') {
      request = course.next(undefined);
      continue;
    }
    const at = exchanges.findIndex(({ exchange }, index) => index >= next && isLike(exchange, asked.call));
    const found = exchanges[at];
    if (found === undefined) return played;
    next = at + 1;
    request = course.next(found.exchange);
  }
  return played;
}

function isOf({ input }: Exchange, name: DatasetName): boolean {
  return (
    input['IdentityPoolId'] === name.pool && input['IdentityId'] === name.identity && input['DatasetName'] === name.name
  );
}

function isLike({ request: one }: Exchange, { request: other }: HttpCall): boolean {
  return (
    one.path === other.path &&
    one.method === other.method &&
    one.body === other.body &&
    one.signature === other.signature
  );
}
