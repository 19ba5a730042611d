import { grouped, table } from '../../reports/writing/layout.ts';
import type { Row } from './row.ts';
import type { Totals } from './totals.ts';

/** The kill table for a terminal: a line for each fault, then what was not killed and why, then the totals. */
export function sayTable(rows: readonly Row[], totals: Totals): string {
  const faulty = rows.filter(({ requirement }) => requirement !== null);
  const head = ['fault', 'outcome', 'sequences', 'requests', 'calls', 'minimum', 'reproduced'];
  const lines = faulty.map(({ id, outcome, detected, caught, minimum }) => [
    id,
    outcome,
    detected === null ? '-' : grouped(detected.sequences),
    detected === null ? '-' : grouped(detected.requests),
    caught === null ? '-' : grouped(caught.calls),
    grouped(minimum),
    caught === null ? '-' : `${caught.reproduced.failures}/${caught.reproduced.attempts}`,
  ]);
  const sections = [
    table([head, ...lines], '  ').join('\n'),
    ...misses(faulty),
    ...alarms(rows),
    sayTotals(totals).join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function misses(faulty: readonly Row[]): readonly string[] {
  return faulty.flatMap((row) => {
    if (row.outcome === 'survived') return [`SURVIVED ${row.id}: ${row.title}\n  expected ${row.requirement}`];
    if (row.outcome !== 'caught-by-another' || row.caught === null) return [];
    const { key, reproduced, steps } = row.caught;
    const often = `reproduced ${reproduced.failures}/${reproduced.attempts}`;
    return [
      [`CAUGHT BY ANOTHER ${row.id}: ${row.title}`, `  expected ${row.requirement}`, `  found    ${key} (${often})`]
        .concat(steps.slice(0, 12).map((step) => `    ${step}`))
        .join('\n'),
    ];
  });
}

function alarms(rows: readonly Row[]): readonly string[] {
  const control = rows.find(({ outcome }) => outcome === 'false-alarm');
  if (control === undefined || control.caught === null) return [];
  const found = [control.caught, ...control.others].map(({ key }) => `  ${key}`);
  return [['FALSE ALARM on the endpoint without a fault', ...found].join('\n')];
}

/** The totals in sentences. */
export function sayTotals(totals: Totals): readonly string[] {
  const { mutants, skipped, killed, within, medianRequests, shortest, clean } = totals;
  const tried = mutants - skipped;
  return [
    `${killed} of ${tried} faults killed by their requirement` +
      (skipped > 0 ? `; ${skipped} skipped, which only --preset deep has time for` : ''),
    `within ${within.map(({ requests, killed: count }) => `${grouped(requests)} requests: ${count}`).join(', ')}` +
      (medianRequests === null ? '' : `; median ${grouped(medianRequests)}`),
    `${shortest} of ${killed} counterexamples have the fewest calls possible`,
    ...(clean === null ? [] : [clean ? 'no finding without a fault' : 'findings without a fault']),
  ];
}
