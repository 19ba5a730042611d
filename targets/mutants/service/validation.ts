import type { Input, Operation } from '../../../specs/types/wire.ts';
import { isRefusal } from '../../reference/core/refusal.ts';
import { updateRecords } from '../../reference/operations/update-records.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'validation';

/** A server that does not look at some of the constraints. */
function ignoring(id: string, title: string, requirement: string, constraint: RegExp, minimum: number): Mutant {
  return {
    id,
    title,
    requirement,
    group,
    minimum,
    mutate: (base) => ({
      ...base,
      violations: (service, operation, input) =>
        base.violations(service, operation, input).filter((one) => !constraint.test(one.constraint)),
    }),
  };
}

/** A server whose longest legal name is one character too long for it. */
function refusingLength(member: string, length: number): Mutant['mutate'] {
  const constraint = `Member must have length less than ${length}`;
  return (base) => ({
    ...base,
    violations: (service, operation, input) => [
      ...base.violations(service, operation, input),
      ...(String(input[member] ?? '').length === length ? [{ member, value: '', constraint }] : []),
    ],
  });
}

/** A server whose UpdateRecords looks for the dataset under a legal form of an illegal name. */
function updatesUnder(id: string, title: string, requirement: string, legal: (name: string) => string): Mutant {
  return {
    id,
    title,
    requirement,
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      intercept(service, operation, input, answer) {
        const name = String(input['DatasetName']);
        const renamed = { ...input, DatasetName: legal(name) };
        const result =
          operation === 'UpdateRecords' &&
          legal(name) !== name &&
          base.violations(service, operation, renamed).length === 0
            ? updateRecords(service, renamed)
            : undefined;
        const changed =
          result === undefined || isRefusal(result) ? answer : { status: 200, body: base.finish(service, result) };
        return base.intercept(service, operation, input, changed);
      },
    }),
  };
}

/** A server with one more constraint, on a value at a documented bound. */
function refusingBound(
  id: string,
  title: string,
  bounded: (operation: Operation, input: Input) => unknown,
  length: number,
): Mutant {
  return {
    id,
    title,
    requirement: 'validation/boundary-accepted',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      violations: (service, operation, input) => [
        ...base.violations(service, operation, input),
        ...(String(bounded(operation, input) ?? '').length === length
          ? [{ member: 'bounded', value: '', constraint: `Member must have length less than ${length}` }]
          : []),
      ],
    }),
  };
}

function memberOf(input: Input, structure: string, member: string): unknown {
  const value = input[structure];
  return typeof value === 'object' && value !== null ? (value as Input)[member] : undefined;
}

export const validationMutants: readonly Mutant[] = [
  updatesUnder(
    'updated-name-cut',
    'UpdateRecords takes a dataset name that is too long for its first 128 characters.',
    'validation/length-refused',
    (name) => name.slice(0, 128),
  ),
  updatesUnder(
    'updated-name-trimmed',
    'UpdateRecords passes over white space around a dataset name.',
    'validation/pattern-refused',
    (name) => name.trim(),
  ),
  refusingBound(
    'longest-name-not-described',
    'DescribeDataset refuses a dataset name of exactly 128 characters as invalid.',
    (operation, input) => (operation === 'DescribeDataset' ? input['DatasetName'] : ''),
    128,
  ),
  refusingBound(
    'longest-stream-refused',
    'A stream name of exactly 128 characters is refused.',
    (_, input) => memberOf(input, 'CognitoStreams', 'StreamName'),
    128,
  ),
  refusingBound(
    'longest-role-refused',
    'The role of push settings may not be of exactly 2,048 characters.',
    (_, input) => memberOf(input, 'PushSync', 'RoleArn'),
    2048,
  ),
  ignoring('any-length', 'Names and keys may be of any length.', 'validation/length-refused', /length/, 1),
  ignoring('any-character', 'Names may hold any character.', 'validation/pattern-refused', /pattern/, 1),
  ignoring('nothing-required', 'Required members may be missing.', 'validation/required-refused', /null/, 1),
  {
    id: 'op-in-any-case',
    title: 'Op is read without regard to its case.',
    requirement: 'validation/enum-refused',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      violations: (service, operation, input) =>
        base
          .violations(service, operation, input)
          .filter((one) => !/enum/.test(one.constraint) || !/^'?(replace|remove)'?$/i.test(one.value)),
      readPatches: (service, input) => {
        const raw = input['RecordPatches'];
        const lower = (patch: Input): Input => ({ ...patch, Op: String(patch['Op']).toLowerCase() });
        return base.readPatches(service, Array.isArray(raw) ? { ...input, RecordPatches: raw.map(lower) } : input);
      },
    }),
  },
  {
    id: 'fractions-cut',
    title: 'A sync count with a fraction is cut to a whole number.',
    requirement: 'validation/type-refused',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      misfit: (shape, value, place) => {
        const found = base.misfit(shape, value, place);
        const cut = found?.endsWith('.SyncCount') === true && /"SyncCount":\d+\.\d/.test(JSON.stringify(value));
        return cut ? undefined : found;
      },
      readPatches: (service, input) => {
        const patches = base.readPatches(service, input);
        return isRefusal(patches) ? patches : patches.map((patch) => ({ ...patch, count: Math.trunc(patch.count) }));
      },
    }),
  },
  {
    id: 'numbers-as-text',
    title: 'A sync count may be written as text.',
    requirement: 'validation/type-refused',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      misfit: (shape, value, place) => {
        const found = base.misfit(shape, value, place);
        return found?.endsWith('.SyncCount') === true && /"SyncCount":"\d+"/.test(JSON.stringify(value))
          ? undefined
          : found;
      },
      readPatches: (service, input) => {
        const patches = base.readPatches(service, input);
        return isRefusal(patches)
          ? patches
          : patches.map((patch) => ({ ...patch, count: Number(String(patch.count)) }));
      },
    }),
  },
  {
    id: 'longest-name-refused',
    title: 'A dataset name of exactly 128 characters is refused.',
    requirement: 'validation/boundary-accepted',
    group,
    minimum: 1,
    mutate: refusingLength('DatasetName', 128),
  },
  {
    id: 'validation-is-422',
    title: 'What is there but breaks a constraint is answered with status 422.',
    requirement: 'validation/refusal-status',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) => {
        const answer = base.errorAnswer(refusal, operation);
        return /validation error(?!.* must not be null)/.test(refusal.message) ? { ...answer, status: 422 } : answer;
      },
    }),
  },
  {
    id: 'legal-patches-stored-first',
    title: 'The legal patches before and after an illegal one are stored, and the request is refused.',
    requirement: 'validation/refusal-stores-nothing',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      violations: (service, operation, input) => {
        const found = base.violations(service, operation, input);
        const patches = input['RecordPatches'];
        if (found.length === 0 || operation !== 'UpdateRecords' || !Array.isArray(patches)) return found;
        const legal = patches.filter(
          (patch: Input) => base.violations(service, operation, { ...input, RecordPatches: [patch] }).length === 0,
        );
        if (legal.length > 0) updateRecords(service, { ...input, RecordPatches: legal });
        return found;
      },
    }),
  },
];
