import { h } from 'preact';
import type { JSX } from 'preact';
import { CHANGES, type Comparison } from '../compare/run-record.ts';
import { TITLES, outcome } from '../compare/text.ts';
import { badge, said, section, table } from './kit/elements.ts';
import { page } from './kit/page.ts';

/** Changes of one kind beyond this many are counted only: the page stays below 2 MB. */
const MOST = 300;

/** The comparison of two runs as one file, which fetches nothing and needs no script. */
export function comparisonHtml(comparison: Comparison): string {
  const { regression, cautions } = comparison;
  const glyph = regression ? '✕' : '✓';
  const text = outcome(comparison);
  return page(
    `${glyph} ${text}`,
    h(
      'main',
      null,
      h(
        'section',
        { class: `verdict ${regression ? 'fail' : 'pass'}` },
        h('p', { class: 'kicker' }, 'Amazon Cognito Sync (2014-06-30) conformance: two runs compared'),
        h('h1', null, h('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph), text),
      ),
      section('runs', 'Runs', null, runs(comparison)),
      cautions.length === 0
        ? null
        : h('ul', { class: 'lines' }, ...cautions.map((each) => h('li', null, `▲ ${said(each, 400)}`))),
      ...CHANGES.map((kind) => chapter(comparison, kind)),
    ),
  );
}

function runs(comparison: Comparison): JSX.Element {
  const row = (name: string, { id, startedAt, endpointUrl, tool, verdict }: Comparison['old']): JSX.Element =>
    h(
      'tr',
      null,
      h('th', { scope: 'row' }, name),
      ...[id, startedAt, endpointUrl, tool, verdict].map((cell) => h('td', null, said(cell))),
    );
  return table(
    'Runs',
    ['', 'Run', 'Started', 'Target', 'Version', 'Verdict'],
    [row('old', comparison.old), row('new', comparison.new)],
  );
}

function chapter(comparison: Comparison, kind: (typeof CHANGES)[number]): JSX.Element | null {
  const all = comparison.changes.filter((change) => change.kind === kind);
  if (all.length === 0) return null;
  const rows = all
    .slice(0, MOST)
    .map(({ subject, detail, regression }) =>
      h(
        'tr',
        null,
        h('th', { scope: 'row' }, h('code', null, said(subject))),
        h('td', null, said(detail, 600)),
        h('td', null, regression ? badge({ tone: 'fail', glyph: '✕', label: 'regression' }) : null),
      ),
    );
  const note = all.length > MOST ? `The first ${MOST} of ${all.length}.` : null;
  return section(kind, `${TITLES[kind]} (${all.length})`, note, table(TITLES[kind], ['What', 'Change', ''], rows));
}
