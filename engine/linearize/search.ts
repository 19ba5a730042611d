import { Memo } from './memo.ts';
import type { Call, SequentialModel } from './model.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import { States } from './states.ts';

export type Answer = 'linearizable' | 'not-linearizable';

/** States of the stuck call that are worth telling. */
const mostStates = 8;

/**
 * A frame of the search: first its configuration (the next return, the state, and from `done` on a bit for each answered call in flight
 * that has its place), which is what the memo remembers; then the candidates to go on with.
 */
const frame = { at: 0, state: 1, done: 2 } as const;
const afterDone = { from: 0, next: 1, to: 2, taken: 3, all: 4 } as const;

/**
 * Looks for one order of the calls that the model allows and real time permits, from return to return: only when a return
 * cannot be passed otherwise is a call given its place (Lowe's just-in-time linearization). Unanswered calls that were used
 * are kept apart from the rest of the configuration, because with fewer of them used more can still be done. Can be interrupted and continued.
 */
export class Search<S, I, O> {
  readonly #schedule: Schedule;
  readonly #states: States<S, I, O>;
  readonly #memo: Memo;
  readonly #most: number;
  readonly #doneWords: number;
  readonly #width: number;
  readonly #looksAhead: boolean;
  /** Bits of the unanswered calls that the frames on the stack have used. */
  readonly #used: Int32Array;
  #frames: Int32Array<ArrayBuffer>;
  #depth = 0;
  #candidates = new Int32Array(64);
  #top = 0;
  #visited = 0;
  #answer: Answer | null = null;
  #farthest = -1;
  #stuckIn: number[] = [];

  constructor(model: SequentialModel<S, I, O>, calls: readonly Call<I, O>[], remembered: number) {
    const schedule = scheduleOf(model, calls);
    this.#schedule = schedule;
    this.#states = new States(model, calls);
    this.#most = remembered;
    this.#looksAhead = model.possibleLater !== undefined;
    this.#doneWords = (schedule.slots + 31) >>> 5;
    const usedWords = (schedule.twin.length + 31) >>> 5;
    this.#width = frame.done + this.#doneWords + 5;
    this.#used = new Int32Array(usedWords);
    this.#memo = new Memo(frame.done + this.#doneWords, usedWords, remembered);
    this.#frames = new Int32Array(this.#width * 16);
    if (this.#enter(0, -1, true)) this.#answer = 'linearizable';
  }

  get answer(): Answer | null {
    return this.#answer;
  }

  get visited(): number {
    return this.#visited;
  }

  /** Some configurations could not be remembered. */
  get forgetful(): boolean {
    return this.#memo.full || this.outOfRoom;
  }

  /** There are more states than may be kept, so the search cannot go on. */
  get outOfRoom(): boolean {
    return this.#states.size > this.#most * 4 + 1024;
  }

  /** The call that no order got past, by its index, and the states in which it was tried. */
  stuck(): { readonly call: number; readonly states: readonly S[] } {
    const call = this.#schedule.index[Math.max(this.#farthest, 0)] as number;
    return { call, states: this.#stuckIn.map((state) => this.#states.get(state)) };
  }

  /** Visits at most so many configurations more; null while the answer is open. */
  advance(configurations: number): Answer | null {
    const limit = this.#visited + configurations;
    while (this.#answer === null && this.#visited < limit && !this.outOfRoom) {
      if (this.#depth === 0) {
        this.#answer = 'not-linearizable';
        break;
      }
      const base = (this.#depth - 1) * this.#width;
      const tail = base + frame.done + this.#doneWords;
      const next = this.#frames[tail + afterDone.next] as number;
      if (next < (this.#frames[tail + afterDone.to] as number)) {
        this.#frames[tail + afterDone.next] = next + 1;
        if (this.#take(base, this.#candidates[next] as number)) this.#answer = 'linearizable';
      } else if (this.#frames[tail + afterDone.all] === 0) this.#offerOthers(base, tail);
      else this.#giveUp(base, tail);
    }
    return this.#answer;
  }

  /** Gives the call its place after the configuration at `base`; true when every answered call has its place then. */
  #take(base: number, call: number): boolean {
    const { returns, slot } = this.#schedule;
    const target = this.#depth * this.#width;
    if (target + this.#width > this.#frames.length) this.#frames = doubled(this.#frames);
    const frames = this.#frames;
    frames[target] = frames[base] as number;
    frames[target + frame.state] = this.#after(frames[base + frame.state] as number, call);
    for (let at = frame.done; at < frame.done + this.#doneWords; at += 1)
      frames[target + at] = frames[base + at] as number;
    if (call < returns) setBit(frames, target + frame.done, slot[call] as number);
    else setBit(this.#used, 0, call - returns);
    return this.#enter(target, call < returns ? -1 : call - returns, false);
  }

  /** Goes on from the configuration at `base`, unless it is known to be hopeless; true when every answered call has its place. */
  #enter(base: number, taken: number, start: boolean): boolean {
    this.#settle(base, start);
    const frames = this.#frames;
    const at = frames[base] as number;
    if (at === this.#schedule.returns) return true;
    if (
      this.#memo.covers(frames, base, this.#used) ||
      (taken >= 0 && this.#returned(base)) ||
      (this.#looksAhead && this.#isDoomed(base))
    ) {
      if (taken >= 0) clearBit(this.#used, 0, taken);
      return false;
    }
    this.#visited += 1;
    const state = frames[base + frame.state] as number;
    this.#note(at, state);
    const tail = base + frame.done + this.#doneWords;
    frames[tail + afterDone.from] = this.#top;
    frames[tail + afterDone.next] = this.#top;
    frames[tail + afterDone.taken] = taken;
    frames[tail + afterDone.all] = 0;
    // The call that returns next comes first: the others are looked at only if that leads nowhere.
    if (this.#schedule.readonly[at] === 0 && this.#after(state, at) >= 0) this.#offer(at);
    frames[tail + afterDone.to] = this.#top;
    this.#depth += 1;
    return false;
  }

  /** Whether a read that must still have its place can have none any more: those in flight, and the next one to return. */
  #isDoomed(base: number): boolean {
    const { reads, slot, index, first, nextRead } = this.#schedule;
    const at = this.#frames[base] as number;
    const state = this.#frames[base + frame.state] as number;
    const to = reads.from[at + 1] as number;
    const next = nextRead[at] as number;
    for (let place = reads.from[at] as number; place <= to; place += 1) {
      const call = place < to ? (reads.calls[place] as number) : next;
      const settled =
        place < to
          ? hasBit(this.#frames, base + frame.done, slot[call] as number)
          : call < 0 || (first[call] as number) <= at;
      if (settled || this.#states.possibleLater(state, index[call] as number)) continue;
      this.#visited += 1;
      this.#note(call, state);
      return true;
    }
    return false;
  }

  /** Whether unanswered calls led back to the configuration of a frame on the stack: they were used up for nothing. */
  #returned(base: number): boolean {
    const frames = this.#frames;
    const words = frame.done + this.#doneWords;
    for (let other = base - this.#width; other >= 0; other -= this.#width) {
      for (let at = 0; at < words; at += 1)
        if (at !== frame.state && frames[other + at] !== frames[base + at]) return false;
      if (frames[other + frame.state] === frames[base + frame.state]) return true;
      if ((frames[other + words + afterDone.taken] as number) < 0) return false;
    }
    return false;
  }

  /**
   * Passes every return whose call has its place. A call that only reads and is possible now takes its place at once: in any order it
   * could be moved here without a change for the others.
   */
  #settle(base: number, start: boolean): void {
    const { returns, reads, slot, first } = this.#schedule;
    const frames = this.#frames;
    const state = frames[base + frame.state] as number;
    const entered = frames[base] as number;
    for (let at = entered; at < returns; at += 1) {
      const to = reads.from[at + 1] as number;
      for (let place = reads.from[at] as number; place < to; place += 1) {
        const call = reads.calls[place] as number;
        // In the same state it was already tried at the return before.
        if (at > entered && !start && (first[call] as number) < at) continue;
        if (hasBit(frames, base + frame.done, slot[call] as number)) continue;
        if (this.#after(state, call) >= 0) setBit(frames, base + frame.done, slot[call] as number);
      }
      if (!hasBit(frames, base + frame.done, slot[at] as number)) return;
      clearBit(frames, base + frame.done, slot[at] as number);
      frames[base] = at + 1;
    }
  }

  /** Candidates besides the call that returns next: first those after which it is possible, unanswered calls after answered ones. */
  #offerOthers(base: number, tail: number): void {
    const { returns, writes, slot, opened, twin } = this.#schedule;
    const at = this.#frames[base] as number;
    const state = this.#frames[base + frame.state] as number;
    const others: number[] = [];
    const weigh = (call: number): void => {
      const next = this.#after(state, call);
      if (next < 0) return;
      if (this.#after(next, at) >= 0) this.#offer(call);
      else others.push(call);
    };
    const to = writes.from[at + 1] as number;
    for (let place = writes.from[at] as number; place < to; place += 1) {
      const call = writes.calls[place] as number;
      if (call !== at && !hasBit(this.#frames, base + frame.done, slot[call] as number)) weigh(call);
    }
    const started = opened[at] as number;
    for (let place = 0; place < started; place += 1) {
      const before = twin[place] as number;
      if (!hasBit(this.#used, 0, place) && (before < 0 || hasBit(this.#used, 0, before))) weigh(returns + place);
    }
    for (let place = 0; place < others.length; place += 1) this.#offer(others[place] as number);
    this.#frames[tail + afterDone.all] = 1;
    this.#frames[tail + afterDone.to] = this.#top;
  }

  #giveUp(base: number, tail: number): void {
    this.#memo.add(this.#frames, base, this.#used);
    const taken = this.#frames[tail + afterDone.taken] as number;
    if (taken >= 0) clearBit(this.#used, 0, taken);
    this.#top = this.#frames[tail + afterDone.from] as number;
    this.#depth -= 1;
  }

  #offer(call: number): void {
    if (this.#top === this.#candidates.length) this.#candidates = doubled(this.#candidates);
    this.#candidates[this.#top] = call;
    this.#top += 1;
  }

  #after(state: number, call: number): number {
    const { index, readonly } = this.#schedule;
    return this.#states.after(state, index[call] as number, readonly[call] === 1);
  }

  #note(at: number, state: number): void {
    if (at < this.#farthest) return;
    if (at > this.#farthest) {
      this.#farthest = at;
      this.#stuckIn = [];
    }
    if (this.#stuckIn.length < mostStates && !this.#stuckIn.includes(state)) this.#stuckIn.push(state);
  }
}

function hasBit(words: Int32Array, offset: number, index: number): boolean {
  return (((words[offset + (index >>> 5)] as number) >>> (index & 31)) & 1) === 1;
}

function setBit(words: Int32Array, offset: number, index: number): void {
  words[offset + (index >>> 5)] = (words[offset + (index >>> 5)] as number) | (1 << (index & 31));
}

function clearBit(words: Int32Array, offset: number, index: number): void {
  words[offset + (index >>> 5)] = (words[offset + (index >>> 5)] as number) & ~(1 << (index & 31));
}

function doubled(words: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(words.length * 2);
  larger.set(words);
  return larger;
}
