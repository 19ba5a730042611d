import { expect, test } from 'vitest';
import type { Sighting } from '../play/sightings.ts';
import { type Entry, explains, imbalances, ledgerOf, violationsOf } from './ledger.ts';

function sighting(requirement: string, key: string, count: number): Sighting {
  const failure = {
    key,
    requirement,
    operation: 'UpdateRecords' as const,
    expected: 'ok',
    actual: 'ok',
    suspects: [requirement],
    keys: [],
    step: 0,
    calls: 1,
    secondary: false,
  };
  const best = { sequence: { datasets: [], steps: [] }, serial: 0, failure, played: [] };
  return { best, others: [], count, sequences: 1, requests: 1 };
}

const sightings = [
  sighting('record/value-exact', 'one', 3),
  sighting('record/key-exact', 'two', 2),
  sighting('record/key-exact', 'three', 5),
  sighting('wire/no-server-error', 'four', 1),
];
const places: readonly Entry[] = [
  { kind: 'explained', finding: 'F-0001' },
  { kind: 'explained', finding: 'F-0001' },
  { kind: 'explained', finding: 'F-0002' },
];
const placed = new Map(places.map((entry, index) => [sightings[index]!, entry]));

test('every violation ends in one place, and what nobody placed is flaky', () => {
  const ledger = ledgerOf(sightings, placed);
  expect(ledger).toEqual({
    violations: 11,
    byFinding: [
      { finding: 'F-0001', requirement: 'record/value-exact', violations: 3 },
      { finding: 'F-0001', requirement: 'record/key-exact', violations: 2 },
      { finding: 'F-0002', requirement: 'record/key-exact', violations: 5 },
    ],
    flaky: [{ requirement: 'wire/no-server-error', violations: 1 }],
    cutOff: 0,
  });
  expect(violationsOf(ledger, 'record/key-exact')).toBe(7);
  expect(explains(ledger, 'record/key-exact')).toBe('F-0002');
  expect(explains(ledger, 'wire/no-server-error')).toBeUndefined();
});

test('a pass with violations, and sums that differ, are told', () => {
  const ledger = ledgerOf(sightings, placed);
  const result = { group: 'record', level: 'documented', title: '', exercised: 9, contexts: 1, findings: [] } as const;
  const key = { ...result, id: 'record/key-exact', status: 'pass', violations: 7 } as const;
  const value = { ...result, id: 'record/value-exact', status: 'fail', violations: 2 } as const;
  expect(imbalances({ ...ledger, cutOff: 1 }, [key, value])).toEqual([
    '11 violations, 12 accounted for',
    'record/key-exact passed with 7 violations',
    'the violations of record/value-exact differ from the ledger',
  ]);
  expect(imbalances(ledger, [{ ...key, status: 'fail' }])).toEqual([]);
});
