import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deleted, listed, updated, type When } from '../../tests/fixtures/made-race.ts';
import { planned, simulate } from '../../tests/fixtures/simulated-race.ts';
import { judgeRace } from './judge-race.ts';
import type { Made } from './observed.ts';

const choices = { 'unknown-key-count': 'conflict', 'unknown-key-count-ahead': 'conflict' };

function at(actor: number, start: number, end: number, knowsSince = start): When {
  return { actor, start, end, knowsSince };
}

function verdict(...made: readonly Made[]): string | null {
  const fault = judgeRace(made, choices);
  return fault === null ? null : `${fault.requirement.replace('concurrency/', '')}: ${fault.rule}`;
}

describe('what is wrong has a name', () => {
  test.each([
    ['one-accepted: accepted twice', [updated(at(0, 0, 9), 'a@0=x', 1), updated(at(1, 1, 8), 'a@0=y', 2)]],
    ['one-accepted: accepted twice', [updated(at(0, 0, 1), 'a@0=x', 1), updated(at(1, 4, 5), 'a@0=y', 2)]],
    ['counts-in-order: shared count', [updated(at(0, 0, 9), 'a@0=x', 1), updated(at(1, 1, 8), 'b@0=y', 1)]],
    ['counts-in-order: count goes back', [updated(at(0, 0, 1), 'a@0=x', 2), updated(at(1, 2, 3), 'b@0=y', 1)]],
    ['listed-at-once: stale listing', [updated(at(0, 0, 1), 'a@0=x', 1), listed(at(1, 2, 3), '0')]],
    [
      'listed-at-once: listing goes back',
      [updated(at(0, 0, 9), 'a@0=x', 1), listed(at(1, 1, 2), '1 a@1=x'), listed(at(2, 3, 4), '0')],
    ],
    [
      'nothing-lost: lost update',
      [updated(at(0, 0, 8), 'a@0=x', 1), updated(at(1, 1, 9), 'b@0=y', 2), listed(at(1, 10, 11), '2 b@2=y')],
    ],
    [
      'whole-updates: torn batch',
      [updated(at(0, 0, 8), 'a@0=x b@0=y', 1), listed(at(1, 1, 2), '1 a@1=x'), listed(at(1, 10, 11), '1 a@1=x b@1=y')],
    ],
    [
      'whole-updates: torn listing',
      [
        updated(at(0, 0, 8), 'a@0=x', 1),
        updated(at(1, 1, 9), 'b@0=y', 2),
        listed(at(2, 2, 3), '2 a@1=x'),
        listed(at(1, 10, 11), '2 a@1=x b@2=y'),
      ],
    ],
    [
      'refused-changes-nothing: trace of a refusal',
      [
        updated(at(0, 0, 8), 'b@0=x', 1),
        updated(at(1, 1, 9), 'a@0=y b@0=z', 'conflict'),
        listed(at(1, 10, 11), '1 a@1=y b@1=x'),
      ],
    ],
    [
      'deleted-stays-deleted: resurrected record',
      [
        updated(at(0, 0, 1), 'a@0=x', 1),
        updated(at(0, 2, 9), 'a@1=y', 2),
        deleted(at(1, 3, 8)),
        listed(at(1, 10, 11), '2 a@2=y'),
      ],
    ],
    [
      'one-order: refusal of a current count',
      [updated(at(0, 0, 1), 'a@0=x', 1), updated(at(0, 4, 5, 2), 'a@1=y', 'conflict')],
    ],
    [
      'one-order: no order',
      [updated(at(0, 0, 9), 'a@0=x', 1), updated(at(1, 1, 8), 'b@0=y', 2), updated(at(2, 2, 7), 'b@1=z', 3)],
    ],
    ['counts-without-gaps: skipped count', [updated(at(0, 0, 1), 'a@0=x', 1), updated(at(0, 2, 3), 'a@1=y', 3)]],
    ['counts-without-gaps: skipped count', [updated(at(0, 0, 1), 'a@0=x', 1), listed(at(0, 2, 3), '2 a@1=x')]],
    [
      'listing-is-one-state: listing ahead of itself',
      [updated(at(0, 0, 9), 'a@0=x', 1), listed(at(1, 1, 8), '0 a@1=x')],
    ],
  ])('%s', (name, made) => {
    expect(verdict(...made)).toBe(name);
  });

  test('a batch with several counts', () => {
    const batch = updated(at(0, 0, 1), 'a@0=x b@0=y', 1);
    const [first, second] = [
      { Key: 'a', SyncCount: 1, Value: 'x' },
      { Key: 'b', SyncCount: 2, Value: 'y' },
    ];
    const answer = { kind: 'success' as const, status: 200, output: { Records: [first, second] } };
    expect(verdict({ ...batch, exchange: { ...batch.exchange, answer } })).toBe('whole-updates: split batch');
  });
});

describe('what may be is let pass', () => {
  test.each([
    [
      'the loser of a race is refused, whatever its counts',
      [updated(at(0, 0, 9), 'a@0=x', 1), updated(at(1, 1, 8), 'b@0=y', 'conflict')],
    ],
    [
      'a refused client was overtaken since it listed',
      [updated(at(1, 3, 4), 'b@0=y', 1), updated(at(0, 5, 6, 1), 'a@0=x', 'conflict')],
    ],
    ['any other refusal', [updated(at(0, 0, 1), 'a@0=x', 'locked'), listed(at(0, 2, 3), '0')]],
    ['an error after it was stored', [updated(at(0, 0, 1), 'a@0=x', 'broken'), listed(at(0, 2, 3), '1 a@1=x')]],
    ['an error before it was stored', [updated(at(0, 0, 1), 'a@0=x', 'broken'), listed(at(0, 2, 3), '0')]],
    [
      'no answer, and stored when nobody expects it',
      [updated(at(0, 0, 1), 'a@0=x', null), listed(at(0, 2, 3), '0'), listed(at(0, 4, 5), '1 a@1=x')],
    ],
    [
      'a listing beside a deletion',
      [updated(at(0, 0, 1), 'a@0=x b@0=y', 1), deleted(at(1, 2, 9)), listed(at(2, 3, 4), '1 a@1=x')],
    ],
    [
      'an update before the deletion',
      [
        updated(at(0, 0, 1), 'a@0=x', 1),
        updated(at(0, 2, 9), 'a@1=y', 2),
        deleted(at(1, 3, 8)),
        listed(at(1, 10, 11), '0'),
      ],
    ],
    [
      'a new record after the deletion',
      [
        updated(at(0, 0, 1), 'a@0=x', 1),
        updated(at(0, 2, 9), 'b@0=y', 3),
        deleted(at(1, 3, 8)),
        listed(at(1, 10, 11), '3 b@3=y'),
      ],
    ],
  ])('%s', (_, made) => {
    expect(verdict(...made)).toBeNull();
  });
});

test('a server that takes one call at a time is never blamed', () => {
  const clients = fc.array(fc.array(planned, { minLength: 1, maxLength: 7 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(clients, (plans) => {
      expect(judgeRace(simulate(plans), choices)).toBeNull();
    }),
    { numRuns: 2_000, seed: 20_140_630 },
  );
});
