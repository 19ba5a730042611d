import { grouped, table } from '../../reports/writing/layout.ts';
import type { Row } from './row.ts';
import type { Half, SetTotals, Totals } from './totals.ts';

/** The kill table for a terminal: a line for each fault, then what was not killed and why, then the totals. */
export function sayTable(rows: readonly Row[], totals: Totals, sets: readonly SetTotals[] = []): string {
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
    [...sayTotals(totals), ...sets.flatMap(saySets)].join('\n'),
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
    `half that the diagnosis was fitted on: ${sayHalf(totals.halves.fitted)}`,
    `half that is only counted: ${sayHalf(totals.halves.counted)}`,
    ...sayBalance(totals.unbalanced),
  ];
}

function sayHalf({ judged, killed, single, superfluous, explained }: Half): string {
  return `${killed} of ${judged} killed by their requirement, ${single} with one finding, ${superfluous} superfluous findings, ${explained} explained by a hypothesis`;
}

function sayBalance(unbalanced: readonly string[]): readonly string[] {
  return unbalanced.length === 0
    ? ['every violation is accounted for, and nothing passed that was violated']
    : unbalanced.map((one) => `NOT ACCOUNTED FOR ${one}`);
}

/** What sets of one size come to. */
export function saySets({ runs, faults, named, findings, unbalanced }: SetTotals): readonly string[] {
  if (runs === 0) return [];
  return [
    `${runs} random sets of ${faults / runs} faults at once: ${named} of ${faults} faults named by their requirement, ${(findings / faults).toFixed(2)} findings for each fault`,
    ...sayBalance(unbalanced),
  ];
}
