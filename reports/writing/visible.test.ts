import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from './visible.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))).map((units) => units.join('')),
  fc
    .array(fc.constantFrom('\x1b[31m', '\u202e', '\u200b', '\ufeff', '\ud800', '\udc00', '\0', 'a', ' ', '\u00a0'))
    .map((parts) => parts.join('')),
);

test.each([
  ['plain text, "quoted" and ünïcödé 日本 🦊', 'plain text, "quoted" and ünïcödé 日本 🦊'],
  ['\x1b[31mred', String.raw`\x1b[31mred`],
  ['a\r\nb\tc\0', String.raw`a\x0d\x0ab\x09c\x00`],
  ['\u009b31m', String.raw`\x9b31m`],
  ['user\u202etxt.exe', String.raw`user\u{202e}txt.exe`],
  ['a\u200bb\u2066c\ufeff', String.raw`a\u{200b}b\u{2066}c\u{feff}`],
  ['\ud83e and \udd8a', String.raw`\u{d83e} and \u{dd8a}`],
  ['a\u00a0b\u2028', String.raw`a\xa0b\u{2028}`],
  ['\uffff\ue000', '\\u{ffff}\ue000'],
])('%j becomes %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('what comes out holds nothing hidden, and is left as it is the second time', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = visible(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});

test('text without hidden characters is left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(visible(text)).toBe(text);
    }),
  );
});

test('a limit holds, never cuts an escape, and tells the length of the original', () => {
  fc.assert(
    fc.property(anyText, fc.nat(40), (text, max) => {
      const shown = visible(text, max);
      const whole = visible(text);
      const fits = Array.from(whole).length <= max;
      expect(shown === whole).toBe(fits);
      if (fits) return;
      const [, kept = '', length] = /^(.*)… \((\d+) characters\)$/u.exec(shown) ?? [];
      expect(Number(length)).toBe(Array.from(text).length);
      expect(Array.from(kept).length).toBeLessThanOrEqual(max);
      expect(whole.startsWith(kept)).toBe(true);
      // An escape that was cut would not end in its brace or its second digit.
      expect(kept.replace(/\\x[0-9a-f]{2}|\\u\{[0-9a-f]+\}/g, '')).not.toMatch(/\\(x[0-9a-f]?|u\{[0-9a-f]*)?$/);
    }),
  );
});
