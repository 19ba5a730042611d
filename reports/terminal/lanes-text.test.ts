import { expect, test } from 'vitest';
import type { Lanes } from '../../engine/interface/events.ts';
import { lanesText } from './lanes-text.ts';

const call = (step: number, client: number, from: number, to: number): Lanes['calls'][number] => ({
  step,
  client,
  from,
  to,
  open: false,
  effect: { from, to },
  contradicts: step > 2,
});
const twice: Lanes = {
  anomaly: 'double acceptance',
  says: 'both updates presented count 0 of key a and both were accepted',
  clients: ['A', 'B'],
  places: 8,
  calls: [call(1, 0, 0, 2), call(2, 1, 1, 3), call(3, 0, 4, 6), call(4, 1, 5, 7)],
};

test('calls are bars over time, the contradiction is marked', () => {
  expect(lanesText(twice, 80).slice(0, 2)).toEqual([
    '    A  [1==============]       [3=============!]',
    '    B        [2==============]       [4=============!]',
  ]);
});

test('a call is filled only where it can have taken effect, and ends open without an answer', () => {
  const calls = [
    { ...call(1, 0, 0, 3), effect: { from: 2, to: 3 } },
    { ...call(2, 1, 1, 2), effect: null },
  ];
  const open = { ...twice, places: 4, calls: [calls[0]!, { ...calls[1]!, open: true }] };
  expect(lanesText(open, 80).slice(0, 2)).toEqual(['    A  [1----------==========]', '    B        [2-------->']);
});

test('where there is little room only the contradiction is drawn, and the rest is counted', () => {
  const [a, b, legend] = lanesText(twice, 28);
  expect([a, b]).toEqual(['    A  [3=======!]', '    B      [4=======!]']);
  expect(legend).toContain('2 more calls are not drawn');
});
