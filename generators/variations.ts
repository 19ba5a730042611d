import type { Symbolic } from '../specs/types/check-step.ts';
import type { FieldSpec, ShapeSpec } from '../specs/types/contract-types.ts';

/** A value just inside or just outside what a type allows. */
export interface Variation {
  /** Where it stands: `RecordPatches[].Key`. */
  readonly member: string;
  readonly kind: 'length' | 'pattern' | 'enum' | 'required' | 'type';
  readonly legal: boolean;
  /** What is special about it, in words. */
  readonly what: string;
  readonly value: Symbolic;
}

/** Longer values are left to the quotas, which meet them at the same length. */
const longestTried = 4096;

/**
 * Variations of one legal value, derived from the constraints of its type: lengths at and next to each bound, one wrong
 * character at the start, in the middle and at the end, enum values in another case, and values of other JSON types.
 */
export function* variations(spec: ShapeSpec, base: Symbolic, member: string): Generator<Variation> {
  if (typeof base === 'string') yield* ofText(spec, base, member);
  yield* ofOtherType(spec, member);
  if (spec.type === 'list' && spec.of !== undefined && isList(base)) yield* inList(spec.of, base, member);
  if (spec.type === 'map' && isStructure(base)) yield* inMap(spec, base, member);
  if (spec.type === 'structure' && isStructure(base)) yield* inStructure(spec.fields ?? [], base, member);
}

function* ofText(spec: ShapeSpec, base: string, member: string): Generator<Variation> {
  const whole = spec.pattern === undefined ? /^[^]*$/u : new RegExp(`^(?:${spec.pattern})$`);
  const { min = 0, max } = spec;
  if (max !== undefined && max <= longestTried) {
    const fill = (length: number): string => base.slice(0, length).padEnd(length, base.slice(-1) || 'x');
    if (whole.test(fill(max)))
      yield { member, kind: 'length', legal: true, what: `${max} characters`, value: fill(max) };
    yield { member, kind: 'length', legal: false, what: `${max + 1} characters`, value: fill(max + 1) };
  }
  if (min > 0) {
    const shortest = base.slice(0, min);
    if (whole.test(shortest)) yield { member, kind: 'length', legal: true, what: `${min} characters`, value: shortest };
    const short = base.slice(0, min - 1);
    yield {
      member,
      kind: 'length',
      legal: false,
      what: short === '' ? 'empty' : `${min - 1} characters`,
      value: short,
    };
  }
  if (spec.pattern !== undefined) {
    yield* outsidePattern(whole, base, member);
    // Else the longest value shows it.
    if (max === undefined) yield { member, kind: 'pattern', legal: true, what: 'of the documented form', value: base };
  }
  for (const option of spec.enum?.slice(0, 1) ?? []) {
    const other = option === option.toUpperCase() ? option.toLowerCase() : option.toUpperCase();
    yield { member, kind: 'enum', legal: false, what: `"${other}"`, value: other };
    yield { member, kind: 'enum', legal: false, what: `"${option}x"`, value: `${option}x` };
    yield { member, kind: 'enum', legal: false, what: 'empty', value: '' };
  }
  for (const option of spec.enum ?? []) {
    const other = alsoCalled.get(option);
    if (other !== undefined) yield { member, kind: 'enum', legal: false, what: `"${other}"`, value: other };
  }
  for (const option of spec.enum ?? []) yield { member, kind: 'enum', legal: true, what: `"${option}"`, value: option };
}

/** Other names that something has elsewhere. */
const alsoCalled: ReadonlyMap<string, string> = new Map([
  ['remove', 'delete'],
  ['GCM', 'FCM'],
]);

/** Characters that patterns are easily too wide for: `$` before a line break, `\w` beyond ASCII. */
const outsiders: readonly (readonly [character: string, name: string])[] = [
  ['!', 'an exclamation mark'],
  [' ', 'a space'],
  ['é', 'an accented letter'],
  ['.', 'a dot'],
  ['+', 'a plus sign'],
  ['\n', 'a line break'],
];

/** Names for things that are not meant, though they look much like those that are. */
const mistaken: readonly (readonly [part: string, other: string, name: string])[] = [
  [':role/', ':user/', 'a user'],
  [':app/', ':endpoint/', 'an endpoint'],
];

function* outsidePattern(whole: RegExp, base: string, member: string): Generator<Variation> {
  const others = mistaken.flatMap(([part, other, name]) =>
    base.includes(part) ? [[name, base.replace(part, other)] as const] : [],
  );
  for (const [what, value] of [...others, ['in lower case', base.toLowerCase()] as const])
    if (!whole.test(value)) yield { member, kind: 'pattern', legal: false, what, value };
  const half = Math.ceil(base.length / 2);
  for (const [character, name] of outsiders) {
    const places = [
      ['at the start', character + base],
      ['in the middle', base.slice(0, half) + character + base.slice(half)],
      ['at the end', base + character],
    ] as const;
    for (const [place, value] of places) {
      // One place for each of the rarer characters is enough.
      if (character !== '!' && place !== (character === '\n' ? 'at the end' : 'in the middle')) continue;
      if (!whole.test(value)) yield { member, kind: 'pattern', legal: false, what: `${name} ${place}`, value };
    }
  }
}

const others: { readonly [type in ShapeSpec['type']]: readonly (readonly [what: string, value: Symbolic])[] } = {
  string: [
    ['a number', 7],
    ['a list', ['x']],
    ['an object', { x: 'x' }],
  ],
  integer: [
    ['text', 'x'],
    ['a fraction', 1.5],
  ],
  long: [
    ['text', 'x'],
    ['a number as text', '0'],
    // Cut to a whole number it is a legal count.
    ['a fraction', 0.5],
    ['a boolean', true],
    ['a list', [0]],
  ],
  timestamp: [
    ['text', 'x'],
    ['a boolean', true],
  ],
  boolean: [['text', 'true']],
  list: [
    ['an object', { x: 'x' }],
    ['text', 'x'],
  ],
  map: [
    ['a list', ['x']],
    ['text', 'x'],
  ],
  structure: [
    ['a list', ['x']],
    ['text', 'x'],
  ],
};

function* ofOtherType(spec: ShapeSpec, member: string): Generator<Variation> {
  for (const [what, value] of others[spec.type]) yield { member, kind: 'type', legal: false, what, value };
}

/** The element in the middle varies, so that legal ones stand on both sides of it. */
function* inList(of: ShapeSpec, base: readonly Symbolic[], member: string): Generator<Variation> {
  const index = Math.floor(base.length / 2);
  const put = (value: Symbolic): Symbolic => base.map((item, at) => (at === index ? value : item));
  const own = base[index];
  if (own === undefined) return;
  for (const one of variations(of, own, `${member}[]`)) yield { ...one, value: put(one.value) };
  yield { member: `${member}[]`, kind: 'type', legal: false, what: 'null in a list', value: put(null) };
}

function* inMap(spec: ShapeSpec, base: { readonly [name: string]: Symbolic }, member: string): Generator<Variation> {
  const [first] = Object.entries(base);
  if (first === undefined || spec.of === undefined) return;
  const [name, own] = first;
  if (spec.max === Object.keys(base).length) {
    const value = { ...base, [`${name}2`]: own };
    yield { member, kind: 'length', legal: false, what: `${spec.max + 1} entries`, value };
    yield { member, kind: 'length', legal: true, what: 'as many entries as there may be', value: base };
  }
  for (const one of variations(spec.of, own, `${member}{}`)) yield { ...one, value: { ...base, [name]: one.value } };
}

function* inStructure(
  fields: readonly FieldSpec[],
  base: { readonly [name: string]: Symbolic },
  member: string,
): Generator<Variation> {
  for (const field of fields) {
    const own = base[field.name];
    const place = member === '' ? field.name : `${member}.${field.name}`;
    if (own === undefined) continue;
    for (const one of variations(field, own, place)) yield { ...one, value: { ...base, [field.name]: one.value } };
    if (!field.required) continue;
    const { [field.name]: _dropped, ...rest } = base;
    yield { member: place, kind: 'required', legal: false, what: 'missing', value: rest };
    yield { member: place, kind: 'required', legal: false, what: 'null', value: { ...base, [field.name]: null } };
  }
}

function isList(value: Symbolic): value is readonly Symbolic[] {
  return Array.isArray(value);
}

function isStructure(value: Symbolic): value is { readonly [name: string]: Symbolic } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
