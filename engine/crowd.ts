import type { Reply, Target } from '../specs/wire.ts';
import type { Send } from './place.ts';

/**
 * Tells a target that hangs up on a call from one that only takes no more calls, or connections, at the same time than it can bear.
 * What is turned away while others are in the air says nothing yet: its play is over, and played again with one call
 * at a time. What is turned away then too is the call's own; what is not was the crowd's, which is smaller from then on.
 */
export interface Crowd {
  /** The way of one play to the target. A race bears what happens to its calls: it is not over with the first that is turned away. */
  readonly visit: (send: Send, race: boolean) => Visit;
  /** Plays, and once more without company if that was turned away. */
  readonly undisturbed: <T>(play: () => Promise<T & Ended>) => Promise<T>;
  /** Sends, and once more without company if that was turned away: for what may be done twice. */
  readonly sendSurely: (send: Send) => Send;
  /** Calls that may be in the air at the same time; null: nothing was turned away for their number. */
  readonly most: () => number | null;
}

export interface Visit {
  readonly send: Send;
  /** What could not begin may have met the crowd before its first call. */
  readonly giveUp: () => void;
  readonly turnedAway: () => TurnedAway | null;
}

interface Ended {
  readonly turnedAway: TurnedAway | null;
}

/** `most`: how many might be in the air; null: nothing else was. */
interface TurnedAway {
  readonly most: number | null;
}

/** So many calls that are turned away without company prove what kind of target it is. */
const enoughOnTheirOwn = 8;

const aborted: Reply = { kind: 'failure', reason: 'aborted', detail: 'turned away beside other calls', ms: 0 };

export function createCrowd(target: Target, concurrency: number): Crowd {
  const inAir = new Set<{ company: boolean }>();
  let most = concurrency;
  let proven = false;
  let onTheirOwn = 0;
  let seekingQuiet = 0;
  const limit = (): number => (seekingQuiet > 0 ? 1 : most);
  const doubtful = (): boolean => target.limit !== undefined && (proven || onTheirOwn < enoughOnTheirOwn);
  const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
    seekingQuiet += 1;
    target.limit?.(limit());
    try {
      return await work();
    } finally {
      seekingQuiet -= 1;
      target.limit?.(limit());
    }
  };
  const noteQuiet = (before: TurnedAway, after: TurnedAway | null): void => {
    // Those that were turned away together are one reason to make way.
    if (after !== null || before.most !== most) return;
    most = Math.max(1, Math.floor(most / 2));
    proven = true;
    target.limit?.(limit());
  };
  const deliver = async (send: Send, call: Parameters<Send>[0]): Promise<{ reply: Reply; away: TurnedAway | null }> => {
    const before = limit();
    const mine = { company: inAir.size > 0 };
    for (const other of inAir) other.company = true;
    inAir.add(mine);
    const reply = await send(call).finally(() => inAir.delete(mine));
    if (!isTurnedAway(reply)) return { reply, away: null };
    const alone = before === 1 || !mine.company;
    if (alone) onTheirOwn += 1;
    return { reply, away: { most: alone ? null : before } };
  };
  return {
    most: () => (proven ? most : null),
    visit(send, race) {
      let turnedAway: TurnedAway | null = null;
      return {
        turnedAway: () => turnedAway,
        giveUp: () => (turnedAway ??= { most: limit() === 1 ? null : most }),
        async send(call) {
          const { reply, away } = await deliver(send, call);
          if (away === null) return reply;
          if (race || away.most === null || !doubtful()) {
            turnedAway ??= { most: null };
            return reply;
          }
          turnedAway = away;
          return aborted;
        },
      };
    },
    async undisturbed(play) {
      const first = await play();
      const before = first.turnedAway;
      if (before === null || before.most === null) return first;
      return quietly(async () => {
        const again = await play();
        noteQuiet(before, again.turnedAway);
        return again;
      });
    },
    sendSurely: (send) => async (call) => {
      const { reply, away } = await deliver(send, call);
      if (away === null || away.most === null || !doubtful()) return reply;
      return quietly(() => send(call));
    },
  };
}

/** No answer, or one of a layer that has no place for the call. */
function isTurnedAway(reply: Reply): boolean {
  return reply.kind === 'failure'
    ? reply.reason === 'closed' || reply.reason === 'unreachable'
    : [502, 503, 504].includes(reply.status);
}
