import { describe, put, remove, sequence, update } from '../../generators/build.ts';
import type { Sequence } from '../../specs/types/sequence.ts';

/** More than what a store that reckons in blocks may hide. */
const much = 'x'.repeat(8192);

/**
 * A dataset that stays, grows and shrinks, described each time: DataStorage must follow whatever it measures. Beside a patch
 * with a date stands one without.
 */
export const measuredDataset: readonly Sequence[] = [
  sequence([
    update([put('a', 'xyz', undefined, 1_400_000_000), put('c', 'x')]),
    describe(),
    describe(),
    update([put('b', much), put('d', 'x')]),
    describe(),
    update([remove('b')]),
    describe(),
  ]),
];
