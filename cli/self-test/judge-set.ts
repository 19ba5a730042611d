import { imbalances } from '../../engine/findings/ledger.ts';
import type { Finding } from '../../engine/interface/events.ts';
import type { Preset } from '../../engine/interface/options.ts';
import { run } from '../../engine/run/run.ts';
import { catalogue } from '../../suites/catalogue.ts';
import { mutants } from '../../targets/mutants/catalogue.ts';
import { selectRequirements } from '../settings/selection.ts';
import { contextFor } from './context.ts';
import type { SetRow } from './row.ts';

/** A run of the suite against the endpoint with several faults at once. */
export interface SetJob {
  readonly set: readonly string[];
  readonly seed: number;
  readonly preset: Preset;
}

/** Judges the endpoint with several faults as `run` would. */
export async function judgeSet({ set, seed, preset }: SetJob): Promise<SetRow> {
  const startedAt = performance.now();
  const options = { seed, preset, concurrency: 1, requirements: selectRequirements({ preset }), shrink: true };
  const findings: Finding[] = [];
  let unbalanced: readonly string[] = ['the run did not end'];
  for await (const event of run(catalogue, options, contextFor(set))) {
    if (event.kind === 'finding') findings.push(event.finding);
    else if (event.kind === 'run-finished')
      unbalanced = event.ledger === undefined ? ['there is no ledger'] : imbalances(event.ledger, event.requirements);
  }
  const faults = mutants.filter(({ id }) => set.includes(id));
  const found = new Set(findings.map(({ requirement }) => requirement));
  return {
    set,
    named: faults.filter(({ requirement }) => found.has(requirement)).map(({ id }) => id),
    missed: faults.filter(({ requirement }) => !found.has(requirement)).map(({ id }) => id),
    findings: findings.map(({ requirement, does, alsoBreaks }) => ({ requirement, does, alsoBreaks })),
    imbalances: unbalanced,
    ms: performance.now() - startedAt,
  };
}
