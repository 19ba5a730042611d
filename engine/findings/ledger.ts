import type { Ledger, RequirementResult } from '../interface/events.ts';
import type { Sighting } from '../play/sightings.ts';

/** Where the violations of one failure key end. */
export type Entry =
  | { readonly kind: 'explained'; readonly finding: string }
  /** They did not show again. */
  | { readonly kind: 'flaky' }
  /** The target went while they were answered: it is told why the run ended. */
  | { readonly kind: 'cut-off' };

/**
 * Counts every violated check once, where it ended: explained by a finding, not reproduced, or cut off. One that nobody placed counts
 * as flaky: no violation is lost. The sums agree with `violations`.
 */
export function ledgerOf(sightings: Iterable<Sighting>, placed: ReadonlyMap<Sighting, Entry>): Ledger {
  const byFinding = new Map<string, { finding: string; requirement: string; violations: number }>();
  const flaky = new Map<string, number>();
  let [violations, cutOff] = [0, 0];
  for (const sighting of sightings) {
    const { best, count } = sighting;
    const { requirement } = best.failure;
    const entry = placed.get(sighting) ?? { kind: 'flaky' };
    violations += count;
    if (entry.kind === 'cut-off') cutOff += count;
    else if (entry.kind === 'flaky') flaky.set(requirement, (flaky.get(requirement) ?? 0) + count);
    else {
      const name = `${entry.finding} ${requirement}`;
      const known = byFinding.get(name) ?? { finding: entry.finding, requirement, violations: 0 };
      byFinding.set(name, { ...known, violations: known.violations + count });
    }
  }
  return {
    violations,
    byFinding: [...byFinding.values()],
    flaky: Array.from(flaky, ([requirement, count]) => ({ requirement, violations: count })),
    cutOff,
  };
}

/** How many checks of a requirement were violated, whatever became of them. */
export function violationsOf({ byFinding, flaky }: Ledger, requirement: string): number {
  return [...byFinding, ...flaky]
    .filter((one) => one.requirement === requirement)
    .reduce((sum, one) => sum + one.violations, 0);
}

/** The finding that explains most violations of a requirement. */
export function explains({ byFinding }: Ledger, requirement: string): string | undefined {
  return byFinding.filter((one) => one.requirement === requirement).toSorted((a, b) => b.violations - a.violations)[0]
    ?.finding;
}

/** What does not add up between a ledger and the results of its run; empty where every violation is accounted for. */
export function imbalances(ledger: Ledger, results: readonly RequirementResult[]): readonly string[] {
  const sum = (list: readonly { readonly violations: number }[]): number =>
    list.reduce((total, { violations }) => total + violations, 0);
  const accounted = sum(ledger.byFinding) + sum(ledger.flaky) + ledger.cutOff;
  const passed = results.filter(({ status, violations }) => status === 'pass' && violations > 0);
  return [
    ...(accounted === ledger.violations ? [] : [`${ledger.violations} violations, ${accounted} accounted for`]),
    ...passed.map(({ id, violations }) => `${id} passed with ${violations} violations`),
    ...results
      .filter(({ id, violations }) => violations !== violationsOf(ledger, id))
      .map(({ id }) => `the violations of ${id} differ from the ledger`),
  ];
}
