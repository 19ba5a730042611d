import type { PatchMade } from './observed.ts';
import type { RaceCallMade, Replayed, Revealed } from './revealed.ts';

interface Placed extends Replayed {
  /** Whether some unanswered update may lie after all that anybody saw. */
  readonly unplaced: boolean;
}

/**
 * Holds the revealed order against real time, in one sweep over all starts and returns: no call lies before one that had returned when
 * it began. A conflict has no count, so it takes the first place at which it is right: an earlier one is never worse for the others.
 */
export function inRealTime(calls: readonly RaceCallMade[], placed: Placed): Revealed {
  const { position, uncertain } = placed;
  const places = new Int32Array(calls.length).fill(-1);
  /** The highest place of any call that has returned, and that call. */
  let front = 0;
  let foremost = -1;
  for (const event of eventsOf(calls)) {
    const call = event >> 1;
    const { input, output } = calls[call] as RaceCallMade;
    if ((event & 1) === 1) {
      if ((places[call] as number) > front) [front, foremost] = [places[call] as number, call];
      continue;
    }
    let place = position[call] as number;
    if (place < 0) {
      if (input.kind !== 'update' || output?.kind !== 'conflict') continue;
      place = conflictPlace(input.patches, front, placed);
      if (place > placed.last)
        return placed.unplaced
          ? { verdict: 'undecided', because: 'unplaced-conflict' }
          : { verdict: 'not-linearizable', calls: [call] };
    } else if (input.kind === 'update' ? place <= front : place < front) {
      if (uncertain.size > 0) return { verdict: 'undecided', because: 'unknown-update' };
      return { verdict: 'not-linearizable', calls: foremost < 0 ? [call] : [foremost, call] };
    }
    places[call] = place;
  }
  return { verdict: 'linearizable' };
}

/** Twice the call, plus 1 for its return; where both are at one time starts come first, because intervals are closed. */
function eventsOf(calls: readonly RaceCallMade[]): Int32Array {
  const began = new Float64Array(calls.length);
  const ended = new Float64Array(calls.length);
  const starts: number[] = [];
  const ends: number[] = [];
  for (let call = 0; call < calls.length; call += 1) {
    const { start, end } = calls[call] as RaceCallMade;
    began[call] = start;
    ended[call] = end ?? Infinity;
    starts.push(call);
    if (end !== null) ends.push(call);
  }
  starts.sort((a, b) => (began[a] as number) - (began[b] as number));
  ends.sort((a, b) => (ended[a] as number) - (ended[b] as number));
  const events = new Int32Array(starts.length + ends.length);
  for (let start = 0, end = 0; start + end < events.length;) {
    const [next, ending] = [starts[start], ends[end]];
    const begins = next !== undefined && (ending === undefined || (began[next] as number) <= (ended[ending] as number));
    events[start + end] = begins ? next * 2 : (ending as number) * 2 + 1;
    if (begins) start += 1;
    else end += 1;
  }
  return events;
}

/** The first place at or after `front` at which one of the records is not at the count that its patch says; Infinity: none. */
function conflictPlace(patches: readonly PatchMade[], front: number, { versions }: Placed): number {
  let first = Infinity;
  for (const { key, count } of patches) {
    const written = versions.get(key) ?? [];
    const after = firstAbove(written, front);
    const current = after === 0 ? 0 : (written[after - 1] as number);
    if (current !== count) return front;
    first = Math.min(first, written[after] ?? Infinity);
  }
  return first;
}

/** The index of the first number above `limit`. */
function firstAbove(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
