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
import { firstCheck } from '../generators/validation.ts';
import { contract } from '../specs/contract.ts';
import type { Step } from '../specs/sequence.ts';
import { colonName, upperCaseId } from './validation-examples.ts';

const start: readonly Step[] = [update([put('a', 'x')])];
const illegalName = firstCheck('ListRecords', 'DatasetName: an exclamation mark');
const longKey = firstCheck('UpdateRecords', `${contract.limits.keyLength} characters`);

function probe(choice: string, ...steps: readonly Step[]): Probe {
  return { choice, sequence: sequence(steps) };
}

/** One question to the target for each choice, in the order in which the answers are read. */
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
  probe('same-value-current', ...start, update([put('a', 'x')]), list()),
  probe('same-value-in-batch', ...start, update([put('a', 'x'), put('b', 'y')]), list()),
  probe(
    'same-value-stale',
    update([put('a', 'x')]),
    update([put('a', 'y')]),
    update([put('a', 'y', behind(1))]),
    list(),
  ),
  probe(
    'count-ahead-of-record',
    update([put('a', 'x')]),
    update([put('b', 'x')]),
    update([put('a', 'y', ahead(1))]),
    list(),
  ),
  probe('count-ahead-of-dataset', ...start, update([put('a', 'y', aheadOfDataset(1))]), list()),
  probe(
    'unknown-key-count',
    update([put('a', 'x')]),
    update([put('a', 'y')]),
    update([put('b', 'x', ahead(1))]),
    list(),
  ),
  probe('unknown-key-count-ahead', ...start, update([put('b', 'x', aheadOfDataset(1))]), list()),
  probe('remove-unknown', ...start, update([remove('b', zero)]), list()),
  probe('remove-tombstone-current', ...start, update([remove('a')]), update([remove('a')]), list()),
  probe('remove-tombstone-stale', ...start, update([remove('a')]), update([remove('a', behind(1))]), list()),
  probe('remove-tombstone-zero', ...start, update([remove('a')]), update([remove('a', zero)]), list()),
  probe('recreate-at-zero', ...start, update([remove('a')]), update([put('a', 'y', zero)]), list()),
  probe('recreate-at-stale', ...start, update([remove('a')]), update([put('a', 'y', behind(1))]), list()),
  probe('duplicate-keys', update([put('a', 'x')]), update([put('a', 'first'), put('a', 'second')]), list()),
  probe('empty-patches', ...start, update([]), list()),
  probe('missing-patches', ...start, update(null), list()),
  probe('replace-without-value', ...start, update([put('a', null)]), list()),
  probe('remove-with-value', ...start, update([{ op: 'remove', key: 'a', value: 'y', count: current }]), list()),
  probe('device-date', update([put('a', 'x', zero, 1_700_574_873.059)]), list()),
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
  probe('list-after-deletion', ...start, drop(), list()),
  probe('update-after-deletion', list(), ...start, list(), drop(), update([put('b', 'y', zero)])),
  probe('deletion-count', ...start, drop(), update([put('a', 'y', zero)]), list()),
  probe('deleted-dataset-count', ...start, update([put('a', 'y')]), drop(), list()),
  probe('deleted-flag-while-deleted', ...start, drop(), list({ since: { at: 'current' } })),
  probe('deleted-flag-from-start', ...start, drop(), update([put('a', 'y', zero)]), list({ since: { at: 'zero' } })),
  probe('num-records', update([put('a', 'x'), put('b', 'x')]), update([remove('a')]), describe()),
  probe(
    'data-storage',
    update([put('aé', 'x\u{1F600}é'), put('b', '日本')]),
    update([remove('b')]),
    describe(),
    datasets(),
  ),
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
  probe('last-modified-by', ...start, list()),
  probe('device-date-unsent', ...start, list()),
  probe('date-resolution', ...start, pause, update([put('a', 'y')]), list()),
];
