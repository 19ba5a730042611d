import {
  behind,
  datasets,
  describe,
  drop,
  list,
  pause,
  put,
  refs,
  remove,
  sequence,
  update,
  zero,
} from '../generators/build.ts';
import { identityUsage, poolList, poolUsage } from '../generators/usage.ts';
import { firstCheck } from '../generators/validation.ts';
import { ownPool, type Sequence } from '../specs/types/sequence.ts';
import { spoiltListings } from './examples/authorization.ts';
import { everyKindOfText, largeTexts, textThatEnds } from './opening-texts.ts';
import { bulkPublishExamples, configurationExamples, deviceExamples, eventsExamples } from './examples/pools.ts';
import { spellings } from './examples/wire.ts';

const identities = [
  { pool: 0, identity: 1, name: 'd-1' },
  { pool: 1, identity: 0, name: 'd-1' },
];

/** A stale patch of it shows more than the comparison of counts. */
const oddKey = `c.é${'k'.repeat(70)}`;

/**
 * Dense sequences that touch most promises within a few dozen requests: a gross fault shows at once. What shows most for its
 * requests comes first.
 */
export const opening: readonly Sequence[] = [
  sequence([
    ...everyKindOfText.flatMap((batch) => [update(batch), list()]),
    update([put('a', 'x'), put(' a', 'y'), ...largeTexts]),
    list(),
    describe(),
  ]),
  sequence([
    list(),
    describe(),
    datasets(),
    update([put('a', 'x')], { token: 'none' }),
    update([put('a', 'x')], { token: 'made-up' }),
    firstCheck('ListRecords', 'DatasetName: an exclamation mark in the middle'),
    firstCheck('ListRecords', 'DatasetName: 129 characters'),
    ...spoiltListings,
    update([put('a', 'x', zero, 1_400_000_000), put('e', 'x')]),
    update([put('a', 'y'), put('b', '2'), put(oddKey, 'x')]),
    pause,
    update([remove('a'), put('e', 'y')]),
    list(),
    describe(),
    datasets(),
    update([put('b', '3'), remove('e')]),
    // Stale values that some comparison takes for the stored ones.
    update([put(oddKey, 'X', behind(1))]),
    list(),
    update([put('b', 'z', zero)]),
    update([put('f', 'x'), put('g', 'x'), put('h', 'x'), put('b', '3.0', behind(1)), put('i', 'x')]),
    list(),
    update([put('f', 'x'), remove('b', behind(1))]),
    list(),
    update([put('f', ''), put('a', 'x')]),
    list(),
    list({ since: { at: 'behind', by: 4 } }),
    list({ since: { at: 'current' } }),
    list({ since: { at: 'record', key: 'e' }, page: 1 }),
    list(),
    update([put('a', 'z', behind(1))]),
    update([remove('a'), remove('b'), remove(oddKey), remove('f')]),
    describe(),
    list(),
    drop(),
    describe(),
    datasets(),
    drop(),
    update([put('b', 'z', zero), put('a', 'z', zero)]),
    list({ since: { at: 'zero' } }),
    list({ since: { at: 'behind', by: 1 } }),
    list({ since: { at: 'behind', by: 1 } }),
    list(),
    update([textThatEnds]),
    list(),
  ]),
  sequence(
    [
      list(),
      update([put('a', 'x')], { dataset: 1, token: 'other-dataset' }),
      list(),
      list({ token: 'fresh' }),
      list({ token: 'fresh' }),
      update([put('a', 'x')]),
      list({ dataset: 1 }),
    ],
    refs('d', 'd2'),
  ),
  sequence([
    firstCheck('UpdateRecords', 'Op: "REPLACE"'),
    firstCheck('UpdateRecords', 'Key: missing'),
    firstCheck('UpdateRecords', 'Key: 1025 characters'),
    list(),
  ]),
  sequence(
    [
      update([put('a', 'x')]),
      ...[1, 2, 3, 4, 5, 6].map((dataset) => list({ dataset })),
      ...[4, 5, 6].map((dataset) => update([put('b', 'y')], { dataset })),
      list(),
      drop(),
      ...[4, 5, 6].map((dataset) => list({ dataset })),
      describe(4),
    ],
    [...refs('d-1', 'D-1', 'd_1', 'd-1.', 'd-1x'), ...identities],
  ),
  spellings,
];

/** The same for the other operations: what they say of a fresh pool, and that they keep what they are told. */
export const openingOthers: readonly Sequence[] = [
  ...eventsExamples,
  ...configurationExamples,
  ...deviceExamples,
  ...bulkPublishExamples,
  sequence(
    [update([put('a', 'x')]), identityUsage('one dataset'), poolUsage('one identity'), poolList('all')],
    [{ pool: ownPool, identity: 0, name: 'd' }],
  ),
];
