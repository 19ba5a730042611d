import { h } from 'preact';
import type { JSX } from 'preact';
import type { ReplayResult } from '../../../engine/interface/events.ts';
import type { Summary } from '../../summary/summary.ts';
import { badge, said, section, table } from '../kit/elements.ts';
import { anchorOf } from './findings.ts';
import type { Mark } from '../kit/tone.ts';

const MOST = 200;

const MARKS: { readonly [verdict in ReplayResult['verdict']]: Mark } = {
  FIXED: { tone: 'pass', glyph: '✓', label: 'fixed' },
  FAILED: { tone: 'fail', glyph: '✕', label: 'failed' },
  CHANGED: { tone: 'warning', glyph: '▲', label: 'changed' },
  ERROR: { tone: 'thin', glyph: '?', label: 'not run' },
};

/** What became of the findings of earlier runs; nothing where there were none. */
export function replays({ replays: all = [] }: Summary): JSX.Element | null {
  if (all.length === 0) return null;
  const rows = all
    .slice(0, MOST)
    .map((each) =>
      h(
        'tr',
        null,
        h('td', null, said(each.id, 20)),
        h('td', null, h('a', { href: `#${anchorOf(each.requirement)}` }, h('code', null, said(each.requirement)))),
        h('td', null, badge(MARKS[each.verdict])),
        h('td', null, said(each.text, 300), moved(each)),
      ),
    );
  return section(
    'replays',
    'Findings of earlier runs',
    'Their counterexamples were run again before anything else. The numbers are those of the earlier run.',
    table('Findings of earlier runs', ['Then', 'Requirement', 'Now', 'Why'], rows),
  );
}

function moved({ moved: call }: ReplayResult): JSX.Element | null {
  if (call === undefined) return null;
  return h(
    'span',
    { class: 'small' },
    ` Call ${call.step} answered `,
    h('code', null, said(call.was, 160)),
    ', now ',
    h('code', null, said(call.is, 160)),
    '.',
  );
}
