import { expect, test } from 'vitest';
import { answeredAt } from '../../types/answer.ts';
import type { Reply } from '../../types/wire.ts';
import { inspectDates } from './dates.ts';

const noon = 1_700_000_000;
const hour = 3_600;
const reply = (headers: { readonly [name: string]: string }): Reply => ({
  kind: 'response',
  status: 200,
  headers,
  body: '{}',
  ms: 1,
});

test.each([
  ['Tue, 14 Nov 2023 22:13:20 GMT', noon],
  // In the zone of whoever reads it this may be any time.
  ['Tue, 14 Nov 2023 22:13:20', null],
  [`${' '.repeat(1e5)}Tue, 14 Nov 2023 22:13:20 GMT`, null],
  ['yesterday GMT', null],
])('the Date header %s', (date, time) => {
  expect(answeredAt(reply({ date }))).toBe(time);
});

test('a reply without the header tells no time, nor does none', () => {
  expect(answeredAt(reply({}))).toBeNull();
  expect(answeredAt({ kind: 'failure', reason: 'timeout', detail: '', ms: 1 })).toBeNull();
});

test.each([
  ['without a header within a day', noon + 20 * hour, null, []],
  ['without a header more than a day off', noon + 25 * hour, null, ['record/last-modified-is-server-time']],
  ['with the header of a server whose clock is hours ahead', noon + 5 * hour, noon + 5 * hour, []],
  ['with the header of a cache', noon + 60, noon - 5 * hour, []],
  ['hours from both clocks', noon + 2 * hour, noon, ['record/last-modified-is-server-time']],
])('a record dated %s', (_, date, answered, suspects) => {
  const record = { LastModifiedDate: date };
  const deviations = inspectDates(record, '', { deviceDate: undefined }, { asked: noon, answered });
  expect(deviations.flatMap((one) => one.suspects)).toEqual(suspects);
});
