import { h } from 'preact';
import type { ComponentChild, JSX } from 'preact';
import { visible } from '../../writing/visible.ts';
import type { Mark } from './tone.ts';

/** Text that a target or a user may have chosen: the invisible made visible, the endless cut. */
export function said(text: string, max = 240): string {
  return visible(text, max);
}

/** The shape and the word of a result. */
export function badge(mark: Mark): JSX.Element {
  return h(
    'span',
    { class: `badge ${mark.tone}` },
    h('span', { class: 'glyph', 'aria-hidden': 'true' }, mark.glyph),
    ' ',
    mark.label,
  );
}

/** One chapter of the report. */
export function section(id: string, title: string, note: string | null, ...children: ComponentChild[]): JSX.Element {
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    note === null ? null : h('p', { class: 'note' }, note),
    ...children,
  );
}

/** A table that scrolls by itself where the screen is narrow. `headings` with a leading `#` are numbers. */
export function table(
  label: string,
  headings: readonly string[],
  rows: readonly JSX.Element[],
  kind = '',
): JSX.Element {
  const cells = headings.map((heading) =>
    h('th', { scope: 'col', class: heading.startsWith('#') ? 'number' : undefined }, heading.replace(/^#/, '')),
  );
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': label },
    h('table', { class: kind }, h('thead', null, h('tr', null, ...cells)), h('tbody', null, ...rows)),
  );
}

/** `96.4 %`; a dash where there is nothing to divide by. Never rounds up to 100 or down to 0. */
export function percent(part: number, of: number): string {
  if (of === 0) return '–';
  const exact = (100 * part) / of;
  if (part === 0 || part === of) return `${exact} %`;
  return `${Math.min(99.9, Math.max(0.1, exact)).toFixed(1)} %`;
}
