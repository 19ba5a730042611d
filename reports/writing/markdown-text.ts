import { visible } from './visible.ts';

/** Text as Markdown that means nothing but itself: no table, link, mention, HTML or formatting comes out of it. */
export function markdownText(text: string, max = 300): string {
  return visible(text, max).replace(/[&<>\\`*_{}[\]()#|~$:@/]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Text as inline code, in HTML since a backtick can end Markdown's own. */
export function markdownCode(text: string, max = 300): string {
  return `<code>${markdownText(text, max)}</code>`;
}

/** A table; its cells are Markdown already. A leading `#` in a heading aligns the column to the right. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(headings.map((heading) => heading.replace(/^#/, ''))),
    line(headings.map((heading) => (heading.startsWith('#') ? '--:' : ':--'))),
    ...rows.map(line),
    '',
  ];
}
