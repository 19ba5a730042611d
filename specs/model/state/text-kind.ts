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
  return `${key}${value ?? ''}`.includes('\u0000');
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

/** Whether `key` fits `pattern` for a store that compares with LIKE or by a glob. */
function matches(pattern: string, key: string): boolean {
  if (!/[%_*?]/.test(pattern)) return false;
  const parts = [...pattern].map((character) =>
    /[%*]/.test(character) ? '[^]*' : /[_?]/.test(character) ? '[^]' : character.replace(/[\\^$.|+()[\]{}]/, '\\$&'),
  );
  return new RegExp(`^${parts.join('')}$`).test(key);
}

/** The string hash of Java and its kin, of which short keys with one value are known. */
function hash(text: string): number {
  let value = 0;
  for (let index = 0; index < text.length; index += 1) value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0;
  return value;
}
