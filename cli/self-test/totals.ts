import { createHash } from 'node:crypto';
import type { Row, SetRow } from './row.ts';

/** Budgets, in requests, for which the table says how many faults are killed within. */
const budgets = [50, 200, 1_000, 5_000] as const;

export interface Totals {
  readonly mutants: number;
  readonly killed: number;
  readonly skipped: number;
  /** Ids of those not killed by their requirement. */
  readonly alive: readonly string[];
  readonly within: readonly { readonly requests: number; readonly killed: number }[];
  /** Requests to first detection; null when nothing was killed. */
  readonly medianRequests: number | null;
  /** Counterexamples no longer than the minimum. */
  readonly shortest: number;
  /** Whether the endpoint without a fault had no finding; null when it was not run. */
  readonly clean: boolean | null;
  /** Runs whose ledger does not add up. */
  readonly unbalanced: readonly string[];
  /** The faults that the diagnosis was fitted on, and those that are only counted. */
  readonly halves: { readonly fitted: Half; readonly counted: Half };
}

/** How well single faults are told. */
export interface Half {
  readonly judged: number;
  readonly killed: number;
  /** Runs with one finding. */
  readonly single: number;
  /** Findings beyond one for each fault. */
  readonly superfluous: number;
  /** Findings whose sentence is a hypothesis that explains what was recorded. */
  readonly explained: number;
}

/** What several faults at once come to. */
export interface SetTotals {
  readonly runs: number;
  readonly faults: number;
  /** Faults whose requirement has a finding. */
  readonly named: number;
  readonly findings: number;
  readonly unbalanced: readonly string[];
}

export function setTotalsOf(rows: readonly SetRow[]): SetTotals {
  const sum = (of: (row: SetRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    runs: rows.length,
    faults: sum(({ set }) => set.length),
    named: sum(({ named }) => named.length),
    findings: sum(({ findings }) => findings.length),
    unbalanced: rows.flatMap(({ set, imbalances }) => imbalances.map((one) => `${set.join(' + ')}: ${one}`)),
  };
}

/** Half of the faults, by the hash of the id, are only counted: nobody looks at what becomes of them. */
function isCounted(id: string): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 1;
}

function halfOf(rows: readonly Row[]): Half {
  const judged = rows.filter(({ outcome }) => outcome !== 'skipped');
  return {
    judged: judged.length,
    killed: judged.filter(({ outcome }) => outcome === 'killed').length,
    single: judged.filter(({ caught, others }) => caught !== null && others.length === 0).length,
    superfluous: judged.reduce((sum, { others }) => sum + others.length, 0),
    explained: judged.filter(({ caught }) => caught !== null && caught.hypothesis !== null).length,
  };
}

/** What a kill table comes to. */
export function totalsOf(rows: readonly Row[]): Totals {
  const faulty = rows.filter(({ requirement }) => requirement !== null);
  const killed = faulty.filter(({ outcome }) => outcome === 'killed');
  const requests = killed.map(({ detected }) => detected?.requests ?? 0);
  const control = rows.find(({ requirement }) => requirement === null);
  return {
    mutants: faulty.length,
    killed: killed.length,
    skipped: faulty.filter(({ outcome }) => outcome === 'skipped').length,
    alive: faulty.filter(({ outcome }) => outcome !== 'killed' && outcome !== 'skipped').map(({ id }) => id),
    within: budgets.map((budget) => ({
      requests: budget,
      killed: requests.filter((count) => count <= budget).length,
    })),
    medianRequests: median(requests),
    shortest: killed.filter(({ caught, minimum }) => (caught?.calls ?? Infinity) <= minimum).length,
    clean: control === undefined ? null : control.outcome === 'clean',
    unbalanced: rows.flatMap(({ id, imbalances }) => imbalances.map((one) => `${id}: ${one}`)),
    halves: {
      fitted: halfOf(faulty.filter(({ id }) => !isCounted(id))),
      counted: halfOf(faulty.filter(({ id }) => isCounted(id))),
    },
  };
}

function median(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? null;
}

/**
 * 0 when every mutant that had its time is killed by its requirement, the endpoint without a fault is clean, and every ledger adds
 * up.
 */
export function exitCodeOf({ alive, clean, unbalanced }: Totals, sets: readonly SetTotals[] = []): number {
  const balanced = unbalanced.length === 0 && sets.every((one) => one.unbalanced.length === 0);
  return alive.length === 0 && clean !== false && balanced ? 0 : 1;
}
