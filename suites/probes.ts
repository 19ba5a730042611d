import type { Probe } from '../engine/interface/plan.ts';
import {
  ahead,
  aheadOfDataset,
  behind,
  current,
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
import type { Step } from '../specs/types/sequence.ts';
import { poolCountProbe, usageProbe } from './examples/usage.ts';
import { colonName, upperCaseId } from './examples/validation.ts';

const start: readonly Step[] = [update([put('a', 'x')])];
const illegalName = firstCheck('ListRecords', 'DatasetName: an exclamation mark');
const longKey = firstCheck('UpdateRecords', `${contract.limits.keyLength} characters`);

function probe(choice: string, ...steps: readonly Step[]): Probe {
  return { choice, sequence: sequence(steps) };
}

/** Values and counts that could be taken one way or the other; the listing for the next token shows what came of each. */
const values = sequence([...start, update([put('a', 'x')]), update([put('a', 'x'), put('b', 'y')]), list()]);

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

/**
 * What a listing and a description show of plain records and removed ones. It is described before anything is written over: a
 * probe does as little as tells the options apart, so that a fault elsewhere does not blur it.
 */
const shown = sequence([
  update([put('b', '日本'), put('aé', 'x\u{1F600}é')]),
  update([put('c', 'x')]),
  update([put('d', 'x')]),
  list({ since: { at: 'record', key: 'b' } }),
  list({ page: 1 }),
  update([remove('c')]),
  list(),
  describe(),
  pause,
  update([put('aé', 'y')]),
  list(),
]);

/** What is asked with a token that was spent, and is still the newest; after a count that is not reached; and of a long key. */
const beside = sequence([...start, list({ token: 'spent' }), list({ since: { at: 'ahead', by: 1 } }), longKey]);

/** One question to the target for each choice, in the order in which the answers are read; several share a sequence. */
export const probes: readonly Probe[] = [
  { choice: 'list-count', sequence: shown },
  { choice: 'list-count-removed', sequence: shown },
  { choice: 'same-value-current', sequence: values },
  { choice: 'same-value-in-batch', sequence: values },
  probe('same-value-stale', ...start, update([put('a', 'y')]), update([put('a', 'y', behind(1))]), list()),
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
  { choice: 'spent-token-list', sequence: beside },
  probe('older-token', list(), list({ actor: 1 }), update([put('a', 'x')], { token: 'older' }), list()),
  probe(
    'token-after-other-update',
    list({ actor: 1 }),
    list(),
    update([put('a', 'x')]),
    update([put('a', 'y')], { actor: 1, token: 'own' }),
    list(),
  ),
  { choice: 'since-above', sequence: beside },
  probe('since-above-unknown-dataset', list({ since: { at: 'ahead', by: 1 } })),
  { choice: 'list-after-deletion', sequence: deletion },
  probe('update-after-deletion', list(), ...start, list(), drop(), update([put('b', 'y', zero)])),
  { choice: 'deletion-count', sequence: deletion },
  { choice: 'deleted-dataset-count', sequence: deletion },
  { choice: 'deleted-flag-while-deleted', sequence: deletion },
  { choice: 'deleted-flag-from-start', sequence: deletion },
  { choice: 'num-records', sequence: shown },
  { choice: 'data-storage', sequence: shown },
  { choice: 'identity-usage-delay', sequence: usageProbe },
  { choice: 'identity-usage-storage', sequence: usageProbe },
  { choice: 'pool-usage-storage', sequence: usageProbe },
  { choice: 'pool-list-count', sequence: poolCountProbe },
  probe('validation-error-type', illegalName),
  probe('dataset-name-colon', colonName),
  probe('id-upper-case', upperCaseId),
  { choice: 'key-over-128', sequence: beside },
  { choice: 'null-members', sequence: shown },
  { choice: 'record-order', sequence: shown },
  { choice: 'last-modified-by', sequence: shown },
  { choice: 'device-date-unsent', sequence: shown },
  { choice: 'date-resolution', sequence: shown },
];
