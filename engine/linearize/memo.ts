/** A memo never takes more than so many words, whatever the number of its entries. */
const mostWords = 1 << 25;
/** Entries there is room for at first: most histories are short. A power of two. */
const initial = 32;

/**
 * Configurations from which there is no way on: a key of a few words, and a mask of the unanswered calls that were used up to get
 * there. With more of them used, even less can be done, so a configuration is hopeless if a known one used a subset.
 */
export class Memo {
  readonly #keyWords: number;
  readonly #maskWords: number;
  readonly #limit: number;
  /** Entries, plus 1, by the hash of their key; 0: none. */
  #slots = new Int32Array(0);
  #keys = new Int32Array(0);
  #masks = new Int32Array(0);
  /** The masks of one key are linked. */
  #next = new Int32Array(0);
  #first = new Int32Array(0);
  #entries = 0;
  #size = 0;

  constructor(keyWords: number, maskWords: number, limit: number) {
    this.#keyWords = keyWords;
    this.#maskWords = maskWords;
    this.#limit = Math.min(limit, Math.floor(mostWords / (keyWords + maskWords + 2)));
  }

  get full(): boolean {
    return this.#size >= this.#limit;
  }

  /** Whether the configuration at `base` of `words` is known to be hopeless. */
  covers(words: Int32Array, base: number, mask: Int32Array): boolean {
    if (this.#size === 0) return false;
    const entry = this.#slots[this.#find(words, base)] as number;
    if (entry === 0) return false;
    for (let at = this.#first[entry - 1] as number; at !== 0; at = this.#next[at - 1] as number)
      if (this.#isSubset(at - 1, mask)) return true;
    return false;
  }

  /** Remembers the configuration while there is room. */
  add(words: Int32Array, base: number, mask: Int32Array): void {
    if (this.full) return;
    if (this.#size === this.#next.length) this.#growMasks();
    if (this.#entries === this.#first.length) this.#growKeys();
    const slot = this.#find(words, base);
    let entry = this.#slots[slot] as number;
    if (entry === 0) {
      entry = this.#entries += 1;
      this.#slots[slot] = entry;
      for (let at = 0; at < this.#keyWords; at += 1)
        this.#keys[(entry - 1) * this.#keyWords + at] = words[base + at] as number;
    }
    const number = (this.#size += 1);
    for (let at = 0; at < this.#maskWords; at += 1)
      this.#masks[(number - 1) * this.#maskWords + at] = mask[at] as number;
    this.#next[number - 1] = this.#first[entry - 1] as number;
    this.#first[entry - 1] = number;
  }

  /** The slot of the entry with this key, or the free one where it belongs. */
  #find(words: Int32Array, base: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(words, base) & mask;
    for (let entry = this.#slots[slot] as number; entry !== 0; entry = this.#slots[slot] as number) {
      if (this.#sameKey(entry - 1, words, base)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #sameKey(entry: number, words: Int32Array, base: number): boolean {
    const from = entry * this.#keyWords;
    for (let at = 0; at < this.#keyWords; at += 1) if (this.#keys[from + at] !== words[base + at]) return false;
    return true;
  }

  #isSubset(number: number, mask: Int32Array): boolean {
    const from = number * this.#maskWords;
    for (let at = 0; at < this.#maskWords; at += 1)
      if (((this.#masks[from + at] as number) & ~(mask[at] as number)) !== 0) return false;
    return true;
  }

  #hash(words: Int32Array, base: number): number {
    let hash = 0x811c9dc5;
    for (let at = 0; at < this.#keyWords; at += 1) {
      hash = Math.imul(hash ^ (words[base + at] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  #growMasks(): void {
    this.#masks = resized(this.#masks, this.#maskWords * larger(this.#next.length));
    this.#next = resized(this.#next, larger(this.#next.length));
  }

  #growKeys(): void {
    const room = larger(this.#first.length);
    this.#first = resized(this.#first, room);
    this.#keys = resized(this.#keys, room * this.#keyWords);
    this.#slots = new Int32Array(room * 2);
    for (let entry = 1; entry <= this.#entries; entry += 1)
      this.#slots[this.#find(this.#keys, (entry - 1) * this.#keyWords)] = entry;
  }
}

function larger(room: number): number {
  return Math.max(initial, room * 2);
}

function resized(words: Int32Array<ArrayBuffer>, room: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(room);
  copy.set(words);
  return copy;
}
