/**
 * Configurations that were visited: a key of a few words, and a mask of the unanswered calls that were used up to get there.
 * With fewer of them used, more can still be done, so a visit is worth while only if no earlier one used a subset.
 */
export interface Memo {
  /** Whether the configuration is new; then it is remembered, while there is room. `words`: the key, then the mask. */
  readonly visit: (words: Int32Array) => boolean;
  readonly full: () => boolean;
}

const free = -1;
/** Entries there is room for at first: most histories are short. A power of two. */
const initial = 32;

export function createMemo(keyWords: number, maskWords: number, limit: number): Memo {
  let keys = new Int32Array(keyWords * initial);
  /** Of each key the first of its masks; masks are linked by `next`. */
  const first: number[] = [];
  let slots = new Int32Array(2 * initial).fill(free);
  let masks = new Int32Array(Math.max(1, maskWords) * initial);
  const next: number[] = [];

  const sameKey = (entry: number, words: Int32Array): boolean => {
    for (let at = 0; at < keyWords; at += 1) if (keys[entry * keyWords + at] !== words[at]) return false;
    return true;
  };
  const find = (words: Int32Array, from: Int32Array): number => {
    let slot = hashOf(words, keyWords) & (from.length - 1);
    for (let entry = from[slot] ?? free; entry !== free; entry = from[slot] ?? free) {
      if (sameKey(entry, words)) return slot;
      slot = (slot + 1) & (from.length - 1);
    }
    return slot;
  };
  const grow = (): void => {
    const larger = new Int32Array(slots.length * 2).fill(free);
    for (let entry = 0; entry < first.length; entry += 1)
      larger[find(keys.subarray(entry * keyWords, (entry + 1) * keyWords), larger)] = entry;
    slots = larger;
  };
  const covers = (mask: number, words: Int32Array): boolean => {
    for (let at = 0; at < maskWords; at += 1) {
      const seen = masks[mask * maskWords + at] ?? 0;
      if ((seen & ~(words[keyWords + at] ?? 0)) !== 0) return false;
    }
    return true;
  };
  const keep = (words: Int32Array, rest: number): number => {
    const mask = next.length;
    if ((mask + 1) * maskWords > masks.length) masks = doubled(masks);
    for (let at = 0; at < maskWords; at += 1) masks[mask * maskWords + at] = words[keyWords + at] ?? 0;
    next.push(rest);
    return mask;
  };

  return {
    full: () => next.length >= limit,
    visit(words) {
      const slot = find(words, slots);
      const entry = slots[slot] ?? free;
      if (entry !== free) {
        for (let mask = first[entry] ?? free; mask !== free; mask = next[mask] ?? free)
          if (covers(mask, words)) return false;
        if (next.length < limit) first[entry] = keep(words, first[entry] ?? free);
        return true;
      }
      if (next.length >= limit) return true;
      const fresh = first.length;
      if ((fresh + 1) * keyWords > keys.length) keys = doubled(keys);
      for (let at = 0; at < keyWords; at += 1) keys[fresh * keyWords + at] = words[at] ?? 0;
      first.push(keep(words, free));
      slots[slot] = fresh;
      if (first.length * 2 > slots.length) grow();
      return true;
    },
  };
}

function doubled(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(words.length * 2);
  larger.set(words);
  return larger;
}

function hashOf(words: Int32Array, count: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < count; at += 1) {
    hash = Math.imul(hash ^ (words[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
