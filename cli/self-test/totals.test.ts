import { describe, expect, test } from 'vitest';
import type { Row } from './row.ts';
import { sayTable } from './say-table.ts';
import { exitCodeOf, totalsOf } from './totals.ts';
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
