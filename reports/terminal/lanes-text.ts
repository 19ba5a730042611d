import type { LaneCall, Lanes } from '../../engine/interface/events.ts';
import { visible } from '../writing/visible.ts';

/** Columns of one start or end, at most and at least. */
const widest = 6;
const narrowest = 3;

/**
 * The lanes of a counterexample: `[3==--]` is call 3 in flight, `=` where it can have taken effect, `-` where not; `!` marks the calls that
 * contradict each other. Where the window is too narrow for all calls only those are drawn.
 */
export function lanesText(lanes: Lanes, columns: number): readonly string[] {
  const names = Math.max(...lanes.clients.map((client) => visible(client, 12).length));
  const room = columns - names - 8;
  const all = drawing(lanes, lanes.calls, room);
  const core = lanes.calls.filter(({ contradicts }) => contradicts);
  const chosen = all ?? drawing(lanes, core, room);
  if (chosen === null) return [];
  const left = all === null ? lanes.calls.length - core.length : 0;
  return [
    ...lanes.clients.map((client, at) => `    ${visible(client, 12).padEnd(names)}  ${chosen[at] ?? ''}`.trimEnd()),
    `    time goes to the right; = where a call can have taken effect, ! calls that contradict each other${left === 0 ? '' : `; ${left} more calls are not drawn`}`,
  ];
}

/** A line per client, or null where there is no room. */
function drawing({ clients }: Lanes, calls: readonly LaneCall[], room: number): readonly string[] | null {
  const used = [...new Set(calls.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const column = Math.min(widest, Math.floor(room / Math.max(1, used.length)));
  if (column < narrowest) return null;
  const at = (place: number): number =>
    Math.max(
      0,
      used.findLastIndex((one) => one <= place),
    ) * column;
  return clients.map((_, client) => {
    const line: string[] = [];
    for (const call of calls) {
      if (call.client !== client) continue;
      const [from, to] = [at(call.from), at(call.to) + column - 1];
      const bar = barOf(call, from, to, at, column);
      for (const [index, letter] of [...bar].entries()) line[from + index] = letter;
    }
    return Array.from(line, (letter) => letter ?? ' ').join('');
  });
}

function barOf(call: LaneCall, from: number, to: number, at: (place: number) => number, column: number): string {
  const { effect } = call;
  const letters = Array.from({ length: to - from + 1 }, (_, index) => {
    const place = from + index;
    return effect !== null && place >= at(effect.from) && place < at(effect.to) + column ? '=' : '-';
  });
  const mark = call.contradicts ? '!' : '';
  const number = String(call.step);
  // One column stays free, so that bars that follow each other stay apart.
  const end = call.open ? '>' : ']';
  const inside = letters.slice(1 + number.length, -2 - mark.length).join('');
  return `[${number}${inside}${mark}${end}`;
}
