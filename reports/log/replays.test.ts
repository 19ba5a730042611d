import { expect, test } from 'vitest';
import type { ReplayResult, RunEvent } from '../../engine/interface/events.ts';
import { staleAccepted } from '../../tests/fixtures/small-run.ts';
import { wholeRun } from '../../tests/fixtures/whole-run.ts';
import { missedFindings, withReplays } from './replays.ts';

const finding = { ...staleAccepted, alsoBreaks: [] };

function earlier(verdict: ReplayResult['verdict']): Parameters<typeof missedFindings>[0] {
  const { id, key, requirement } = finding;
  return [{ finding, replay: { id, key, requirement, verdict, text: 'another failure: x', requests: 9 } }];
}

const end = wholeRun().at(-1) as Extract<RunEvent, { kind: 'run-finished' }>;

test('only what failed again and was not found is told once more, numbered on', () => {
  expect(missedFindings(earlier('FIXED'), [])).toEqual([]);
  expect(missedFindings(earlier('FAILED'), [finding])).toEqual([]);
  expect(missedFindings(earlier('FAILED'), [{ ...finding, key: 'other', variants: [finding.key] }])).toEqual([]);
  const other = { ...finding, id: 'F-0007', key: 'other', variants: [] };
  expect(missedFindings(earlier('FAILED'), [other])).toMatchObject([
    { id: 'F-0008', key: finding.key, reproduced: { attempts: 1, failures: 1 } },
  ]);
});

test('what failed again is broken, with the requests of its replay', () => {
  const missed = missedFindings(earlier('FAILED'), []);
  const { requirements, traffic } = withReplays(end, earlier('FAILED'), missed);
  expect(requirements.find(({ id }) => id === finding.requirement)).toMatchObject({
    status: 'fail',
    findings: ['F-0001'],
  });
  expect(traffic.requests).toBe(end.traffic.requests + 9);
});

test('what now fails in another way has not passed', () => {
  const { requirements } = withReplays(end, earlier('CHANGED'), []);
  expect(requirements.find(({ id }) => id === finding.requirement)).toMatchObject({
    status: 'indeterminate',
    reason: 'F-0001 of an earlier run now shows another failure: x',
  });
  expect(withReplays(end, earlier('FIXED'), []).requirements).toEqual(end.requirements);
});
