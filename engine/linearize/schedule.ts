import type { Call, SequentialModel } from './model.ts';

/** For each return the calls in flight, the earliest return first: those of return r are at `from[r]` to `from[r + 1]` in `calls`. */
export interface Pending {
  readonly from: Int32Array;
  readonly calls: Int32Array;
}

/**
 * A history as the search walks through it: from return to return. Calls have numbers: the answered ones in the order of their
 * return, so that a return and its call have the same number, then the unanswered writes in the order of their start.
 */
export interface Schedule {
  /** The index in the history of each call. */
  readonly index: Int32Array;
  readonly returns: number;
  /** 1 for an answered call that changes nothing. */
  readonly readonly: Uint8Array;
  /** The first return at which each answered call is in flight. */
  readonly first: Int32Array;
  /** The bit of each answered call: it is taken only while the call is in flight, so a word or two are enough. */
  readonly slot: Int32Array;
  readonly slots: number;
  readonly reads: Pending;
  readonly writes: Pending;
  /** The first read to return, of those at and after each return; -1: none. */
  readonly nextRead: Int32Array;
  /** How many unanswered writes had started before each return. */
  readonly opened: Int32Array;
  /** For each unanswered write the last one before it with the same effect, counted from the first unanswered one, or -1. */
  readonly twin: Int32Array;
}

export function scheduleOf<S, I, O>(model: SequentialModel<S, I, O>, calls: readonly Call<I, O>[]): Schedule {
  const { answered, open } = ordered(model, calls);
  const returns = answered.length;
  const index = new Int32Array(returns + open.length);
  index.set(answered);
  index.set(open, returns);
  const starts = new Float64Array(index.length);
  const ends = new Float64Array(returns);
  const readonly = new Uint8Array(returns);
  for (let call = 0; call < index.length; call += 1) {
    const { input, output, start, end } = calls[index[call] as number] as Call<I, O>;
    starts[call] = start;
    if (call >= returns) continue;
    ends[call] = end ?? Infinity;
    readonly[call] = model.readonly(input, output) ? 1 : 0;
  }
  const nextRead = new Int32Array(returns);
  for (let call = returns - 1, next = -1; call >= 0; call -= 1) {
    if (readonly[call] === 1) next = call;
    nextRead[call] = next;
  }
  const opened = new Int32Array(returns);
  for (let at = 0, used = 0; at < returns; at += 1) {
    while (used < open.length && (starts[returns + used] as number) <= (ends[at] as number)) used += 1;
    opened[at] = used;
  }
  const { first, slot, slots } = slotsOf(starts, ends);
  return {
    index,
    returns,
    readonly,
    first,
    slot,
    slots,
    reads: pendingOf(first, readonly, 1),
    writes: pendingOf(first, readonly, 0),
    nextRead,
    opened,
    twin: twinsOf(model, open, calls),
  };
}

/** Indices of the answered calls by their end, and of the unanswered writes by their start. */
function ordered<S, I, O>(
  model: SequentialModel<S, I, O>,
  calls: readonly Call<I, O>[],
): { readonly answered: readonly number[]; readonly open: readonly number[] } {
  const answered: number[] = [];
  const open: number[] = [];
  const times = new Float64Array(calls.length);
  for (let at = 0; at < calls.length; at += 1) {
    const { input, start, end } = calls[at] as Call<I, O>;
    times[at] = end ?? start;
    if (end !== null) answered.push(at);
    else if (!model.readonly(input, undefined)) open.push(at);
  }
  sortByTime(answered, times);
  sortByTime(open, times);
  return { answered, open };
}

/** Below this a plain insertion sort beats the general one. */
const few = 48;

function sortByTime(calls: number[], times: Float64Array): void {
  if (calls.length > few) {
    calls.sort((a, b) => (times[a] as number) - (times[b] as number));
    return;
  }
  for (let at = 1; at < calls.length; at += 1) {
    const call = calls[at] as number;
    const time = times[call] as number;
    let place = at;
    for (; place > 0 && (times[calls[place - 1] as number] as number) > time; place -= 1)
      calls[place] = calls[place - 1] as number;
    calls[place] = call;
  }
}

function slotsOf(starts: Float64Array, ends: Float64Array): Pick<Schedule, 'first' | 'slot' | 'slots'> {
  const returns = ends.length;
  const byStart: number[] = [];
  for (let call = 0; call < returns; call += 1) byStart.push(call);
  sortByTime(byStart, starts);
  const first = new Int32Array(returns);
  const slot = new Int32Array(returns);
  const free: number[] = [];
  let slots = 0;
  for (let at = 0, started = 0; at < returns; at += 1) {
    if (at > 0) free.push(slot[at - 1] as number);
    for (; started < returns; started += 1) {
      const call = byStart[started] as number;
      if ((starts[call] as number) > (ends[at] as number)) break;
      first[call] = at;
      slot[call] = free.pop() ?? slots++;
    }
  }
  return { first, slot, slots };
}

function pendingOf(first: Int32Array, readonly: Uint8Array, kind: number): Pending {
  const returns = first.length;
  const from = new Int32Array(returns + 2);
  // Two places on, so that filling in moves each to its own.
  for (let call = 0; call < returns; call += 1)
    if (readonly[call] === kind)
      for (let at = first[call] as number; at <= call; at += 1) from[at + 2] = (from[at + 2] as number) + 1;
  for (let at = 1; at < from.length; at += 1) from[at] = (from[at] as number) + (from[at - 1] as number);
  const calls = new Int32Array(from[returns + 1] as number);
  for (let call = 0; call < returns; call += 1) {
    if (readonly[call] !== kind) continue;
    for (let at = first[call] as number; at <= call; at += 1) {
      const place = from[at + 1] as number;
      calls[place] = call;
      from[at + 1] = place + 1;
    }
  }
  return { from, calls };
}

function twinsOf<S, I, O>(
  { effect }: SequentialModel<S, I, O>,
  open: readonly number[],
  calls: readonly Call<I, O>[],
): Int32Array {
  const twin = new Int32Array(open.length).fill(-1);
  if (effect === undefined || open.length < 2) return twin;
  const last = new Map<string, number>();
  for (let place = 0; place < open.length; place += 1) {
    const text = effect((calls[open[place] as number] as Call<I, O>).input);
    twin[place] = last.get(text) ?? -1;
    last.set(text, place);
  }
  return twin;
}
