import type { Mutant } from '../base/mutant.ts';
import { storing } from '../base/storing.ts';

/** What becomes of values in columns, caches and templates that were made for other texts. */
export const valueMutants: readonly Mutant[] = [
  storing('value-trimmed-at-end', 'White space at the end of a value is lost.', (value) => value.trimEnd()),
  storing('value-ends-at-astral', 'A value ends before its first character beyond the BMP.', (value) =>
    value.replace(/[\u{10000}-\u{10ffff}].*$/su, ''),
  ),
  storing('value-ends-at-nul', 'A value ends at its first NUL.', (value) => value.split('\0', 1)[0] ?? ''),
  storing('value-over-64k-cut', 'A value is cut after 65,535 characters.', (value) => value.slice(0, 65_535)),
  storing('null-text-removes', 'The text "null" is stored as no value.', (value) => (value === 'null' ? null : value)),
  storing('number-text-reformatted', 'A value that looks like a number is stored as one.', (value) =>
    /^\s*\d+\s*$/.test(value) ? String(Number(value) || '') : value,
  ),
  storing('json-reserialised', 'A value that is JSON is read and written again, with spaces.', spaced),
  storing('value-html-escaped', 'The ampersand, < and > are stored as HTML entities.', (value) =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  ),
  storing('line-ends-normalised', 'CR LF in a value becomes LF.', (value) => value.replaceAll('\r\n', '\n')),
  storing('value-percent-decoded', 'Percent signs in a value are decoded.', (value) =>
    value.replace(/%([0-7][0-9a-f])/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ),
  storing('value-in-latin-1', 'Characters that Latin-1 does not have become question marks.', (value) =>
    value.replace(/[^\0-\u00ff]/gu, '?'),
  ),
  storing('byte-order-mark-lost', 'A byte order mark at the beginning of a value is lost.', (value) =>
    value.replace(/^\ufeff/, ''),
  ),
  {
    id: 'answer-shows-old-value',
    title: 'The answer of an update shows the value that the record had before.',
    requirement: 'record/value-exact',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      answeredRecords: (service, dataset, records, judged) =>
        records.map((record) => {
          const before = judged.find(({ patch }) => patch.key === record.key)?.record;
          return base.renderRecord(service, dataset, { ...record, value: (before ?? record).value });
        }),
    }),
  },
];

function spaced(value: string): string {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), null, 1).replace(/\n */g, ' ');
  } catch {
    return value;
  }
}
