/** A piece of a shell word: text to take as it is, or an expression that the shell is to expand. */
export type Piece = string | { readonly expand: string };

/** One word of bash that stands for exactly this text; nothing in it is special to the shell. NUL cannot be held. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same for a command that people read: quoted only when it has to be. */
export function shellArgument(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : shellQuote(text);
}

/** One word of bash made of literal texts and expansions; the expansions are not split or globbed. */
export function shellWord(pieces: readonly Piece[]): string {
  let word = '';
  let literal = '';
  for (const piece of [...pieces, { expand: '' }]) {
    if (typeof piece === 'string') {
      literal += piece;
      continue;
    }
    if (literal !== '') word += shellQuote(literal);
    if (piece.expand !== '') word += `"${piece.expand}"`;
    literal = '';
  }
  return word === '' ? "''" : word;
}

/** A `printf` that writes the pieces byte for byte. A NUL, which no shell word can hold, goes into the format. */
export function shellPrint(pieces: readonly Piece[]): string {
  const words: Piece[][] = [[]];
  for (const piece of pieces) {
    const [first, ...others] = typeof piece === 'string' ? piece.split('\0') : [piece];
    if (first !== undefined) words.at(-1)?.push(first);
    for (const other of others) words.push([other]);
  }
  const format = words.map(() => '%s').join(String.raw`\0`);
  return `printf '${format}' ${words.map(shellWord).join(' ')}`;
}
