import type { Input } from '../../specs/wire.ts';
import { isRefusal } from '../reference/refusal.ts';
import { updateRecords } from '../reference/update-records.ts';
import type { Mutant } from './mutant.ts';

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

export const validationMutants: readonly Mutant[] = [
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
    requirement: 'list-records/unknown-dataset',
    group: 'list-records',
    minimum: 1,
    mutate: refusingLength('DatasetName', 128),
  },
  {
    id: 'longest-id-refused',
    title: 'An identity id of exactly 55 characters is refused.',
    requirement: 'validation/boundary-accepted',
    group,
    minimum: 1,
    mutate: refusingLength('IdentityId', 55),
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
  {
    id: 'key-errors-differ',
    title:
      'Broken constraints of patches are answered with ValidationException, others with InvalidParameterException.',
    requirement: 'consistency/validation-error-type',
    group: 'consistency',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) =>
        base.errorAnswer(
          operation === 'UpdateRecords' && refusal.message.includes('validation error')
            ? { ...refusal, refused: 'ValidationException' }
            : refusal,
          operation,
        ),
    }),
  },
];
