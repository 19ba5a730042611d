import { serviceRules } from '../rules/service-rules.ts';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../types/answer.ts';
import type { Expectation } from '../../types/check-step.ts';
import type { Input } from '../../types/wire.ts';
import { predictCheck } from './written-out-check.ts';
import { judge } from '../blame/deviations.ts';
import type { Choices } from '../state/choices.ts';
import { emptyWorld, withToken } from '../state/world.ts';

const input: Input = { IdentityPoolId: 'p:0', IdentityId: 'i:0', DatasetName: 'd' };
const refusedWith = (type: string, status = 400): Answer => ({ kind: 'failure', status, type, message: null });
const ok = (output = {}): Answer => ({ kind: 'success', status: 200, output });

function suspects(expect_: Expectation, answer: Answer, choices: Choices = {}): readonly string[] {
  const call = { operation: 'GetCognitoEvents', input } as const;
  const verdict = judge(predictCheck(emptyWorld(false, serviceRules), call, expect_, choices, []), answer, 0);
  return verdict.deviations.map((one) => one.suspects[0] ?? '');
}

describe('a call that must be refused', () => {
  const any: Expectation = { outcome: 'refused', requirement: 'validation/type-refused', context: 'x' };
  const invalid: Expectation = { ...any, requirement: 'validation/length-refused', as: 'invalid' };

  test('may be refused with any client error when no type is asked', () => {
    expect(suspects(any, refusedWith('SerializationException'))).toEqual([]);
    expect(suspects(any, { kind: 'failure', status: 415, type: null, message: null })).toEqual([]);
  });

  test.each([
    ['accepted', ok()],
    ['a server error', refusedWith('InternalErrorException', 500)],
    ['no answer', { kind: 'silence', reason: 'closed' } as const],
  ])('breaks its requirement with %s', (_, answer) => {
    expect(suspects(any, answer)).toEqual(['validation/type-refused']);
  });

  test('is held to its status, and not to what its error is called', () => {
    expect(suspects(invalid, refusedWith('ValidationException'))).toEqual([]);
    expect(suspects(invalid, refusedWith('InvalidParameterException'))).toEqual([]);
    expect(suspects(invalid, refusedWith('ValidationException', 422))).toEqual(['validation/refusal-status']);
    // A server may look for a name, or ask who wants it, before it sees how it is spelt.
    expect(suspects(invalid, refusedWith('ResourceNotFoundException', 404))).toEqual([]);
    expect(suspects(invalid, refusedWith('NotAuthorizedException', 403))).toEqual([]);
    expect(suspects(invalid, refusedWith('ResourceNotFoundException', 400))).toEqual([]);
    expect(suspects(invalid, refusedWith('ResourceNotFoundException', 409))).toEqual(['validation/refusal-status']);
  });
});

describe('a call that must be accepted', () => {
  const wanted: Expectation = {
    outcome: 'accepted',
    requirement: 'events/set-then-get',
    context: 'x',
    output: { Events: { SyncTrigger: 'arn' } },
  };

  test('shows what it must, and may show more', () => {
    expect(suspects(wanted, ok({ Events: { SyncTrigger: 'arn', Other: 'x' } }))).toEqual([]);
    expect(suspects(wanted, ok({ Events: {} }))).toEqual(['events/set-then-get']);
    expect(suspects(wanted, refusedWith('InvalidParameterException'))).toEqual(['events/set-then-get']);
  });

  test('wants nothing where nothing was set', () => {
    const none = { ...wanted, output: { Events: {} } };
    expect(suspects(none, ok({ Events: {} }))).toEqual([]);
    expect(suspects(none, ok({}))).toEqual(['events/set-then-get']);
    expect(suspects(none, ok({ Events: { SyncTrigger: '' } }))).toEqual(['events/set-then-get']);
  });
});

test('a quota that the call does not reach predicts nothing', () => {
  const beyond: Expectation = {
    outcome: 'refused',
    quota: 'datasets',
    requirement: 'quota/datasets-per-identity',
    context: 'x',
  };
  const call = { operation: 'UpdateRecords', input } as const;
  expect(predictCheck(emptyWorld(false, serviceRules), call, beyond, {}, []).open).toBe(true);
});

test.each(['DescribeIdentityUsage', 'DescribeIdentityPoolUsage'] as const)(
  '%s may be refused while nothing was ever stored',
  (operation) => {
    const wanted: Expectation = { outcome: 'accepted', requirement: 'usage/identity-usage-agrees', context: 'x' };
    const prediction = predictCheck(emptyWorld(false, serviceRules), { operation, input }, wanted, {}, []);
    expect(prediction.exercises).toEqual([]);
    expect(judge(prediction, refusedWith('ResourceNotFoundException', 404), 0).deviations).toEqual([]);
  },
);

describe('an update that must be accepted because a quota has room', () => {
  const freed: Expectation = {
    outcome: 'accepted',
    quota: 'bytes',
    requirement: 'quota/freed-space-usable',
    context: 'x',
  };
  const predicted = (value: string, choices: Choices = {}): ReturnType<typeof predictCheck> => {
    const patch = { Op: 'replace', Key: 'a', Value: value, SyncCount: 0 };
    const token = withToken(
      emptyWorld(false, serviceRules),
      { pool: 'p:0', identity: 'i:0', name: 'd' },
      'token',
      undefined,
    );
    const update = { ...input, SyncSessionToken: 'token', RecordPatches: [patch] };
    return predictCheck(token, { operation: 'UpdateRecords', input: update }, freed, choices, []);
  };

  test('is predicted while it fits by every way to measure', () => {
    expect(predicted('x'.repeat(943_717))).toMatchObject({ open: false, allowed: [{ kind: 'success' }] });
    // A server may count something of its own for each record.
    expect(predicted('x'.repeat(943_718)).open).toBe(true);
  });

  test('breaks its requirement when it is refused', () => {
    const verdict = judge(predicted('x'), refusedWith('LimitExceededException'), 0);
    expect(verdict.deviations.map((one) => one.suspects[0])).toEqual(['quota/freed-space-usable']);
  });
});
