/** Characters as a reader counts them, near enough: code points. */
export function width(text: string): number {
  return Array.from(text).length;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** The text cut to so many columns, ending in `…` when something is missing. */
export function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return `${Array.from(text)
    .slice(0, Math.max(0, columns - 1))
    .join('')}…`;
}

/** The words of a text in lines of at most so many columns, counting the indents; a longer word stays whole. */
export function wrap(text: string, columns: number, first: string, next: string = first): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const indent = lines.length === 0 ? first : next;
    if (line === '') line = indent + word;
    else if (width(line) + 1 + width(word) <= columns) line += ` ${word}`;
    else {
      lines.push(line);
      line = next + word;
    }
  }
  return [...lines, line];
}

/** Rows under a heading, the first column to the left and the others, numbers, to the right. */
export function table(rows: readonly (readonly string[])[], indent: string): readonly string[] {
  const columns = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => width(row[at] ?? ''))));
  return rows.map(
    (row) => indent + row.map((cell, at) => (at === 0 ? padEnd : padStart)(cell, columns[at] ?? 0)).join('  '),
  );
}

/** 12345 as `12,345`, whatever the locale of the machine. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 call`, `2 calls`, `1,200 calls`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Milliseconds as `850 ms`, `12.3 s` or `4 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
