import { expect, test } from 'vitest';
import { mutants } from '../targets/mutants/catalogue.ts';
import { mutantTarget } from '../targets/mutants/mutant-target.ts';
import { contextFor, runToEnd, smokeOptions, stoppedClock } from './fixtures/embedded-run.ts';
import { catalogue } from '../suites/catalogue.ts';
import { selectRequirements } from '../cli/settings/selection.ts';

/** Faults of ten kinds that leave each other room to show. */
const ten = [
  'any-character',
  'any-device-subscribes',
  'empty-identity-not-found',
  'dates-in-milliseconds',
  'answer-lists-first-only',
  'value-ends-at-astral',
  'zero-forces',
  'since-is-ignored',
  'deleted-dataset-described',
  'page-skips-one',
];

test('of ten faults at once at least nine are findings of their own, and there is little else', async () => {
  const clock = stoppedClock();
  const context = contextFor(mutantTarget(ten, { now: clock.now }), clock);
  const target = {
    ...context.target,
    send: async (...request: Parameters<typeof context.target.send>) => {
      await clock.sleep(1);
      return context.target.send(...request);
    },
  };
  const options = smokeOptions({ preset: 'ci', runs: 60, requirements: selectRequirements({ preset: 'ci' }) });
  const { findings } = await runToEnd(catalogue, options, { ...context, target });
  const found = new Set(findings.map(({ requirement }) => requirement));
  const wanted = mutants.filter(({ id }) => ten.includes(id)).map(({ requirement }) => requirement);
  expect(wanted.filter((requirement) => found.has(requirement)).length).toBeGreaterThanOrEqual(9);
  expect(found.size).toBeLessThanOrEqual(12);
}, 60_000);
