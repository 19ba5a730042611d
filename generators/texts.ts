import fc from 'fast-check';

/** Values where servers slip: encodings, white space, escapes, sizes. */
export const awkwardValues: readonly string[] = [
  '',
  ' ',
  ' x',
  'x ',
  '\tx\n',
  'x  y',
  '0',
  '-0',
  '007',
  '1.0',
  '1e3',
  'null',
  'undefined',
  'NaN',
  'true',
  '2014-06-30T12:00:00Z',
  '{"a":[1,2]}',
  '[ ]',
  '"quoted"',
  "it''s",
  'a\\b',
  '\\n\\u0041',
  'a/b',
  '<b>&amp;</b>',
  '%41+%20',
  '${x}{{x}}%s',
  '$&$1',
  '=1+1',
  'eA==',
  'é',
  'e\u0301',
  'ﬁ',
  'Straße',
  '日本語',
  '\u{1F600}',
  '\u{10FFFD}',
  '\u200b',
  '\u202e',
  '\ufeffx',
  '\u0000',
  'x\u0000y',
  '\u007f',
  '\u2028',
  '\r\n',
  'x\ry',
  'x'.repeat(255),
  'x'.repeat(256),
  'x'.repeat(1025),
  'é'.repeat(300),
  'x'.repeat(70_000),
];

/** Texts of any Unicode scalar values. fast-check's own `unit: 'binary'` spends two seconds on a table at first use. */
function anyText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const character = fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 1, max: 0x2fff }),
    fc.integer({ min: 0x3000, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0xffff }),
    fc.integer({ min: 0x10000, max: 0x10ffff }),
  );
  return fc
    .array(character, { minLength, maxLength, size: 'max' })
    .map((characters) => String.fromCodePoint(...characters));
}

/** Values a client may write: mostly plain, so that equal ones meet; at times where servers slip. */
export function recordValue(awkward: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 100 - awkward, arbitrary: fc.constantFrom('x', 'y', 'z', 'x1') },
    {
      weight: awkward,
      arbitrary: fc.oneof(fc.constantFrom(...awkwardValues), anyText(0, 12)),
    },
  );
}

/** A text that some comparison takes for `text`: by case, white space, normalisation or as a number. `pick`: which one. */
export function nearlyTheSame(text: string, pick: number): string {
  const variants = [
    text.toUpperCase(),
    text.toLowerCase(),
    `${text} `,
    text.normalize('NFD'),
    text.normalize('NFC'),
    ...(/^-?\d{1,15}$/.test(text) ? [`${text}.0`] : []),
  ].filter((variant) => variant !== text);
  return variants[pick % variants.length] ?? text;
}

/** Families of keys that are easily taken for one another. */
export const alikeKeys: readonly (readonly string[])[] = [
  ['a', 'A'],
  ['key', 'KEY', 'Key'],
  ['é', 'e\u0301'],
  ['a', 'a ', ' a'],
  ['a', 'a/', '/a'],
  ['a.b', 'a/b', 'a:b'],
  ['__proto__', 'constructor', 'a'],
  ['toString', 'hasOwnProperty', 'valueOf'],
  ['ß', 'ss', 'SS'],
  ['ﬁ', 'fi'],
  ['1', '01', '1.0'],
  ['a%20b', 'a b', 'a+b'],
  ['null', 'undefined', 'NaN'],
  ['\u{1F600}', '\u{1F601}'],
  ['a', 'a\u0000', 'a\u200b'],
  ['i', 'ı', 'İ'],
  // With an ending they still keep to the 128 characters of AWS's clients (D-12).
  ['k'.repeat(120), 'k'.repeat(119)],
  ['axb', 'a_b', 'a%', 'a?b', 'a*'],
  ['a', 'ab', 'a.b', 'a[b]'],
  ['Aa', 'BB'],
  ['e', 'é', 'ê'],
  ['a\\b', 'a\\\\b', 'a"b', "a'b"],
  ['a,b', 'a;b', 'a|b', 'a b'],
];

/** Enough for batches beyond the sizes that clients mostly send. */
const many: readonly string[] = [...'abcdefghijklmnop'];

/** Distinct keys for one sequence, few enough that patches meet. */
export function keyPool(awkward: number): fc.Arbitrary<readonly string[]> {
  return fc.oneof(
    {
      weight: 100 - awkward,
      arbitrary: fc.constantFrom(['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd', 'e'], many),
    },
    {
      weight: awkward,
      arbitrary: fc.oneof(
        fc.constantFrom(...alikeKeys),
        fc.uniqueArray(anyText(1, 8), {
          minLength: 1,
          maxLength: 4,
          size: 'max',
        }),
      ),
    },
  );
}

/** Names of two datasets that are easily taken for one another. */
export function datasetNames(): fc.Arbitrary<readonly [string, string]> {
  return fc.constantFrom(
    ['d', 'e'],
    ['d', 'd2'],
    ['d', 'D'],
    ['a', 'a.b'],
    ['data', 'data-1'],
    ['d_1', 'd-1'],
    ['a', 'aa'],
    ['d', 'd_'],
    ['x.y', 'x-y'],
    ['prefix', 'pre'],
    ['1', '01'],
    ['a..b', 'a.b'],
    ['dxe', 'd_e'],
    ['n'.repeat(121), 'n'.repeat(120)],
  );
}
