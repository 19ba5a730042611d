import { h } from 'preact';
import type { JSX } from 'preact';
import type { Ledger } from '../../../engine/interface/events.ts';
import { counted, grouped } from '../../writing/layout.ts';
import { said, section, table } from '../kit/elements.ts';
import { anchorOf } from './findings.ts';

/** Rows beyond this many are left to summary.json, and said to be. */
const MOST_ROWS = 300;

/** Where every violated check ended: which requirements failed because of which finding. */
export function ledgerSection(ledger: Ledger | undefined, cards: ReadonlySet<string>): JSX.Element | null {
  if (ledger === undefined || ledger.violations === 0) return null;
  const rows = [
    ...ledger.byFinding.map(({ finding, requirement, violations }) => ({ finding, requirement, violations })),
    ...ledger.flaky.map((one) => ({ ...one, finding: 'did not reproduce' })),
  ];
  const more = rows.length - MOST_ROWS;
  return section(
    'violations',
    'Violated checks',
    `${counted(ledger.violations, 'check')} failed. Each is shown or explained by a finding, or did not fail again.` +
      (ledger.cutOff > 0
        ? ` ${counted(ledger.cutOff, 'call')} went unanswered when the server stopped answering.`
        : '') +
      (more > 0 ? ` ${grouped(more)} more rows stand in summary.json.` : ''),
    table(
      'Violated checks by finding',
      ['Finding', 'Requirement', '#Violations'],
      rows.slice(0, MOST_ROWS).map(({ finding, requirement, violations }) => {
        const name = said(finding, 40);
        return h(
          'tr',
          null,
          h('td', null, cards.has(finding) ? h('a', { href: `#${name}` }, name) : name),
          h('td', null, h('a', { href: `#${anchorOf(requirement)}` }, h('code', null, said(requirement)))),
          h('td', { class: 'number' }, grouped(violations)),
        );
      }),
    ),
  );
}
