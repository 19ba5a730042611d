import type { Probe } from '../engine/plan.ts';
import {
  ahead,
  aheadOfDataset,
  behind,
  current,
  datasets,
  describe,
  drop,
  list,
  pause,
  put,
  remove,
  sequence,
  update,
  zero,
} from '../generators/build.ts';
import { identityUsage, poolUsage } from '../generators/usage.ts';
import { firstCheck } from '../generators/validation.ts';
import { contract } from '../specs/contract.ts';
import type { Sequence, Step } from '../specs/sequence.ts';
import { delayProbe, poolCountProbe, storageProbe } from './usage-examples.ts';
import { colonName, upperCaseId } from './validation-examples.ts';

const start: readonly Step[] = [update([put('a', 'x')])];
const illegalName = firstCheck('ListRecords', 'DatasetName: an exclamation mark');
const longKey = firstCheck('UpdateRecords', `${contract.limits.keyLength} characters`);

function probe(choice: string, ...steps: readonly Step[]): Probe {
  return { choice, sequence: sequence(steps) };
}

/** Values and counts that could be taken one way or the other; the listing for the next token shows what came of each. */
const values = sequence([
  ...start,
  update([put('a', 'x')]),
  update([put('a', 'x'), put('b', 'y')]),
  update([put('a', 'y')]),
  update([put('a', 'y', behind(1))]),
  list(),
]);

const counts = sequence([
  update([put('a', 'x')]),
  update([put('b', 'x')]),
  update([put('a', 'y', ahead(1))]),
  update([put('a', 'z', aheadOfDataset(1))]),
  update([put('c', 'x', ahead(1))]),
  update([put('e', 'x', aheadOfDataset(1))]),
  update([remove('f', zero)]),
  list(),
]);

const tombstones = sequence([
  update([put('a', 'x'), put('b', 'x'), put('c', 'x'), put('e', 'x'), put('f', 'x')]),
  update([remove('a'), remove('b'), remove('c'), remove('e'), remove('f')]),
  update([remove('a')]),
  update([remove('b', behind(1))]),
  update([remove('c', zero)]),
  update([put('e', 'y', zero)]),
  update([put('f', 'y', behind(1))]),
  list(),
]);

const patches = sequence([
  update([put('a', 'x'), put('b', 'x'), put('c', 'x')]),
  update([put('a', null)]),
  update([{ op: 'remove', key: 'b', value: 'y', count: current }]),
  update([put('e', 'x', zero, 1_700_574_873.059)]),
  update([]),
  update(null),
  update([put('c', 'first'), put('c', 'second')]),
  list(),
]);

const deletion = sequence([
  ...start,
  update([put('a', 'y')]),
  drop(),
  list({ since: { at: 'current' } }),
  list(),
  update([put('a', 'z', zero)]),
  list({ since: { at: 'zero' } }),
  list(),
]);

const dates = sequence([...start, pause, update([put('a', 'y')]), list()]);

function withLast(sequence_: Sequence, last: Step): Sequence {
  return { ...sequence_, steps: [...sequence_.steps, last] };
}

/** One question to the target for each choice, in the order in which the answers are read; several share a sequence. */
export const probes: readonly Probe[] = [
  probe(
    'list-count',
    update([put('a', 'x')]),
    update([put('b', 'x')]),
    update([put('c', 'x')]),
    list({ since: { at: 'record', key: 'a' } }),
    list({ page: 1 }),
  ),
  probe('list-count-removed', update([put('a', 'x'), put('b', 'x')]), update([remove('a')]), list()),
  { choice: 'same-value-current', sequence: values },
  { choice: 'same-value-in-batch', sequence: values },
  { choice: 'same-value-stale', sequence: values },
  { choice: 'count-ahead-of-record', sequence: counts },
  { choice: 'count-ahead-of-dataset', sequence: counts },
  { choice: 'unknown-key-count', sequence: counts },
  { choice: 'unknown-key-count-ahead', sequence: counts },
  { choice: 'remove-unknown', sequence: counts },
  { choice: 'remove-tombstone-current', sequence: tombstones },
  { choice: 'remove-tombstone-stale', sequence: tombstones },
  { choice: 'remove-tombstone-zero', sequence: tombstones },
  { choice: 'recreate-at-zero', sequence: tombstones },
  { choice: 'recreate-at-stale', sequence: tombstones },
  { choice: 'duplicate-keys', sequence: patches },
  { choice: 'empty-patches', sequence: patches },
  { choice: 'missing-patches', sequence: patches },
  { choice: 'replace-without-value', sequence: patches },
  { choice: 'remove-with-value', sequence: patches },
  { choice: 'device-date', sequence: patches },
  probe('spent-token-update', ...start, update([put('a', 'y')], { token: 'spent' }), list()),
  probe('spent-token-list', ...start, list({ token: 'spent' })),
  probe('older-token', list(), list({ actor: 1 }), update([put('a', 'x')], { token: 'older' }), list()),
  probe(
    'token-after-other-update',
    list({ actor: 1 }),
    list(),
    update([put('a', 'x')]),
    update([put('a', 'y')], { actor: 1, token: 'own' }),
    list(),
  ),
  probe('since-above', ...start, list({ since: { at: 'ahead', by: 1 } })),
  probe('since-above-unknown-dataset', list({ since: { at: 'ahead', by: 1 } })),
  { choice: 'list-after-deletion', sequence: deletion },
  probe('update-after-deletion', list(), ...start, list(), drop(), update([put('b', 'y', zero)])),
  { choice: 'deletion-count', sequence: deletion },
  { choice: 'deleted-dataset-count', sequence: deletion },
  { choice: 'deleted-flag-while-deleted', sequence: deletion },
  { choice: 'deleted-flag-from-start', sequence: deletion },
  probe('num-records', update([put('a', 'x'), put('b', 'x')]), update([remove('a')]), describe()),
  probe(
    'data-storage',
    update([put('aé', 'x\u{1F600}é'), put('b', '日本')]),
    update([remove('b')]),
    describe(),
    datasets(),
  ),
  { choice: 'identity-usage-delay', sequence: delayProbe },
  { choice: 'identity-usage-storage', sequence: withLast(storageProbe, identityUsage('two datasets')) },
  { choice: 'pool-usage-storage', sequence: withLast(storageProbe, poolUsage('one identity')) },
  { choice: 'pool-list-count', sequence: poolCountProbe },
  probe('validation-error-type', illegalName),
  probe('dataset-name-colon', colonName),
  probe('id-upper-case', upperCaseId),
  probe('key-over-128', ...start, longKey),
  probe('null-members', ...start, update([remove('a')]), list()),
  probe(
    'record-order',
    update([put('b', 'x'), put('a', 'x')]),
    update([put('c', 'x')]),
    update([put('a', 'y')]),
    list(),
  ),
  { choice: 'last-modified-by', sequence: dates },
  { choice: 'device-date-unsent', sequence: dates },
  { choice: 'date-resolution', sequence: dates },
];
