import { list, put, sequence, update } from '../generators/build.ts';
import { validationChecks } from '../generators/validation.ts';
import type { CheckStep } from '../specs/check-step.ts';
import { contract } from '../specs/contract.ts';
import { type DatasetRef, ownPool, type Sequence, type Step } from '../specs/sequence.ts';
import type { Operation } from '../specs/wire.ts';

/** Dataset names at the longest the service allows. */
const longName: readonly DatasetRef[] = [{ pool: 0, identity: 0, name: 'n'.repeat(contract.limits.datasetNameLength) }];
const own: readonly DatasetRef[] = [{ pool: ownPool, identity: 0, name: 'd' }];

/** So many checks of one sequence that it stays short beside the others. */
const checksEach = 24;

/** DatasetName of ListRecords, a colon in it (D-01). */
export const colonName: CheckStep = {
  do: 'check',
  operation: 'ListRecords',
  dataset: 0,
  input: { DatasetName: { $: 'base', middle: ':' } },
  expect: {
    outcome: 'choice',
    choice: 'dataset-name-colon',
    requirement: 'consistency/dataset-name-colon',
    context: 'a colon in DatasetName',
  },
};

/** IdentityId with upper-case hexadecimal digits (D-02). */
export const upperCaseId: CheckStep = {
  do: 'check',
  operation: 'ListRecords',
  dataset: 0,
  free: true,
  input: { IdentityId: { $: 'base', end: 'ABCDEF', length: 40 } },
  expect: {
    outcome: 'choice',
    choice: 'id-upper-case',
    requirement: 'consistency/id-upper-case',
    context: 'upper-case hexadecimal digits in IdentityId',
  },
};

function examplesOf(operation: Operation): readonly Sequence[] {
  const checks = validationChecks(operation);
  const updates = operation === 'UpdateRecords';
  const start: readonly Step[] = updates ? [update([put('a', 'x')])] : [];
  const refs = /^(Set|Register|Bulk)/.test(operation) ? own : undefined;
  const parts = Math.ceil(checks.length / checksEach);
  return Array.from({ length: parts }, (_, part) => {
    // Dealt out like cards, so that each sequence holds some of every kind.
    const steps = checks.filter((_check, index) => index % parts === part);
    return sequence([...start, ...steps, ...(updates ? [list()] : [])], refs);
  });
}

const first: readonly Operation[] = [
  'UpdateRecords',
  'ListRecords',
  'SetIdentityPoolConfiguration',
  'RegisterDevice',
  'SetCognitoEvents',
];
const others = Object.keys(contract.operations).filter(
  (one) => !first.includes(one as Operation),
) as readonly Operation[];

/** Values at and just outside every documented constraint; what writes comes first. */
export const validationExamples: readonly Sequence[] = [
  sequence([
    update([put('a', 'x')], {}),
    ...validationChecks('UpdateRecords').filter((check) => check.expect.outcome !== 'refused'),
    list(),
    colonName,
    upperCaseId,
  ]),
  ...first.flatMap(examplesOf),
  sequence([update([put('a', 'x')]), list()], longName),
  ...others.flatMap(examplesOf),
];
