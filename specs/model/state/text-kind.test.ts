import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alike, mistakenKeys } from './text-kind.ts';

const character = fc.constantFrom('a', 'A', 'b', '1', '0', '%', '_', '*', '.', ' ', '/', 'é', '\u0000');
const key = fc.oneof(
  fc.string({ unit: character, maxLength: 4 }),
  fc.nat(4).map((more) => 'x'.repeat(32 + more)),
  fc.constantFrom('Aa', 'BB', 'AaBB', 'BBAa'),
);

test('the mistaken keys are those that are alike another one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 8 }), (keys) => {
      const inPairs = keys.filter((one) => keys.some((other) => other !== one && alike(other, one)));
      expect([...mistakenKeys(keys)].toSorted()).toEqual(inPairs.toSorted());
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test('a key of many wild cards is compared to its end', () => {
  expect(alike(`${'%a'.repeat(300)}b`, 'a'.repeat(1000))).toBe(false);
  expect(alike('a%c', 'abbc')).toBe(true);
  expect(alike('a_c', 'abbc')).toBe(false);
  expect(alike('%', 'anything')).toBe(true);
});
