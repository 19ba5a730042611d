import { h } from 'preact';
import type { JSX } from 'preact';
import type { Finding } from '../../../engine/interface/events.ts';
import { said } from '../kit/elements.ts';

/** Longer texts stay out of the page: nobody pastes them, and the finding's file replays the same. */
const LONGEST = 16_000;

/** What the longest program may grow to, every character of a value spelled out. */
const LONGEST_LINE = 200_000;

/** Whether the programs of a finding are too long for the page. */
export function isLong(finding: Finding): boolean {
  const sent = finding.steps.map(({ request, says, answer }) => [request.path, request.body ?? '', says, answer]);
  return sent.flat().reduce((sum, text) => sum + text.length, 0) > LONGEST;
}

/** A text that shows the finding when it is run. */
export interface Reproduction {
  /** `curl`, `AWS CLI`, … */
  readonly label: string;
  readonly text: string;
}

/** The reproductions as tabs which work without scripts; a script adds the copy buttons. */
export function reproductions(finding: Finding, all: readonly Reproduction[]): JSX.Element {
  const name = `repro-${said(finding.id, 20)}`;
  const inputs = all.flatMap(({ label }, index) => {
    const id = `${name}-${index}`;
    return [h('input', { type: 'radio', name, id, checked: index === 0 }), h('label', { htmlFor: id }, label)];
  });
  return h(
    'div',
    { class: 'reproduce' },
    h('h4', null, 'See it happen'),
    isLong(finding)
      ? h('p', { class: 'note' }, 'The calls are too long to be shown as programs: the scripts are in findings/.')
      : null,
    h('fieldset', { class: 'tabs' }, h('legend', null, 'Reproductions'), ...inputs, ...all.map(panel)),
  );
}

function panel(reproduction: Reproduction): JSX.Element {
  const { label, text } = reproduction;
  return h(
    'div',
    { class: 'panel' },
    h('button', { type: 'button', class: 'copy', hidden: true, 'data-copy': '' }, `Copy ${label}`),
    h('pre', { tabIndex: 0, 'aria-label': label }, h('code', null, shown(text))),
  );
}

/** Line ends stay, everything else invisible is spelled out: reproductions are written so that nothing needs to be. */
function shown(text: string): string {
  return text
    .split('\n')
    .map((line) => said(line, LONGEST_LINE))
    .join('\n');
}
