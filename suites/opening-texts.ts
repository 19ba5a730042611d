import { put } from '../generators/build.ts';
import type { PatchStep } from '../specs/types/sequence.ts';

/**
 * Keys that are easily taken for one another, and values of each kind where servers slip, in two batches: stores have limits
 * of 25. Texts with U+0000 are left out: a server that cannot store them refuses the whole batch.
 */
const texts: readonly (readonly (readonly [key: string, value: string])[])[] = [
  [
    ['a', ' x '],
    ['A', ''],
    [' a', 'É'],
    ['a ', 'E\u0301'],
    ['a/', '\u{1F600}'],
    ['a%20b%2Fc', '{"a":[1]}'],
    ['__proto__', '1.0'],
    ['constructor', 'null'],
    ['é', 'x\r\n'],
    ['e\u0301', '\u0001'],
    ['\u{1F600}', '<a>&amp;</a>'],
    ['a\u200b', '"\\'],
    ['1', '\u200b'],
    ['01', '+%20'],
    ['a.b', 'x'.repeat(1025)],
    ['k'.repeat(128), 'x'.repeat(256)],
  ],
  [
    ["it's", "it's"],
    ['co-op', '007'],
    ['coop', '1e3'],
    ['a%', '\ufeffx'],
    ['a_', 'true'],
    ['ß', '{"b":1,"a":1}'],
    ['ss', '\t'],
    ['ﬁ', 'ﬁ'],
    ['fi', '2024-01-01T00:00:00Z'],
    ['a\\b', 'a\\nb'],
    ['"a"', '%41'],
    ['null', '\u2028'],
    ['-1', '-0'],
    ['a\u00a0b', '\u{10FFFD}'],
    ['a,b;c', '${x}'],
    ['toString', 'é'.repeat(300)],
  ],
];

/** One update for each batch. */
export const everyKindOfText: readonly (readonly PatchStep[])[] = texts.map((batch) =>
  batch.map(([key, value]) => put(key, value)),
);

/** Beyond what columns and buffers of a power of two hold. */
export const largeTexts: readonly PatchStep[] = [put('l', 'x'.repeat(70_000)), put('m', '\u{1F600}'.repeat(5_000))];

/** The character that ends texts in C. Databases refuse it: nothing else is in its update. */
export const textThatEnds: PatchStep = put('n\u0000c', 'y\u0000z');
