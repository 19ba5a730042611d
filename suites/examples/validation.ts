import { list, put, sequence, update } from '../../generators/build.ts';
import { check, patch } from '../../generators/check.ts';
import { firstCheck, validationChecks } from '../../generators/validation.ts';
import type { CheckStep } from '../../specs/types/check-step.ts';
import { contract } from '../../specs/contract.ts';
import { type DatasetRef, ownPool, type Sequence, type Step } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { setPush } from './pools.ts';

/** Dataset names at the longest the service allows. */
const longName: readonly DatasetRef[] = [{ pool: 0, identity: 0, name: 'n'.repeat(contract.limits.datasetNameLength) }];
const own: readonly DatasetRef[] = [{ pool: ownPool, identity: 0, name: 'd' }];

/** So many checks of one sequence that it stays short beside the others. */
const checksEach = 12;

/** After so many examples of other operations comes one of UpdateRecords, which has the most. */
const updatesEvery = 2;

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

/** The same questions as those of the probes, asked of other places in a name, and of other lengths. */
const askedAgain: readonly CheckStep[] = [
  {
    do: 'check',
    operation: 'ListRecords',
    dataset: 0,
    input: { DatasetName: { $: 'base', start: '._-' } },
    expect: {
      outcome: 'accepted',
      requirement: 'validation/boundary-accepted',
      context: 'ListRecords DatasetName: legal punctuation at the start',
    },
  },
  ...['start', 'end'].map((place): CheckStep => ({
    ...colonName,
    input: { DatasetName: { $: 'base', [place]: ':' } },
    expect: { ...colonName.expect, context: `a colon at the ${place} of DatasetName` },
  })),
  { ...upperCaseId, operation: 'ListDatasets', expect: { ...upperCaseId.expect, context: 'ListDatasets' } },
  {
    ...upperCaseId,
    input: { IdentityId: { $: 'base', end: 'A', length: 40 } },
    expect: { ...upperCaseId.expect, context: 'one upper-case digit in IdentityId' },
  },
  check(
    'UpdateRecords',
    { RecordPatches: [patch('k'.repeat(contract.limits.clientKeyBytes + 1), 'x')] },
    {
      outcome: 'choice',
      choice: 'key-over-128',
      as: 'invalid',
      requirement: 'consistency/key-over-128',
      context: `a key of ${contract.limits.clientKeyBytes + 1} characters`,
    },
  ),
];

/** What a reading of a name creates must not be taken for what was there. */
const byReading = (a: Operation, b: Operation): number => Number(b === 'ListRecords') - Number(a === 'ListRecords');
const names = (Object.keys(contract.operations) as Operation[]).sort(byReading);
const isLegal = ({ expect }: CheckStep): boolean => expect.requirement === 'validation/boundary-accepted';

/** Everything legal that can be tried without a deletion: of what reads, then of what sets. */
const legal: readonly Sequence[] = [
  sequence([update([put('a', 'x')]), ...legalChecks((operation) => !/^(Set|Update|Delete)/.test(operation))]),
  sequence(
    legalChecks((operation) => operation.startsWith('Set')),
    own,
  ),
];

function legalChecks(wanted: (operation: Operation) => boolean): readonly CheckStep[] {
  return names.filter(wanted).flatMap((operation) => validationChecks(operation).filter(isLegal));
}

function examplesOf(operation: Operation): readonly Sequence[] {
  const checks = validationChecks(operation).filter((one) => operation === 'DeleteDataset' || !isLegal(one));
  const writes = operation === 'UpdateRecords';
  // Where push is not configured, that may be what is told first.
  const start: readonly Step[] = writes ? [update([put('a', 'x')])] : operation === 'RegisterDevice' ? [setPush] : [];
  const refs = /^(Set|Register|Bulk)/.test(operation) ? own : undefined;
  const parts = Math.ceil(checks.length / checksEach);
  return Array.from({ length: parts }, (_, part) => {
    // Dealt out like cards, so that each sequence holds some of every kind.
    const steps = checks.filter((_check, index) => index % parts === part);
    return sequence([...start, ...steps, ...(writes ? [list()] : [])], refs);
  });
}

const first: readonly Operation[] = [
  'UpdateRecords',
  'ListRecords',
  'SetIdentityPoolConfiguration',
  'RegisterDevice',
  'SetCognitoEvents',
];
const others = names.filter((one) => !first.includes(one));

const [updates = [], ...rest] = [...first, ...others].map(examplesOf);

/** Values at and just outside every documented constraint; what writes comes first, the operations take turns. */
export const validationExamples: readonly Sequence[] = [
  ...updates.slice(0, 1),
  ...legal,
  sequence([
    update([put('a', 'x')], {}),
    ...validationChecks('UpdateRecords').filter(({ expect }) => expect.outcome !== 'refused'),
    list(),
    colonName,
    upperCaseId,
    ...askedAgain,
    list(),
  ]),
  sequence([update([put('a', 'x')]), list(), firstCheck('UpdateRecords', 'DatasetName: 129'), list()], longName),
  ...inTurns(rest).flatMap((one, index) => [
    one,
    ...(index % updatesEvery === 0 ? updates.slice(1 + index / updatesEvery, 2 + index / updatesEvery) : []),
  ]),
];

function inTurns(queues: readonly (readonly Sequence[])[]): readonly Sequence[] {
  const longest = Math.max(...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue.slice(turn, turn + 1))).flat();
}
