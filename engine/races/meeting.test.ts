import { expect, test } from 'vitest';
import { updated } from '../../tests/fixtures/made-race.ts';
import { meetingFault } from './meeting.ts';

const together = (answer: number | 'broken' | 'conflict' | null): ReturnType<typeof updated>[] => [
  updated({ actor: 0, start: 0, end: 8 }, 'a@0=x', 1),
  updated({ actor: 1, start: 1, end: 9 }, 'b@0=y', answer),
];
const apart = [
  updated({ actor: 0, start: 0, end: 1 }, 'a@0=x', 1),
  updated({ actor: 1, start: 2, end: 3 }, 'b@0=y', 2),
];

const fault = { requirement: 'concurrency/meeting-calls-answered', culprit: 1, calls: [0, 1] };

test('a call that hangs where it meets another, and nowhere else', () => {
  expect(meetingFault(together(null), apart, apart)).toMatchObject(fault);
});

test('a server error is sent again by clients: it is a fault where the dataset stays locked', () => {
  const later = (answer: number | 'broken'): ReturnType<typeof updated> =>
    updated({ actor: 0, start: 10, end: 11 }, 'a@1=z', answer);
  expect(meetingFault([...together('broken'), later(2)], apart, apart)).toBeNull();
  expect(meetingFault([...together('broken'), later('broken')], apart, apart)).toMatchObject(fault);
});

test.each([2, 'conflict'] as const)('nothing is wrong with an answer (%s)', (answer) => {
  expect(meetingFault(together(answer), apart, apart)).toBeNull();
});

test('nothing is said where the calls are not answered one at a time, or on datasets apart', () => {
  expect(meetingFault(together(null), together(null), apart)).toBeNull();
  expect(meetingFault(together(null), apart, together('broken'))).toBeNull();
});

test('nothing is said of a call that met no other', () => {
  const later = updated({ actor: 1, start: 9, end: 10 }, 'b@0=y', null);
  expect(meetingFault([together(1)[0]!, later], apart, apart)).toBeNull();
});
