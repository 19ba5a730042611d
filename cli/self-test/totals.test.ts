import { describe, expect, test } from 'vitest';
import type { Row } from './row.ts';
import { sayTable } from './say-table.ts';
import { drawSets } from './draw-sets.ts';
import { exitCodeOf, setTotalsOf, totalsOf } from './totals.ts';
import { mutants } from '../../targets/mutants/catalogue.ts';
import { writeTable } from './write-table.ts';

function row(id: string, outcome: Row['outcome'], requests: number, calls = 4): Row {
  const caught = {
    requirement: outcome === 'killed' ? 'conflict/stale-refused' : 'conflict/message',
    key: 'conflict/message|UpdateRecords|ok|ok',
    variants: [],
    does: 'is wrong',
    hypothesis: null,
    sequences: 2,
    requests,
    calls,
    shrinkRequests: 12,
    place: 1,
    race: false,
    reproduced: { attempts: 5, failures: 5 },
    steps: ['A lists d → 200 count 0'],
  };
  const seen = outcome === 'killed' || outcome === 'caught-by-another' || outcome === 'false-alarm';
  return {
    id,
    title: `The fault ${id}.`,
    requirement: id === 'none' ? null : 'conflict/stale-refused',
    deep: outcome === 'skipped',
    minimum: 4,
    outcome,
    detected: seen ? { key: caught.key, sequences: 2, requests } : null,
    caught: seen ? caught : null,
    others: [],
    imbalances: [],
    ms: 1,
  };
}

describe('a kill table', () => {
  const rows = [row('none', 'clean', 0), row('a', 'killed', 40), row('b', 'killed', 900, 6), row('c', 'killed', 100)];

  test('counts what was killed within each budget', () => {
    expect(totalsOf(rows)).toMatchObject({
      mutants: 3,
      killed: 3,
      alive: [],
      within: [
        { requests: 50, killed: 1 },
        { requests: 200, killed: 2 },
        { requests: 1_000, killed: 3 },
        { requests: 5_000, killed: 3 },
      ],
      medianRequests: 100,
      shortest: 2,
      clean: true,
    });
  });

  test('is in order when everything was killed or had no time', () => {
    expect(exitCodeOf(totalsOf(rows))).toBe(0);
    expect(exitCodeOf(totalsOf([...rows, row('late', 'skipped', 0)]))).toBe(0);
  });

  test.each(['survived', 'caught-by-another'] as const)(
    'is not in order with a fault that %s, and names it',
    (outcome) => {
      const all = [...rows, row('alive', outcome, 9)];
      const totals = totalsOf(all);
      expect(exitCodeOf(totals)).toBe(1);
      expect(totals.alive).toEqual(['alive']);
      expect(sayTable(all, totals)).toContain('alive: The fault alive.');
    },
  );

  test('is not in order when the endpoint without a fault has a finding', () => {
    const all = [row('none', 'false-alarm', 5), ...rows.slice(1)];
    expect(exitCodeOf(totalsOf(all))).toBe(1);
    expect(sayTable(all, totalsOf(all))).toContain('FALSE ALARM');
  });

  test('has a line for each fault as Markdown', () => {
    const page = writeTable(rows, totalsOf(rows), { seed: 1, preset: 'ci' });
    expect(page.match(/^\| <code>/gm)).toHaveLength(3);
    expect(page).toContain('3 of 3 faults killed');
  });
});

describe('sets of faults', () => {
  test('are the same for a seed, and their members break different requirements', () => {
    const sets = drawSets(mutants, 10, 3, 7);
    expect(sets).toEqual(drawSets(mutants, 10, 3, 7));
    expect(sets).not.toEqual(drawSets(mutants, 10, 3, 8));
    const broken = sets.map(
      (set) => new Set(mutants.filter(({ id }) => set.includes(id)).map((one) => one.requirement)),
    );
    expect(broken.map(({ size }) => size)).toEqual([10, 10, 10]);
  });

  test('count what was named, and fail the self-test where a ledger does not add up', () => {
    const finding = { requirement: 'record/value-exact', does: 'trims values', alsoBreaks: [] };
    const one = { set: ['a', 'b'], named: ['a'], missed: ['b'], findings: [finding], imbalances: [], ms: 1 };
    const other = { ...one, named: ['a', 'b'], missed: [], imbalances: ['b passed with 3 violations'] };
    const balanced = setTotalsOf([one]);
    const totals = setTotalsOf([one, other]);
    expect(totals).toEqual({
      runs: 2,
      faults: 4,
      named: 3,
      findings: 2,
      unbalanced: ['a + b: b passed with 3 violations'],
    });
    const single = totalsOf([row('a', 'killed', 40)]);
    expect([exitCodeOf(single, [balanced]), exitCodeOf(single, [totals])]).toEqual([0, 1]);
  });
});
