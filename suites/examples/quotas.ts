import { drop, list, put, remove, sequence, update } from '../../generators/build.ts';
import { accepted, check, patch, refused } from '../../generators/check.ts';
import type { CheckStep, Expectation, Symbolic } from '../../specs/types/check-step.ts';
import { contract } from '../../specs/contract.ts';
import type { Sequence } from '../../specs/types/sequence.ts';

const { datasetsPerIdentity, recordsPerDataset, bytesPerDataset, valueLength } = contract.limits;

/** How many patches a request may hold is not told; stores have limits of 25. */
const batch = 25;

/** Well within the limit of a dataset, whatever a server adds for each record. */
const largeValue = 900_000;

const text = (times: number): Symbolic => ({ $: 'repeat', text: 'x', times });
type Quota = NonNullable<Expectation['quota']>;
const beyond = (quota: Quota, context: string): Expectation => ({
  ...refused(`quota/${quota}-per-${quota === 'datasets' ? 'identity' : 'dataset'}`, context, [
    'LimitExceededException',
  ]),
  quota,
  typeRequirement: 'quota/refusal-type',
});
/** Whether removed records count towards the quotas is nowhere told: only what every reading gives back is asked for. */
const freed = (quota: Quota, context: string): Expectation => ({
  ...accepted('quota/freed-space-usable', context),
  quota,
});
const write = (patches: readonly Symbolic[], expect: Expectation, dataset = 0): CheckStep =>
  check('UpdateRecords', { RecordPatches: patches }, expect, { dataset });

const keys = Array.from({ length: recordsPerDataset }, (_, index) => `k${index}`);
const batches = Array.from({ length: Math.ceil(keys.length / batch) }, (_, part) =>
  keys.slice(part * batch, (part + 1) * batch),
);

/** Four records of such a value, with keys of one letter, fill a dataset to the last byte. */
const quarter = text(bytesPerDataset / 4 - 1);
const within = (context: string, quota?: Quota): Expectation => ({
  ...accepted('quota/within-limits-accepted', context),
  ...(quota !== undefined && { quota }),
});

const twenty = Array.from({ length: datasetsPerIdentity + 1 }, (_, index) => ({
  pool: 0,
  identity: 0,
  name: `d${index}`,
}));

const filled: readonly Sequence[] = [
  sequence(
    [
      ...twenty
        .slice(0, -1)
        .map((_, dataset) => ({ ...write([patch('a', 'x')], within(`${dataset + 1} datasets`), dataset), free: true })),
      { ...write([patch('a', 'x')], beyond('datasets', '21 datasets'), datasetsPerIdentity), free: true },
      list({ dataset: datasetsPerIdentity }),
      { do: 'datasets', dataset: 0 },
      drop(1),
      { ...write([patch('a', 'x')], freed('datasets', 'one of 20 datasets deleted'), datasetsPerIdentity), free: true },
    ],
    twenty,
  ),
  sequence([
    ...batches.slice(0, -1).map((some) => update(some.map((key) => put(key, 'x')))),
    // All but one of these would fit.
    write(
      Array.from({ length: batch }, (_, index) => patch(`y${index}`, 'x')),
      beyond('records', 'one record too many in a batch'),
    ),
    list(),
    write(
      (batches.at(-1) ?? []).map((key) => patch(key, 'x')),
      within('1,024 records'),
    ),
    write(
      Array.from({ length: batch }, (_, index) => patch(`z${index}`, 'x')),
      beyond('records', 'more than 1,024 records'),
    ),
    list(),
    update([put('k0', 'y')]),
    list(),
    update([remove('k0')]),
    write([patch('k0', 'x')], freed('records', 'one of 1,024 records removed, and the same again')),
    drop(),
    write([patch('z', 'x')], freed('records', 'the dataset of 1,024 records deleted')),
  ]),
  sequence([
    update([put('a', 'x'), put('b', 'x')]),
    // The first of these would fit, and so would the last.
    write(
      [patch('a', 'y'), ...['c', 'd', 'e', 'f', 'g'].map((key) => patch(key, quarter)), patch('b', 'y')],
      beyond('bytes', 'a batch of more than 1 MiB'),
    ),
    list(),
  ]),
  sequence([
    write(
      ['a', 'b'].map((key) => patch(key, quarter)),
      within('half of 1 MiB'),
    ),
    write([patch('c', quarter)], within('three quarters of 1 MiB')),
    write([patch('d', quarter)], within('1 MiB', 'bytes')),
    // Beyond the limit by every way to measure, whether the record before was stored or not.
    write([patch('e', text((bytesPerDataset * 3) / 4))], beyond('bytes', 'more than 1 MiB')),
    list(),
    update([put('a', 'x')]),
    write([patch('e', text(100))], freed('bytes', 'a value of a full dataset shortened')),
    update([remove('b')]),
    write([patch('a', quarter)], freed('bytes', 'a record of a full dataset removed')),
    drop(),
    write(
      ['a', 'b'].map((key) => patch(key, quarter)),
      freed('bytes', 'the full dataset deleted'),
    ),
  ]),
];

/** Each quota once: filled to the last item, then one more. */
export const quotaExamples: readonly Sequence[] = [
  sequence([
    update([put('a', 'x')]),
    write([patch('b', text(valueLength + 1))], refused('quota/value-length', '1,048,576 characters')),
    list(),
    write([patch('a', text(valueLength))], within('a value of 1,048,575 characters', 'bytes')),
    list(),
    write([patch('a', text(largeValue))], within('a value of 900,000 characters')),
    list(),
  ]),
  ...filled,
];
