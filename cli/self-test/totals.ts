import type { Row } from './row.ts';

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
  };
}

function median(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? null;
}

/** 0 when every mutant that had its time is killed by its requirement, and the endpoint without a fault is clean. */
export function exitCodeOf({ alive, clean }: Totals): number {
  return alive.length === 0 && clean !== false ? 0 : 1;
}
