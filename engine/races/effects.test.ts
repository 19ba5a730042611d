import { expect, test } from 'vitest';
import { listed, updated } from '../../tests/fixtures/made-race.ts';
import { effectsOf } from './effects.ts';
import { readAll } from './history.ts';
import { judgeRace } from './judge-race.ts';
import { contradictionOf } from './say-contradiction.ts';
import type { Made } from './observed.ts';

const at = (actor: number, start: number, end: number): { actor: number; start: number; end: number } => ({
  actor,
  start,
  end,
});
const says = (...made: readonly Made[]): unknown => {
  const fault = judgeRace(made, { 'unknown-key-count': 'conflict', 'unknown-key-count-ahead': 'conflict' });
  return fault === null ? null : contradictionOf(fault, readAll(made));
};

test('counts narrow down where a call can have taken effect', () => {
  const made = [updated(at(0, 0, 9), 'a@0=x', 1), updated(at(1, 1, 4), 'b@0=y', 2), listed(at(2, 2, 8), '1 a@1=x')];
  expect(effectsOf(readAll(made))).toEqual([
    { from: 0, to: 4 },
    { from: 2, to: 4 },
    { from: 2, to: 4 },
  ]);
});

test('a list that shows an older count than a call before it can have taken effect nowhere', () => {
  expect(effectsOf(readAll([updated(at(0, 0, 1), 'a@0=x', 1), listed(at(1, 2, 3), '0')]))).toEqual([null, null]);
});

test('a contradiction has a name and a sentence', () => {
  expect(says(updated(at(0, 0, 9), 'a@3=x b@0=w', 4), updated(at(1, 1, 8), 'a@3=y', 5))).toEqual({
    anomaly: 'double acceptance',
    says: 'both updates presented count 3 of key a and both were accepted',
  });
  expect(says(updated(at(0, 0, 9), 'a@0=x', 1), updated(at(1, 1, 8), 'b@0=y', 1))).toEqual({
    anomaly: 'count shared',
    says: 'both updates were accepted with count 1',
  });
  expect(says(updated(at(0, 0, 1), 'a@0=x', 1), listed(at(1, 2, 3), '0'))).toMatchObject({ anomaly: 'stale list' });
});
