import { expect, test } from 'vitest';
import { resolveChoices } from '../targets/reference/core/choices.ts';
import { catalogue } from '../suites/catalogue.ts';
import { contextFor, embeddedTarget, runToEnd, smokeOptions, stoppedClock } from './fixtures/embedded-run.ts';

/** A server to which an identity is the same in every pool breaks what was only observed, and nothing else by that. */
test('a target that takes all pools for one is blamed for that alone', { timeout: 120_000 }, async () => {
  const choices = { 'update-after-deletion': 'not-found' };
  const clock = stoppedClock();
  const target = embeddedTarget(clock, { choices: resolveChoices(choices) }, 'pools-share-identities');
  const { findings } = await runToEnd(catalogue, smokeOptions({ runs: 700 }), contextFor(target, clock));
  // The settings are those of pools, which are one here by more than their identities.
  const isOfData = (id: string): boolean => !/^(?:configuration|events|bulk-publish)\//.test(id);
  // Other checks fail because of it, and are told as its consequences.
  const broken = findings.map(({ requirement }) => requirement).filter(isOfData);
  expect(broken).toEqual(['dataset/pools-apart']);
});
