import { describe, list, put, refs, remove, sequence, update } from '../../generators/build.ts';
import { check, patch } from '../../generators/check.ts';
import { alikeKeys, awkwardValues } from '../../generators/texts.ts';
import type { Expectation } from '../../specs/types/check-step.ts';
import type { Sequence } from '../../specs/types/sequence.ts';

/** No server is known to refuse so many patches. */
const batch = 25;

function inBatches<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / batch) }, (_, part) =>
    items.slice(part * batch, (part + 1) * batch),
  );
}

/** Every awkward value at once, and each of them as the new value of a record. */
const everyValue = sequence([
  ...inBatches(awkwardValues).flatMap((values, part) => [
    update(values.map((value, index) => put(`k${part}-${index}`, value))),
    update(values.map((_, index) => put(`k${part}-${index}`, `plain ${index}`))),
    update(values.map((value, index) => put(`k${part}-${index}`, value))),
  ]),
  list(),
]);

const keys = [...new Set(alikeKeys.flat())];

/** No family is parted: some faults show only within one batch. */
const families = alikeKeys.reduce<readonly (readonly string[])[]>((batches, family) => {
  const fresh = family.filter((key) => !batches.flat().includes(key));
  const last = batches.at(-1) ?? [];
  return last.length + fresh.length > batch ? [...batches, fresh] : [...batches.slice(0, -1), [...last, ...fresh]];
}, []);

/** All keys that are easily taken for one another in one dataset; then those of odd places change, and some go. */
const everyKey = sequence([
  ...families.map((some) => update(some.map((key, index) => put(key, `value ${index}`)))),
  list(),
  ...inBatches(keys.filter((_, index) => index % 2 === 1)).map((some) => update(some.map((key) => put(key, 'y')))),
  list(),
  update(keys.slice(0, batch).map((key) => remove(key))),
  list(),
]);

/** Patterns and prefixes come after what they match: a removal by pattern takes it along. */
const patterns = sequence([
  update([put('axb', 'x'), put('abc', 'x'), put('a.b', 'x')]),
  ...['a_b', 'a%', 'a*', 'a', 'a.'].flatMap((key) => [update([put(key, 'y')]), update([remove(key)])]),
  list(),
]);

/** Texts that are what stands elsewhere in the same request. */
const same = sequence([
  update([put('a', 'a'), put('d', 'd'), put('b', 'x'), put('c', 'x'), put('x', 'x')]),
  list(),
  update([put('b', 'y')]),
  list(),
  update([remove('c')]),
  list(),
]);

const names = ['1', '01', 'dxe', 'd_e', 'd-e', 'a.b', 'a..b', 'a', 'null', 'constructor', 'records', 'datasets'];

/** Names that are easily taken for one another: the first is written before the others are read. */
const everyName: readonly Sequence[] = [
  names,
  ['n'.repeat(64), 'n'.repeat(100), 'n'.repeat(121), 'n'.repeat(120), 'N'.repeat(64)],
].map((some) =>
  sequence(
    [
      ...some.map((_, dataset) => update([put('a', `of ${dataset}`)], { dataset })),
      ...some.flatMap((_, dataset) => [list({ dataset }), describe(dataset)]),
    ],
    refs(...some),
  ),
);

const longKeys: Expectation = {
  outcome: 'choice',
  choice: 'key-over-128',
  as: 'invalid',
  requirement: 'consistency/key-over-128',
  context: 'keys of 256 and more characters',
};

/** Keys with the first 255, 511 and 1,023 characters in common, beyond what AWS's clients allow. */
const longAlike = sequence([
  check('UpdateRecords', { RecordPatches: lengths().map((length) => patch('k'.repeat(length), 'x')) }, longKeys),
  list(),
  check(
    'UpdateRecords',
    { RecordPatches: lengths().map((length) => patch('k'.repeat(length), `${length}`)) },
    longKeys,
  ),
  list(),
]);

function lengths(): readonly number[] {
  return [255, 256, 511, 512, 1023, 1024];
}

export const textExamples: readonly Sequence[] = [everyValue, everyKey, same, patterns, ...everyName, longAlike];
