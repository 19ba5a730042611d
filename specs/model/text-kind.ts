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

/** Two keys with one folding are easily taken for the same. */
export function fold(key: string): string {
  if (/^[a-z_-]*$/.test(key)) return key;
  const plain = decoded(key)
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
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
