import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { counted, duration, fit, grouped, table, width, wrap } from './layout.ts';

test('wrapped text keeps its words, and only a long word is wider than asked', () => {
  const words = fc.array(fc.stringMatching(/^[a-z🦊]{1,12}$/u), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 16, max: 60 }), (some, columns) => {
      const lines = wrap(some.join(' '), columns, '  ', '    ');
      expect(lines.map((line) => line.trim()).join(' ')).toBe(some.join(' '));
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
    }),
  );
});

test('a text that does not fit says so', () => {
  expect(fit('abcdef', 6)).toBe('abcdef');
  expect(fit('abcdefg', 6)).toBe('abcde…');
  expect(fit('🦊🦊🦊', 2)).toBe('🦊…');
});

test('numbers stand to the right, names to the left', () => {
  expect(
    table(
      [
        ['group', 'n'],
        ['a', '1,000'],
      ],
      ' ',
    ),
  ).toEqual([' group      n', ' a      1,000']);
});

test('counts and durations', () => {
  expect([0, 999, 1000, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([1, 2].map((count) => counted(count, 'call'))).toEqual(['1 call', '2 calls']);
  expect([0, 999, 1000, 59_999, 61_000].map(duration)).toEqual(['0 ms', '999 ms', '1.0 s', '59.9 s', '1 min 1 s']);
});
