import {
  behind,
  datasets,
  describe,
  drop,
  list,
  put,
  refs,
  remove,
  sequence,
  update,
  zero,
} from '../../generators/build.ts';
import { check, patch, refused } from '../../generators/check.ts';
import { validationChecks } from '../../generators/validation.ts';
import type { CheckStep, Expectation, Symbolic } from '../../specs/types/check-step.ts';
import type { PatchStep, Sequence, Step } from '../../specs/types/sequence.ts';

/*
 * Every reason for which an update is refused, everywhere in a batch, on every kind of dataset: nothing may come of its other
 * patches. The listing that fetches the next token shows what did.
 */

/** A patch for which the whole update must be refused. */
interface Flaw {
  readonly name: string;
  readonly patch: Symbolic;
  readonly expect: Expectation;
}

/** Each constraint of each member of a patch once. */
const flaws: readonly Flaw[] = firstOfEach(
  validationChecks('UpdateRecords')
    .filter(({ expect }) => expect.outcome === 'refused' && expect.context.includes(' RecordPatches[]'))
    .map(({ input, expect }) => ({
      name: expect.context.replace(/^UpdateRecords /, ''),
      patch: Array.isArray(input?.['RecordPatches']) ? (input['RecordPatches'][1] as Symbolic) : null,
      expect,
    })),
  ({ name, expect }) => `${expect.requirement} ${name.split(':')[0] ?? ''}`,
);

function firstOfEach<T>(all: readonly T[], kind: (one: T) => string): readonly T[] {
  return [...new Map(all.toReversed().map((one) => [kind(one), one])).values()].toReversed();
}

/** How many patches, and which of them is the one. */
const places = [2, 5, 25].flatMap((size) =>
  [...new Set([0, Math.floor(size / 2), size - 1])].map((index) => ({ size, index })),
);
const placeOf = ({ size, index }: (typeof places)[number]): string => `number ${index + 1} of ${size}`;

/** Patches that nothing is wrong with: a record is changed, one removed, the others are new. */
function sound(count: number, round: number): readonly Symbolic[] {
  const others = Array.from({ length: count }, (_, index) => patch(`n${round}-${index}`, 'x'));
  const removal = { Op: 'remove', Key: 'b', SyncCount: { $: 'count', key: 'b' } };
  return [patch('a', `y${round}`), ...(count > 1 ? [removal] : []), ...others].slice(0, count);
}

function refusedWith(flaw: Flaw, place: (typeof places)[number], round: number, dataset = 0): CheckStep {
  const batch = [...sound(place.size - 1, round)];
  batch.splice(place.index, 0, flaw.patch);
  const context = `${flaw.name}, ${placeOf(place)}`;
  return check('UpdateRecords', { RecordPatches: batch }, { ...flaw.expect, context }, { dataset });
}

const written: Step = update([put('a', 'x'), put('b', 'x'), put('c', 'x')]);
const looked: readonly Step[] = [list(), describe(), datasets()];

/** Each flaw at a place of its own in a dataset with records: so every place is met with several, and every flaw in several batches. */
const inBatches: readonly Sequence[] = flaws.map((flaw, number) =>
  sequence([
    written,
    ...places.filter((_, index) => (index + number) % 3 !== 0).map((place, round) => refusedWith(flaw, place, round)),
    ...looked,
  ]),
);

/** A stale patch in batches of every size: what is right for its fellows is not stored. */
const staleInBatches: readonly Sequence[] = [
  (): PatchStep => put('c', 'z', behind(1)),
  (): PatchStep => put('c', 'z', zero),
  (): PatchStep => remove('c', behind(1)),
].map((stale) =>
  sequence([
    written,
    update([put('c', 'y')]),
    ...places.map(({ size, index }, round) => {
      const others: PatchStep[] = [
        put('a', `y${round}`),
        remove('b'),
        ...Array.from({ length: size }, (_, at) => put(`n${round}-${at}`, 'x')),
      ].slice(0, size - 1);
      return update(others.toSpliced(index, 0, stale()));
    }),
    ...looked,
  ]),
);

const several = 4;

/** Refused updates of datasets that nobody has written: no trace of them may be found. */
const ofUnknown: readonly Sequence[] = grouped(flaws, several).map((group) =>
  sequence(
    [
      ...group.flatMap((flaw, dataset): readonly Step[] => [
        refusedWith(flaw, places[dataset % 2 === 0 ? 1 : 3] ?? { size: 2, index: 1 }, dataset, dataset),
        list({ dataset }),
        describe(dataset),
      ]),
      datasets(),
    ],
    refs('d', 'e', 'f', 'g'),
  ),
);

/** The same of datasets that were deleted. */
const ofDeleted: readonly Sequence[] = grouped(flaws, several).map((group) =>
  sequence([
    written,
    drop(),
    ...group.flatMap((flaw, round): readonly Step[] => [
      refusedWith(flaw, { size: 2, index: round % 2 }, round),
      list(),
      describe(),
    ]),
    datasets(),
  ]),
);

function grouped<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}

/** Refused for its token before anything is known of the dataset, and after it was deleted. */
const withoutToken: readonly Sequence[] = (['none', 'made-up'] as const).map((token) =>
  sequence([
    update([put('a', 'x'), put('b', 'x')], { token }),
    ...looked,
    written,
    update([put('a', 'y'), remove('b'), put('n', 'x')], { token }),
    ...looked,
    drop(),
    update([put('a', 'z', zero), put('n', 'x')], { token }),
    ...looked,
  ]),
);

/** A value that is too long, beside others that are not. */
const tooLong = (text: Symbolic): readonly Sequence[] => [
  sequence([
    written,
    ...[0, 1, 2].map((index) =>
      check(
        'UpdateRecords',
        { RecordPatches: [patch('a', 'y'), patch('n', 'x')].toSpliced(index, 0, patch('c', text)) },
        refused('quota/value-length', `1,048,576 characters, ${placeOf({ size: 3, index })}`),
      ),
    ),
    ...looked,
  ]),
];

export const refusedUpdates: readonly Sequence[] = [
  ...staleInBatches,
  ...withoutToken,
  ...ofUnknown,
  ...ofDeleted,
  ...inBatches,
  ...tooLong({ $: 'repeat', text: 'x', times: 1_048_576 }),
];
