import type { Call, SequentialModel } from './model.ts';

/** Pairs of state and call that the cache of transitions has room for, at first and at most. Powers of two. */
const firstRoom = 64;
const mostRoom = 1 << 17;

/** The states that a search meets, numbered, and the transition of each call, computed when it is asked for. */
export class States<S, I, O> {
  readonly #model: SequentialModel<S, I, O>;
  readonly #calls: readonly Call<I, O>[];
  readonly #states: S[] = [];
  #hashes = new Int32Array(32);
  /** Open addressing: the number of a state plus 1, or 0. */
  #table = new Int32Array(64);
  /** Three words each: the state plus 1, the call, the state after it. What falls on the same place is overwritten. */
  #cache = new Int32Array(3 * firstRoom);
  #room = firstRoom;
  #misses = 0;

  constructor(model: SequentialModel<S, I, O>, calls: readonly Call<I, O>[]) {
    this.#model = model;
    this.#calls = calls;
    this.#number(model.init());
  }

  get size(): number {
    return this.#states.length;
  }

  get(state: number): S {
    return this.#states[state] as S;
  }

  /** The number of the state after the call with this index, or -1 where the call is not possible. */
  after(state: number, index: number, readonly: boolean): number {
    const place = 3 * (((Math.imul(state, 0x9e3779b1) ^ Math.imul(index, 0x85ebca6b)) >>> 8) & (this.#room - 1));
    const cache = this.#cache;
    if (cache[place] === state + 1 && cache[place + 1] === index) return cache[place + 2] as number;
    const { input, output, end } = this.#calls[index] as Call<I, O>;
    const next = this.#model.step(this.#states[state] as S, input, end === null ? undefined : output);
    const number = next === null ? -1 : readonly ? state : this.#number(next);
    cache[place] = state + 1;
    cache[place + 1] = index;
    cache[place + 2] = number;
    this.#misses += 1;
    if (this.#misses > this.#room * 2 && this.#room < mostRoom) {
      this.#room *= 4;
      this.#cache = new Int32Array(3 * this.#room);
    }
    return number;
  }

  /** Whether the read with this index can become possible later on. */
  possibleLater(state: number, index: number): boolean {
    const { input, output } = this.#calls[index] as Call<I, O>;
    return this.#model.possibleLater?.(this.#states[state] as S, input, output) ?? true;
  }

  #number(state: S): number {
    const hash = this.#model.hash(state) | 0;
    const mask = this.#table.length - 1;
    let place = spread(hash) & mask;
    for (let known = this.#table[place] as number; known !== 0; known = this.#table[place] as number) {
      if (this.#hashes[known - 1] === hash && this.#model.equal(this.#states[known - 1] as S, state)) return known - 1;
      place = (place + 1) & mask;
    }
    const number = this.#states.push(state) - 1;
    if (number === this.#hashes.length) this.#grow();
    this.#hashes[number] = hash;
    if (this.#table.length === mask + 1) this.#table[place] = number + 1;
    else this.#insert(number);
    return number;
  }

  #insert(number: number): void {
    const mask = this.#table.length - 1;
    let place = spread(this.#hashes[number] as number) & mask;
    while (this.#table[place] !== 0) place = (place + 1) & mask;
    this.#table[place] = number + 1;
  }

  #grow(): void {
    const known = this.#hashes;
    this.#hashes = new Int32Array(known.length * 2);
    this.#hashes.set(known);
    this.#table = new Int32Array(this.#hashes.length * 2);
    for (let number = 0; number < known.length; number += 1) this.#insert(number);
  }
}

function spread(hash: number): number {
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
