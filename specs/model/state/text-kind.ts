/** A name for the kind of text, coarse enough to count. */
export function textKind(text: string): string {
  if (text.length > 1000) return 'long';
  if (/^[a-zA-Z0-9]*$/.test(text)) return 'plain';
  if (/[\ud800-\udfff]/.test(text)) return 'astral';
  if (/[^\x20-\x7e]/.test(text)) return /[\p{M}]/u.test(text) ? 'combining' : 'unicode';
  if (/^\s|\s$/.test(text)) return 'edge white space';
  if (/^[[{"]/.test(text)) return 'JSON';
  return 'punctuation';
}

/** Whether a record or patch holds a character that some databases take in no text. */
export function holdsNul({
  key,
  value,
}: {
  readonly key: string;
  readonly value?: string | null | undefined;
}): boolean {
  return key.includes('\u0000') || value?.includes('\u0000') === true;
}

/** Whether some store takes these two keys for one. */
export function alike(one: string, other: string): boolean {
  return (
    fold(one) === fold(other) ||
    matches(one, other) ||
    matches(other, one) ||
    hash(one) === hash(other) ||
    (sharedStart(one, other) >= longStart && one.length !== other.length) ||
    (!isPlain(one) && !isPlain(other))
  );
}

/**
 * The keys that are alike another of them. Grows with the number of keys, where comparing them in pairs takes minutes for a full
 * dataset.
 */
export function mistakenKeys(keys: Iterable<string>): ReadonlySet<string> {
  const all = [...new Set(keys)];
  const mistaken = new Set<string>();
  const note = (group: readonly string[]): void => {
    for (const key of group) mistaken.add(key);
  };
  for (const sign of [fold, hash]) for (const group of groupedBy(all, sign)) note(group);
  const odd = all.filter((key) => !isPlain(key));
  if (odd.length > 1) note(odd);
  const long = all.filter((key) => key.length >= longStart);
  for (const group of groupedBy(long, (key) => key.slice(0, longStart)))
    if (new Set(group.map(({ length }) => length)).size > 1) note(group);
  for (const pattern of all.filter(isPattern))
    for (const key of all) if (key !== pattern && matches(pattern, key)) note([pattern, key]);
  return mistaken;
}

/** The groups of several keys with one sign. */
function groupedBy(keys: readonly string[], sign: (key: string) => string | number): readonly (readonly string[])[] {
  const groups = new Map<string | number, string[]>();
  for (const key of keys) {
    const known = groups.get(sign(key));
    if (known === undefined) groups.set(sign(key), [key]);
    else known.push(key);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Where a failure needs two keys that are not plain, it most likely has to do with both. */
function isPlain(key: string): boolean {
  return /^[a-zA-Z0-9]+$/.test(key);
}

/** Keys with so many first characters in common meet in an index of prefixes. */
const longStart = 32;

function sharedStart(one: string, other: string): number {
  const differing = [...one].findIndex((character, index) => character !== other[index]);
  return differing === -1 ? one.length : differing;
}

/** Two keys with one folding are easily taken for the same. */
export function fold(key: string): string {
  if (/^[a-z_-]*$/.test(key)) return key;
  const plain = (decoded(key).split('\u0000')[0] ?? '')
    .normalize('NFKD')
    .replace(/[\p{M}\u200b-\u200d]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('+', ' ')
    .trim()
    .replace(/[/\\]+$/, '');
  return /^[0-9.]+$/.test(plain) ? String(Number(plain)) : plain;
}

/** The key as a server sees it that decodes it once too often. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

function isPattern(key: string): boolean {
  return /[%_*?]/.test(key);
}

/**
 * Whether `key` fits `pattern` for a store that compares with LIKE or by a glob. No regular expression: with several wild cards one
 * takes exponential time, and keys may come from the target.
 */
function matches(pattern: string, key: string): boolean {
  if (!isPattern(pattern)) return false;
  let [at, from] = [0, 0];
  // Where to go on if the latest wild card has to take in more.
  let [star, taken] = [-1, 0];
  while (from < key.length) {
    const wanted = pattern[at];
    if (wanted === '%' || wanted === '*') {
      star = at;
      taken = from;
      at += 1;
    } else if (wanted === '_' || wanted === '?' || wanted === key[from]) {
      at += 1;
      from += 1;
    } else if (star === -1) return false;
    else {
      taken += 1;
      at = star + 1;
      from = taken;
    }
  }
  return /^[%*]*$/.test(pattern.slice(at));
}

/** The string hash of Java and its kin, of which short keys with one value are known. */
function hash(text: string): number {
  let value = 0;
  for (let index = 0; index < text.length; index += 1) value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0;
  return value;
}
