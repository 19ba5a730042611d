import type { HttpCall } from '../exchange/call.ts';
import { readAnswer } from '../../specs/types/answer.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { nextToken } from '../exchange/pages.ts';
import type { Send } from '../exchange/channel.ts';
import { identityKey } from '../isolation/dataset-quota.ts';

/**
 * Lets the walks over the datasets of an identity and the calls that may change them take turns: what a walk shows of changes
 * meanwhile is not said (S-53), and plays may share identities.
 */
export interface Turns {
  /** The way of one play to the target; `end` gives up a walk that the play has left. */
  readonly play: (send: Send) => { readonly send: Send; readonly end: () => void };
}

const changing: ReadonlySet<Operation> = new Set(['UpdateRecords', 'DeleteDataset']);

export function createTurns(): Turns {
  const take = createTakes();
  return {
    play(send) {
      let walk: { readonly key: string; readonly leave: () => void } | null = null;
      const end = (): void => {
        walk?.leave();
        walk = null;
      };
      return {
        end,
        async send(call) {
          const key = keyOf(call);
          if (call.operation !== 'ListDatasets') {
            // Nobody waits for another while in a walk, so nobody waits for ever.
            end();
            if (!changing.has(call.operation)) return send(call);
            const leave = await take(key, 'change');
            return send(call).finally(leave);
          }
          if (walk?.key !== key) {
            end();
            walk = { key, leave: await take(key, 'walk') };
          }
          const reply = await send(call);
          if (nextToken(call.operation, readAnswer(reply)) === null) end();
          return reply;
        },
      };
    },
  };
}

function keyOf({ input }: HttpCall): string {
  const text = (member: string): string => (typeof input[member] === 'string' ? input[member] : '');
  return identityKey({ pool: text('IdentityPoolId'), identity: text('IdentityId') });
}

type Side = 'walk' | 'change';

interface Waiting {
  readonly side: Side;
  readonly enter: () => void;
}

/** One side at a time has a key, in the order of asking: who comes later does not pass those who wait. */
function createTakes(): (key: string, side: Side) => Promise<() => void> {
  const taken = new Map<string, { side: Side; holders: number; readonly waiting: Waiting[] }>();
  const leave = (key: string): void => {
    const place = taken.get(key);
    if (place === undefined) return;
    place.holders -= 1;
    if (place.holders > 0) return;
    const next = place.waiting[0]?.side;
    if (next === undefined) {
      taken.delete(key);
      return;
    }
    place.side = next;
    while (place.waiting[0]?.side === next) {
      place.holders += 1;
      place.waiting.shift()?.enter();
    }
  };
  return async (key, side) => {
    const place = taken.get(key);
    if (place === undefined) taken.set(key, { side, holders: 1, waiting: [] });
    else if (place.side === side && place.waiting.length === 0) place.holders += 1;
    else
      await new Promise<void>((enter) => {
        place.waiting.push({ side, enter });
      });
    return () => {
      leave(key);
    };
  };
}
