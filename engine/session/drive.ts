import { type Sequence, isRace } from '../../specs/types/sequence.ts';
import { exchange } from '../exchange/call.ts';
import type { Channel } from '../exchange/channel.ts';
import { play } from '../play/play.ts';
import type { Course, PlayOptions, Played } from '../play/played.ts';
import { playRace } from '../races/play-race.ts';

/** Plays a sequence against a target. Resolves to false when it was cut short. */
export function perform(sequence: Sequence, options: PlayOptions, channel: Channel): Promise<boolean> {
  return follow(isRace(sequence) ? playRace(sequence, options) : play(sequence, options), channel);
}

async function follow(course: Course, channel: Channel): Promise<boolean> {
  let next = course.next();
  while (next.done !== true) {
    if (!channel.going()) return false;
    const request = next.value;
    if (request.kind === 'stop') return false;
    if (request.kind === 'pause') {
      await channel.pause();
      next = course.next(undefined);
      continue;
    }
    if (request.kind === 'together') {
      const ends = await Promise.all(request.lanes.map((lane) => follow(lane, channel)));
      if (ends.includes(false)) return false;
      next = course.next(undefined);
      continue;
    }
    const at = channel.now() / 1000;
    const reply = await channel.send(request.call);
    // A request that we gave up ourselves, or that was never sent, says nothing about the target.
    if (reply.kind === 'failure' && (reply.reason === 'aborted' || reply.reason === 'unreachable')) return false;
    next = course.next(exchange(request.call, reply, at));
  }
  return true;
}

/** Plays a sequence and collects what was judged. */
export async function performAll(
  sequence: Sequence,
  options: Omit<PlayOptions, 'onPlayed'>,
  channel: Channel,
): Promise<{ readonly played: readonly Played[]; readonly complete: boolean }> {
  const played: Played[] = [];
  const complete = await perform(sequence, { ...options, onPlayed: (one) => played.push(one) > 0 }, channel);
  return { played, complete };
}
