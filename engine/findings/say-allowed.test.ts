import { expect, test } from 'vitest';
import type { Finding } from '../interface/events.ts';
import { sayAllowed } from './say-allowed.ts';
import {
  contextFor,
  embeddedTarget,
  runToEnd,
  shortCatalogue,
  smokeOptions,
  stoppedClock,
} from '../../tests/fixtures/embedded-run.ts';

async function findingOf(fault: string, requirement: string): Promise<Finding> {
  const clock = stoppedClock();
  const { findings } = await runToEnd(
    shortCatalogue,
    smokeOptions(),
    contextFor(embeddedTarget(clock, {}, fault), clock),
  );
  const finding = findings.find((one) => one.requirement === requirement);
  if (finding === undefined) throw new Error(`${fault} does not break ${requirement}`);
  return finding;
}

test.each([
  ['last-write-wins', 'conflict/stale-refused', 'ResourceConflictException, because "a" is at 1 and the patch says 0'],
  [
    'since-is-inclusive',
    'list-records/only-newer',
    '"a" is not listed, because the dataset is at 1 and changes after 1 are asked for',
  ],
  [
    'count-per-patch',
    'sync-count/batch-shares-count',
    'SyncCount of "b" is 1, because the dataset does not exist; "a" does not exist and the patch says 0; "b" does not exist and the patch says 0',
  ],
])('%s: what is allowed names the member and the record', async (fault, requirement, allowed) => {
  expect((await findingOf(fault, requirement)).allowed).toBe(allowed);
});

test.each([
  ['/MergedDatasetNames', 'array or null', 'MergedDatasetNames: array or null'],
  ['/Datasets/0/NumRecords', '2', 'Datasets[0].NumRecords: 2'],
  ['/Datasets/0', 'each dataset once', 'each dataset once'],
  ['status', '200', '200'],
])('a bare type or value at %s stands beside the member', (pointer, expected, allowed) => {
  expect(sayAllowed({ pointer, expected, actual: '', suspects: [] }, undefined, '')).toBe(allowed);
});
