import { grouped } from '../../reports/writing/layout.ts';
import { markdownCode, markdownTable, markdownText } from '../../reports/writing/markdown-text.ts';
import type { Row, SetRow } from './row.ts';
import { saySets, sayTotals } from './say-table.ts';
import { type Totals, setTotalsOf } from './totals.ts';

/** The kill table as a page of Markdown. */
export function writeTable(
  rows: readonly Row[],
  totals: Totals,
  how: { readonly seed: number; readonly preset: string },
  sets: readonly (readonly SetRow[])[] = [],
): string {
  const faulty = rows.filter(({ requirement }) => requirement !== null);
  const cells = faulty.map(({ id, title, requirement, outcome, detected, caught, others, minimum }) => [
    `${markdownCode(id)}<br>${markdownText(title)}`,
    markdownCode(requirement ?? ''),
    outcome === 'caught-by-another' ? `caught by ${markdownCode(caught?.requirement ?? '')}` : outcome,
    detected === null ? '' : grouped(detected.sequences),
    detected === null ? '' : grouped(detected.requests),
    caught === null ? `/ ${grouped(minimum)}` : `${grouped(caught.calls)} / ${grouped(minimum)}`,
    caught === null ? '' : `${caught.reproduced.failures}/${caught.reproduced.attempts}`,
    caught === null ? '' : `${caught.hypothesis === null ? '' : '✓ '}${markdownText(caught.does)}`,
    caught === null ? '' : grouped(others.length),
  ]);
  return [
    '# Kill table',
    '',
    'Each line is the embedded endpoint with one fault in it, judged as `run` judges any server. A fault is killed when',
    'the first failure that is seen belongs to a finding of its own requirement, and that finding fails again every time.',
    'Sequences and requests are those until the first failure. Calls are those of the counterexample, beside the fewest',
    'that can show the fault; the ListRecords that fetches a session token is one of them. The sentence is the one that the',
    'report says; ✓: a hypothesis that explains what was recorded, else it repeats the wrong answer. Superfluous are the',
    'findings beyond one. Half of the faults, by the hash of their ids, are only counted.',
    '',
    `Made by \`cognito-sync-conformance self-test --preset ${how.preset} --seed ${how.seed}${sayMany('pairs', sets[0])}${sayMany('tens', sets[1])} --report md\`.`,
    '',
    ...[...sayTotals(totals), ...sets.map(setTotalsOf).flatMap(saySets)].map((line) => `- ${line}`),
    '',
    ...markdownTable(
      [
        'Fault',
        'Requirement',
        'Outcome',
        '#Sequences',
        '#Requests',
        '#Calls',
        '#Reproduced',
        'The server …',
        '#Superfluous',
      ],
      cells,
    ),
    ...sets.filter((some) => some.length > 0).flatMap(setTable),
  ].join('\n');
}

function sayMany(flag: string, rows: readonly SetRow[] = []): string {
  return rows.length === 0 ? '' : ` --${flag} ${rows.length}`;
}

function setTable(rows: readonly SetRow[]): readonly string[] {
  const cells = rows.map(({ set, named, missed, findings }) => [
    set.map((id) => (missed.includes(id) ? `**${markdownCode(id)}**` : markdownCode(id))).join(', '),
    `${named.length} of ${set.length}`,
    grouped(findings.length),
  ]);
  return [
    '',
    `## Random sets of ${rows[0]?.set.length ?? 0} faults`,
    '',
    'Faults in bold have no finding of their requirement. Some of them cannot show beside the others.',
    '',
    ...markdownTable(['Faults', '#Named', '#Findings'], cells),
  ];
}
