import type { Hypothesis } from './hypothesis.ts';

type Fold = (text: string) => string;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

function reserialised(text: string, space: number | undefined): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, space);
  } catch {
    return text;
  }
}

const html: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** How a server may change a text, each with what it does to `them`. */
const folds: readonly (readonly [id: string, says: (them: string) => string, fold: Fold])[] = [
  ['trimmed', (them) => `removes white space around ${them}`, (text) => text.trim()],
  ['trimmed-at-end', (them) => `removes white space at the end of ${them}`, (text) => text.trimEnd()],
  ['trimmed-at-start', (them) => `removes white space at the start of ${them}`, (text) => text.trimStart()],
  ['collapsed', (them) => `collapses white space in ${them}`, (text) => text.replace(/\s+/g, ' ')],
  ['lower-case', (them) => `turns ${them} to lower case`, (text) => text.toLowerCase()],
  ['upper-case', (them) => `turns ${them} to upper case`, (text) => text.toUpperCase()],
  ['nfc', (them) => `brings ${them} into Unicode form NFC`, (text) => text.normalize('NFC')],
  ['nfd', (them) => `brings ${them} into Unicode form NFD`, (text) => text.normalize('NFD')],
  ['nfkc', (them) => `brings ${them} into Unicode form NFKC`, (text) => text.normalize('NFKC')],
  ['accents', (them) => `removes accents from ${them}`, (text) => text.normalize('NFD').replace(/\p{M}/gu, '')],
  ['percent-decoded', (them) => `decodes percent signs in ${them}`, decoded],
  ['percent-encoded', (them) => `percent-encodes ${them}`, encoded],
  ['plus-as-space', (them) => `reads a plus sign in ${them} as a space`, (text) => text.replaceAll('+', ' ')],
  [
    'html-escaped',
    (them) => `stores special characters of ${them} as HTML entities`,
    (text) => text.replace(/[&<>"']/g, (one) => html[one] ?? one),
  ],
  [
    'html-escaped-without-quotes',
    (them) => `stores &, < and > in ${them} as HTML entities`,
    (text) => text.replace(/[&<>]/g, (one) => html[one] ?? one),
  ],
  ['line-ends', (them) => `turns CR LF in ${them} into LF`, (text) => text.replaceAll('\r\n', '\n')],
  ['cut-at-nul', (them) => `cuts ${them} at the first NUL`, (text) => text.split('\u0000')[0] ?? ''],
  ['without-nul', (them) => `drops NUL from ${them}`, (text) => text.replaceAll('\u0000', '')],
  [
    'without-controls',
    (them) => `drops control characters from ${them}`,
    (text) => text.replace(/(?![\t\n\r])\p{Cc}/gu, ''),
  ],
  [
    'cut-at-astral',
    (them) => `cuts ${them} before the first character beyond the BMP`,
    (text) => text.replace(/[\ud800-\udfff][^]*$/, ''),
  ],
  [
    'without-astral',
    (them) => `drops characters beyond the BMP from ${them}`,
    (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, ''),
  ],
  [
    'astral-as-question-mark',
    (them) => `turns characters beyond the BMP in ${them} into question marks`,
    (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
  ],
  [
    'latin-1',
    (them) => `turns characters of ${them} that Latin-1 lacks into question marks`,
    (text) => text.replace(/[\u0100-\u{10ffff}]/gu, '?'),
  ],
  [
    'ascii',
    (them) => `turns characters of ${them} that ASCII lacks into question marks`,
    (text) => text.replace(/[\u0080-\u{10ffff}]/gu, '?'),
  ],
  ['byte-order-mark', (them) => `drops a byte order mark from ${them}`, (text) => text.replace(/^\ufeff/, '')],
  [
    'number',
    (them) => `writes ${them} that look like numbers as numbers`,
    (text) => (/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text) ? String(Number(text)) : text),
  ],
  ['json', (them) => `reads ${them} that are JSON and writes them anew`, (text) => reserialised(text, undefined)],
  [
    'json-spaced',
    (them) => `reads ${them} that are JSON and writes them anew, with spaces`,
    (text) => reserialised(text, 1).replace(/\n\s*/g, ' '),
  ],
  ['slashes', (them) => `drops slashes at the ends of ${them}`, (text) => text.replace(/^\/+|\/+$/g, '')],
  ['slashes-at-end', (them) => `drops slashes at the end of ${them}`, (text) => text.replace(/[/\\]+$/, '')],
  ['unquoted', (them) => `drops quotes around ${them}`, (text) => text.replace(/^"(.*)"$/s, '$1')],
  ['backslashes', (them) => `reads backslashes in ${them} as escapes`, (text) => text.replace(/\\(.)/g, '$1')],
  ...[
    32, 50, 63, 64, 100, 127, 128, 255, 256, 512, 1000, 1023, 1024, 2048, 4096, 8192, 10_000, 16_384, 32_767, 32_768,
    65_535, 65_536, 100_000, 131_072, 262_144, 524_288, 1_000_000,
  ].map((length): readonly [string, (them: string) => string, Fold] => [
    `cut-at-${length}`,
    (them) => `cuts ${them} after ${length} characters`,
    (text) => text.slice(0, length),
  ]),
];

/** Texts that only comparisons take for one. */
const likenesses: readonly (readonly [id: string, says: string, fold: Fold])[] = [
  [
    'collation',
    'compares keys as a dictionary sorts',
    (key) =>
      key
        .normalize('NFKD')
        .replace(/[\p{M}\u200b-\u200d]/gu, '')
        .toUpperCase()
        .toLowerCase(),
  ],
  [
    'hash',
    'tells keys apart only by a hash',
    (key) => String([...key].reduce((hash, one) => (Math.imul(hash, 31) + (one.codePointAt(0) ?? 0)) | 0, 0)),
  ],
  [
    'number',
    'takes keys that are the same number for one',
    (key) => (/^\s*[-+]?\d+(?:\.\d+)?\s*$/.test(key) ? String(Number(key)) : key),
  ],
  ['punctuation', 'takes keys that differ only in punctuation for one', (key) => key.replace(/[-._:/ ]/g, '_')],
];

const exact: readonly Hypothesis[] = folds.flatMap(([id, says, fold]): Hypothesis[] => [
  {
    id: `value/${id}`,
    requirement: 'record/value-exact',
    says: says('values'),
    override: ({ storedValue }) => ({
      storedValue(value) {
        const kept = storedValue(value);
        return kept === null ? null : fold(kept);
      },
    }),
  },
  {
    id: `key/${id}`,
    requirement: 'record/key-exact',
    says: says('keys'),
    override: ({ sameKey, keptKey }) => ({
      sameKey: (key) => fold(sameKey(key)),
      keptKey: (stored, sent) => fold(keptKey(stored, sent)),
    }),
  },
]);

const distinct: readonly Hypothesis[] = [
  ...folds
    .filter(([id]) => !id.startsWith('html') && !id.endsWith('encoded') && !id.startsWith('json'))
    .map(([id, says, fold]): readonly [string, string, Fold] => [id, `${says('keys')} when it compares them`, fold]),
  ...likenesses,
].flatMap(([id, says, fold]): Hypothesis[] =>
  (
    [
      ['first', (stored: string | undefined, sent: string) => stored ?? sent],
      ['last', (_: string | undefined, sent: string) => sent],
    ] as const
  ).map(([which, keep]) => ({
    id: `same-key/${id}-${which}`,
    requirement: 'record/keys-distinct',
    says,
    override: ({ sameKey }) => ({ sameKey: (key) => fold(sameKey(key)), keptKey: keep }),
  })),
);

const odd: readonly Hypothesis[] = [
  {
    id: 'value/empty-removes',
    requirement: 'record/empty-value',
    says: 'stores an empty value as a removal',
    override: ({ storedValue }) => ({ storedValue: (value) => (value === '' ? null : storedValue(value)) }),
  },
  {
    id: 'value/null-text-removes',
    requirement: 'record/value-exact',
    says: 'stores the text "null" as no value',
    override: ({ storedValue }) => ({ storedValue: (value) => (value === 'null' ? null : storedValue(value)) }),
  },
];

/** How a server may change texts, or take different ones for one. */
export const textHypotheses: readonly Hypothesis[] = [...exact, ...distinct, ...odd];

/** How a server may fold the names of datasets. */
export const nameFolds: readonly (readonly [id: string, says: string, fold: Fold])[] = [
  ['case', 'takes datasets whose names differ only in case for one', (name) => name.toLowerCase()],
  [
    'punctuation',
    'takes datasets whose names differ only in punctuation for one',
    (name) => name.replace(/[-._:]/g, '_'),
  ],
  ['dots-underscores', 'takes dots and underscores in dataset names for one', (name) => name.replaceAll('.', '_')],
  ['dashes-underscores', 'takes dashes and underscores in dataset names for one', (name) => name.replaceAll('-', '_')],
  ['number', 'takes datasets whose names are the same number for one', (name) => name.replace(/\b0+(?=\d)/g, '')],
  ...[16, 20, 32, 50, 63, 64, 100, 127].map((length): readonly [string, string, Fold] => [
    `cut-at-${length}`,
    `tells datasets apart only by the first ${length} characters of their names`,
    (name) => name.slice(0, length),
  ]),
];
