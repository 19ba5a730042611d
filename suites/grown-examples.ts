import {
  ahead,
  aheadOfDataset,
  behind,
  current,
  describe,
  drop,
  list,
  put,
  remove,
  sequence,
  update,
  zero,
} from '../generators/build.ts';
import type { Sequence, Step } from '../specs/sequence.ts';

/** Probes ask young datasets. A server must answer the same once a dataset has seen a few updates. */
const grow: readonly Step[] = ['1', '2', '3', '4'].map((value) => update([put('a', value), put('b', value)]));

export const grownDataset: readonly Sequence[] = [
  sequence([
    ...grow,
    update([put('a', '4', behind(1))]),
    update([put('a', 'z', aheadOfDataset(1))]),
    update([put('c', 'x', ahead(1))]),
    update([put('d', 'x', aheadOfDataset(1))]),
    update([put('e', 'first'), put('e', 'second')]),
    update([put('a', 'same')]),
    update([put('a', 'same'), put('f', 'x')]),
    update([put('g', 'x', current, 1_400_000_000)]),
    list(),
    update([]),
    list(),
    update(null),
    list(),
  ]),
  sequence([
    ...grow,
    update([remove('a')]),
    update([remove('a', behind(1))]),
    update([remove('a', zero)]),
    update([remove('a')]),
    update([put('a', 'x', behind(1))]),
    update([remove('b'), put('c', 'x')]),
    update([put('b', 'x', zero)]),
    describe(),
    list(),
  ]),
  sequence([
    ...grow,
    update([put('c', null), put('d', 'x')]),
    update([{ op: 'remove', key: 'a', value: 'x', count: current }, put('d', 'x')]),
    list({ actor: 1 }),
    list(),
    update([put('d', 'y')]),
    update([put('d', 'z')], { actor: 1, token: 'own' }),
    list(),
    drop(),
    list({ since: { at: 'current' } }),
    list(),
    update([put('a', 'y', zero)]),
    list({ since: { at: 'zero' } }),
  ]),
];
