import { serviceRules } from './service-rules.ts';
import { expect, test } from 'vitest';
import { dispose } from './patches.ts';
import { datasetOf, emptyWorld } from '../state/world.ts';

const id = { pool: 'p', identity: 'i', name: 'd' };
const sentDate = 1_400_000_000;
const record = {
  key: 'a',
  count: 2,
  value: 'x',
  modified: null,
  writtenAtPause: 0,
  deviceDate: undefined,
  sentDate,
};
const dataset = {
  ...datasetOf(emptyWorld(false, serviceRules), id),
  exists: true,
  count: 3,
  records: new Map([['a', record]]),
};

test.each([
  ['same-value-current', 'keeps', 2, sentDate, 'keep'],
  ['same-value-current', 'keeps', 2, sentDate + 1, 'open'],
  ['same-value-current', 'keeps', 2, undefined, 'open'],
  ['same-value-current', 'raises', 2, sentDate + 1, 'write'],
  ['same-value-stale', 'refused', 1, sentDate + 1, 'refuse'],
  ['same-value-stale', 'raises', 1, sentDate + 1, 'open'],
  ['same-value-stale', 'raises', 1, sentDate, 'write'],
])(
  '%s %s: the stored value at count %i with the device date %s comes to: %s',
  (choice, option, count, date, effect) => {
    const patch = { op: 'replace', key: 'a', count, value: 'x', deviceDate: date };
    expect(dispose(dataset, patch, { [choice]: option }).effect).toBe(effect);
  },
);
