import type { Reply, Target } from '../../specs/types/wire.ts';
import type { Send } from '../exchange/channel.ts';

/**
 * Tells a target that hangs up on a call from one that only takes no more calls, or connections, at the same time than it can bear.
 * What is turned away while others are in the air says nothing yet: its play is over, and played again with one call
 * at a time. What is turned away then too is the call's own; what is not was the crowd's, which is smaller from then on. A target
 * that is known to turn calls away for their number may still count one that is over: it is asked once more, after a moment.
 */
export interface Crowd {
  /** The way of one play to the target. `toTheEnd`: it is not over with the first call that is turned away. */
  readonly visit: (send: Send, toTheEnd: boolean) => Visit;
  /** Plays, and again without company if that was turned away; `last`: what happens then is the target's own. */
  readonly undisturbed: <T>(play: (last: boolean) => Promise<T & Ended>) => Promise<T>;
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
  /** Whether a write met the end of a used connection: nobody knows what came of it, and the play is over. */
  readonly lost: () => boolean;
}

interface Ended {
  /** False when it was cut short, for whatever reason. */
  readonly complete: boolean;
  readonly turnedAway: TurnedAway | null;
  readonly lost?: boolean;
}

/** A play that lost a write is played again so often. */
const mostLost = 8;

/** `most`: how many might be in the air; null: nothing else was. `over`: the play is over for it, and says nothing. */
interface TurnedAway {
  readonly most: number | null;
  readonly over: boolean;
}

/** Until a target has surely forgotten the calls that are over. */
const momentMs = 250;

/** So many calls that are turned away without company prove what kind of target it is. */
const enoughOnTheirOwn = 8;

const aborted: Reply = { kind: 'failure', reason: 'aborted', detail: 'turned away beside other calls', ms: 0 };

export function createCrowd(target: Target, concurrency: number, sleep: (ms: number) => Promise<void>): Crowd {
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
  const noteQuiet = (before: TurnedAway, after: Ended): void => {
    // Those that were turned away together are one reason to make way.
    if (!after.complete || after.turnedAway !== null || before.most !== most) return;
    most = Math.max(1, Math.floor(most / 2));
    proven = true;
    target.limit?.(limit());
  };
  const deliver = async (
    send: Send,
    call: Parameters<Send>[0],
  ): Promise<{ reply: Reply; away: { most: number | null } | null }> => {
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
    visit(send, toTheEnd) {
      let turnedAway: TurnedAway | null = null;
      let lost = false;
      return {
        lost: () => lost,
        turnedAway: () => turnedAway,
        giveUp: () => (turnedAway ??= { most: limit() === 1 ? null : most, over: limit() > 1 }),
        async send(call) {
          const { reply, away } = await deliver(send, call);
          if (isStale(reply)) {
            lost = true;
            return aborted;
          }
          if (away === null) return reply;
          const over = !toTheEnd && doubtful() && (away.most !== null || proven);
          turnedAway ??= { ...away, over };
          return over ? aborted : reply;
        },
      };
    },
    async undisturbed(play) {
      let first = await play(false);
      for (let tries = 0; first.lost === true && tries < mostLost; tries += 1) first = await play(false);
      const before = first.turnedAway;
      if (before?.over !== true) return first;
      return quietly(async () => {
        const again = await play(false);
        noteQuiet(before, again);
        if (again.turnedAway?.over !== true) return again;
        await sleep(momentMs);
        return play(true);
      });
    },
    sendSurely: (send) => async (call) => {
      const { reply, away } = await deliver(send, call);
      if (isStale(reply)) return send(call);
      if (away === null || away.most === null || !doubtful()) return reply;
      return quietly(() => send(call));
    },
  };
}

/** With these a layer answers that has no place for the call. */
const noPlace: readonly number[] = [502, 503, 504];

/** The classes of answers that calls are turned away with. */
export const turnedAwayWith: ReadonlySet<string> = new Set([
  'no answer (closed)',
  ...noPlace.map((status) => `HTTP ${status}`),
  'ServiceUnavailable',
  'ServiceUnavailableException',
]);

function isStale(reply: Reply): boolean {
  return reply.kind === 'failure' && reply.stale === true;
}

function isTurnedAway(reply: Reply): boolean {
  if (isStale(reply)) return false;
  return reply.kind === 'failure'
    ? reply.reason === 'closed' || reply.reason === 'unreachable'
    : noPlace.includes(reply.status);
}
