import { createMemo } from './memo.ts';
import type { Call, SequentialModel } from './model.ts';
import { scheduleOf } from './schedule.ts';
import { createStates } from './states.ts';

/** A search that can be interrupted and taken up again. */
export interface Search<S> {
  /** Visits at most so many configurations more; null while the answer is open. */
  readonly advance: (configurations: number) => 'linearizable' | 'not-linearizable' | null;
  readonly visited: () => number;
  /** Some configurations could not be remembered. */
  readonly forgetful: () => boolean;
  /** The call that no order got past, and the states in which it was tried. */
  readonly stuck: () => { readonly call: number; readonly states: readonly S[] };
}

/** States of the stuck call that are worth telling. */
const mostStates = 8;

interface Frame {
  readonly words: Int32Array;
  readonly candidates: readonly number[];
  next: number;
}

/**
 * Looks for one order of the calls that the model allows and real time permits, from return to return: only when a return
 * cannot be passed otherwise is a call put in its place in the order (Lowe's just-in-time linearization). A configuration is
 * the next return, the state, a bit for each answered call under way, and a bit for each unanswered call that was used.
 */
export function createSearch<S, I, O>(
  model: SequentialModel<S, I, O>,
  calls: readonly Call<I, O>[],
  remembered: number,
): Search<S> {
  const schedule = scheduleOf(model, calls);
  const { returns, pending, bit, open } = schedule;
  const states = createStates(model, calls);
  const doneWords = Math.ceil(schedule.bits / 32);
  const usedWords = Math.ceil(open.length / 32);
  const keyWords = 2 + doneWords;
  const memo = createMemo(keyWords, usedWords, remembered);
  const stack: Frame[] = [];
  let visited = 0;
  let farthest = -1;
  let stuckIn = new Set<number>();

  const has = (words: Int32Array, call: number): boolean => testBit(words, 2, bit[call] ?? 0);
  const advanced = (words: Int32Array): void => {
    const state = words[1] ?? 0;
    for (let at = words[0] ?? 0; at < returns.length; at += 1) {
      // What only reads and is possible now can be taken at once: to take it changes nothing for anybody.
      for (const call of pending[at] ?? [])
        if (schedule.readonly[call] === true && !has(words, call) && states.after(state, call) === state)
          setBit(words, 2, bit[call] ?? 0);
      const returning = returns[at] ?? 0;
      if (!has(words, returning)) return;
      clearBit(words, 2, bit[returning] ?? 0);
      words[0] = at + 1;
    }
  };
  /** Goes on from a configuration; true when every answered call has its place. */
  const enter = (words: Int32Array): boolean => {
    advanced(words);
    const at = words[0] ?? 0;
    if (at === returns.length) return true;
    if (!memo.visit(words)) return false;
    visited += 1;
    if (at > farthest) {
      farthest = at;
      stuckIn = new Set();
    }
    if (at === farthest && stuckIn.size < mostStates) stuckIn.add(words[1] ?? 0);
    stack.push({ words, candidates: candidatesAt(words, at), next: 0 });
    return false;
  };
  const candidatesAt = (words: Int32Array, at: number): readonly number[] => {
    const state = words[1] ?? 0;
    const returning = returns[at] ?? 0;
    const helpful: number[] = [];
    const others: number[] = [];
    const weigh = (call: number): void => {
      const next = states.after(state, call);
      if (next < 0) return;
      if (call === returning || states.after(next, returning) >= 0) helpful.push(call);
      else others.push(call);
    };
    for (const call of pending[at] ?? []) if (schedule.readonly[call] !== true && !has(words, call)) weigh(call);
    for (let place = 0; place < (schedule.opened[at] ?? 0); place += 1) {
      const twin = schedule.twin[place] ?? -1;
      const usable = !testBit(words, keyWords, place) && (twin < 0 || testBit(words, keyWords, twin));
      if (usable) weigh(open[place] ?? 0);
    }
    return [...helpful, ...others];
  };
  const placeOf = new Map(open.map((call, place) => [call, place]));
  const taken = ({ words }: Frame, call: number): Int32Array => {
    const next = words.slice();
    next[1] = states.after(words[1] ?? 0, call);
    const place = placeOf.get(call);
    if (place === undefined) setBit(next, 2, bit[call] ?? 0);
    else setBit(next, keyWords, place);
    return next;
  };

  const first = new Int32Array(keyWords + usedWords);
  first[1] = states.start;
  let answer: 'linearizable' | 'not-linearizable' | null = enter(first) ? 'linearizable' : null;
  return {
    advance(configurations) {
      const limit = visited + configurations;
      for (;;) {
        if (answer !== null || visited >= limit) return answer;
        const frame = stack.at(-1);
        const call = frame?.candidates[frame.next];
        if (frame === undefined) answer = 'not-linearizable';
        else if (call === undefined) stack.pop();
        else {
          frame.next += 1;
          if (enter(taken(frame, call))) answer = 'linearizable';
        }
      }
    },
    visited: () => visited,
    forgetful: memo.full,
    stuck: () => ({ call: returns[Math.max(farthest, 0)] ?? 0, states: [...stuckIn].map(states.get) }),
  };
}

function testBit(words: Int32Array, offset: number, index: number): boolean {
  return (((words[offset + (index >>> 5)] ?? 0) >>> (index & 31)) & 1) === 1;
}

function setBit(words: Int32Array, offset: number, index: number): void {
  words[offset + (index >>> 5)] = (words[offset + (index >>> 5)] ?? 0) | (1 << (index & 31));
}

function clearBit(words: Int32Array, offset: number, index: number): void {
  words[offset + (index >>> 5)] = (words[offset + (index >>> 5)] ?? 0) & ~(1 << (index & 31));
}
