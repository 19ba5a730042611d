import { beside, deletion, lockstep, meeting, mixed } from '../../generators/races.ts';
import type { Sequence } from '../../specs/types/sequence.ts';

/** One race of each shape: no shape finds what another does. */
export const raceExamples: readonly Sequence[] = [
  lockstep(4, ['same', 'apart']),
  mixed(
    [
      [
        ['a', 'b'],
        ['c', 'a'],
      ],
      [
        ['b', 'c'],
        ['a', 'b', 'c'],
      ],
    ],
    5,
  ),
  deletion(['a'], ['c']),
  beside(
    [
      ['a', 'b'],
      ['b', 'c', 'a'],
    ],
    1,
  ),
  mixed(
    [
      [['a'], ['e'], ['a']],
      [['f'], ['b', 'g'], ['e']],
    ],
    3,
  ),
  lockstep(2, ['apart', 'same', 'same']),
  meeting(['apart', 'same']),
];
