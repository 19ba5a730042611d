import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RequirementResult, Status } from '../../engine/interface/events.ts';
import { LEVELS, type Level } from '../../specs/types/contract-types.ts';
import { type Evidence, type Policy, failsAt, judge } from './verdict.ts';

const policy: Policy = { failOn: 'relied-on', matchAws: false, exerciseRequired: true };

function result(status: Status, level: Level = 'documented', id: string = status): RequirementResult {
  return { id, group: 'g', level, title: 't', status, exercised: 1, contexts: 1, violations: 0, findings: [] };
}

function evidence(requirements: readonly RequirementResult[], changes: Partial<Evidence> = {}): Evidence {
  return { complete: true, run: { stopped: 'complete' }, error: null, choices: [], requirements, ...changes };
}

test.each<[Status, Level, number, string]>([
  ['pass', 'documented', 0, 'conforms'],
  ['unsupported', 'documented', 0, 'conforms'],
  ['skipped', 'documented', 0, 'conforms'],
  ['fail', 'documented', 1, 'violates'],
  ['fail', 'relied-on', 1, 'violates'],
  ['fail', 'observed', 0, 'conforms'],
  ['fail', 'convention', 0, 'conforms'],
  ['expected-fail', 'documented', 0, 'violates'],
  ['expected-fail', 'observed', 0, 'conforms'],
  ['unexpected-pass', 'documented', 2, 'conforms'],
  ['flaky', 'documented', 5, 'inconclusive'],
  ['flaky', 'convention', 0, 'conforms'],
  ['not-exercised', 'convention', 3, 'inconclusive'],
  ['indeterminate', 'documented', 3, 'inconclusive'],
  ['harness-error', 'documented', 70, 'inconclusive'],
])('%s at level %s: exit %i, %s', (status, level, exitCode, verdict) => {
  expect(judge(evidence([result('pass'), result(status, level)]), policy)).toMatchObject({ exitCode, verdict });
});

test('the levels from the strongest on fail the run, up to the one asked for', () => {
  for (const [at, failOn] of LEVELS.entries()) {
    expect(LEVELS.filter((level) => failsAt(level, failOn))).toEqual(LEVELS.slice(0, at + 1));
  }
});

test.each([
  ['budget', 3, 'inconclusive'],
  ['interrupted', 130, 'inconclusive'],
  ['unreachable', 4, 'not-judged'],
] as const)('a run stopped by %s: exit %i, %s', (stopped, exitCode, verdict) => {
  expect(judge(evidence([result('pass')], { run: { stopped } }), policy)).toMatchObject({ exitCode, verdict });
});

test('the sentence of an unreachable target is the reason', () => {
  const unreachable = evidence([], { run: { stopped: 'unreachable' }, error: 'connect ECONNREFUSED' });
  expect(judge(unreachable, policy).exitReason).toBe('connect ECONNREFUSED');
});

test('a log without its footer is inconclusive, whatever stands in it', () => {
  const cut = { complete: false, run: { stopped: 'interrupted' } } as const;
  expect(judge(evidence([result('pass')], cut), policy)).toMatchObject({ exitCode: 3, verdict: 'inconclusive' });
  expect(judge(evidence([result('fail')], cut), policy)).toMatchObject({ exitCode: 1, verdict: 'inconclusive' });
});

test('a requirement that nobody needs exercised does not hold up the verdict', () => {
  const untouched = evidence([result('not-exercised')]);
  expect(judge(untouched, { ...policy, exerciseRequired: false }).exitCode).toBe(0);
});

function choose(option: string, aws: string | null, observations: number): Evidence {
  return evidence([], { choices: [{ id: 'c', option, aws, observations }] });
}

test('a choice unlike AWS fails the run only when asked to, and only when AWS is known and the target was asked', () => {
  const strict = { ...policy, matchAws: true };
  expect(judge(choose('a', 'b', 1), policy).exitCode).toBe(0);
  expect(judge(choose('a', 'b', 1), strict)).toMatchObject({ exitCode: 1, verdict: 'violates' });
  expect(judge(choose('unknown', 'b', 4), strict).exitCode).toBe(1);
  expect(judge(choose('unknown', 'b', 0), strict).exitCode).toBe(0);
  expect(judge(choose('a', null, 1), strict).exitCode).toBe(0);
  expect(judge(choose('b', 'b', 1), strict).exitCode).toBe(0);
});

test('an entry of the known failures that matched nothing makes the file stale', () => {
  const stale = judge(evidence([result('pass')], { unmatchedKnownFailures: ['gone/id'] }), policy);
  expect(stale).toMatchObject({ exitCode: 2, exitReason: 'stale known-failures file, 1 entry: gone/id' });
});

test('when several codes apply, the first of 70, 130, 4, 1, 2, 5, 3 is taken', () => {
  const codes: readonly [Status, number][] = [
    ['harness-error', 70],
    ['fail', 1],
    ['unexpected-pass', 2],
    ['flaky', 5],
    ['not-exercised', 3],
    ['pass', 0],
  ];
  fc.assert(
    fc.property(fc.subarray([...codes], { minLength: 1 }), (some) => {
      expect(judge(evidence(some.map(([status]) => result(status))), policy).exitCode).toBe(some[0]?.[1]);
    }),
  );
});

test('a reason names three requirements and counts the others', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((id) => result('fail', 'documented', id));
  expect(judge(evidence(many), policy).exitReason).toBe('broken: 5 requirements: a, b, c and 2 more');
});
