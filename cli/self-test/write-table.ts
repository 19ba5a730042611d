import { grouped } from '../../reports/writing/layout.ts';
import { markdownCode, markdownTable, markdownText } from '../../reports/writing/markdown-text.ts';
import type { Row } from './row.ts';
import { sayTotals } from './say-table.ts';
import type { Totals } from './totals.ts';

/** The kill table as a page of Markdown. */
export function writeTable(
  rows: readonly Row[],
  totals: Totals,
  how: { readonly seed: number; readonly preset: string },
): string {
  const faulty = rows.filter(({ requirement }) => requirement !== null);
  const cells = faulty.map(({ id, title, requirement, outcome, detected, caught, minimum }) => [
    `${markdownCode(id)}<br>${markdownText(title)}`,
    markdownCode(requirement ?? ''),
    outcome === 'caught-by-another' ? `caught by ${markdownCode(caught?.requirement ?? '')}` : outcome,
    detected === null ? '' : grouped(detected.sequences),
    detected === null ? '' : grouped(detected.requests),
    caught === null ? `/ ${grouped(minimum)}` : `${grouped(caught.calls)} / ${grouped(minimum)}`,
    caught === null ? '' : `${caught.reproduced.failures}/${caught.reproduced.attempts}`,
  ]);
  return [
    '# Kill table',
    '',
    'Each line is the embedded endpoint with one fault in it, judged as `run` judges any server. A fault is killed when',
    'the first failure that is seen belongs to a finding of its own requirement, and that finding fails again every time.',
    'Sequences and requests are those until the first failure. Calls are those of the counterexample, beside the fewest',
    'that can show the fault; the ListRecords that fetches a session token is one of them.',
    '',
    `Made by \`cognito-sync-conformance self-test --preset ${how.preset} --seed ${how.seed} --report md\`.`,
    '',
    ...sayTotals(totals).map((line) => `- ${line}`),
    '',
    ...markdownTable(['Fault', 'Requirement', 'Outcome', '#Sequences', '#Requests', '#Calls', '#Reproduced'], cells),
  ].join('\n');
}
