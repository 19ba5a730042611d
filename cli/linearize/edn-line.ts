/** A flat EDN map, `{:process 0, :type :invoke, :key "0"}`, or null where the line is something else. Keywords lose their colon. */
export function ednLine(line: string): ReadonlyMap<string, string | null> | null {
  const body = /^\s*\{(.*)\}\s*$/.exec(line)?.[1];
  if (body === undefined) return null;
  const fields = new Map<string, string | null>();
  const entry = /\s*:([\w-]+)\s+(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?:,|$)/y;
  while (entry.lastIndex < body.length) {
    const match = entry.exec(body);
    if (match === null) return null;
    const [, name = '', text, word] = match;
    fields.set(name, text === undefined ? plain(word ?? '') : text.replaceAll(/\\(.)/g, unescaped));
  }
  return fields;
}

function plain(word: string): string | null {
  return word === 'nil' ? null : word.replace(/^:/, '');
}

function unescaped(_: string, letter: string): string {
  return { n: '\n', t: '\t', r: '\r' }[letter] ?? letter;
}
