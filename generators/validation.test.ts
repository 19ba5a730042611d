import { describe, expect, test } from 'vitest';
import { contract } from '../specs/contract.ts';
import type { FieldSpec, ShapeSpec } from '../specs/types/contract-types.ts';
import type { Operation } from '../specs/types/wire.ts';
import { validationChecks } from './validation.ts';

const operations = Object.keys(contract.operations) as Operation[];

/** Every member with a constraint of its own, as the checks name it. */
function constrained(spec: ShapeSpec, name: string): readonly string[] {
  const own = [spec.pattern, spec.enum, spec.min, spec.max].some((one) => one !== undefined) ? [name] : [];
  const inner = [
    ...(spec.fields ?? []).flatMap((field: FieldSpec) => constrained(field, `${name}.${field.name}`)),
    ...(spec.of === undefined ? [] : constrained(spec.of, `${name}${spec.type === 'map' ? '{}' : '[]'}`)),
  ];
  return [...own, ...inner];
}

/** Every required member, except those without which there is no path. */
function required(spec: ShapeSpec & { readonly required: boolean }, name: string): readonly string[] {
  const inner = (shape: ShapeSpec, place: string): readonly string[] => [
    ...(shape.fields ?? []).flatMap((field: FieldSpec) => required(field, `${place}.${field.name}`)),
    ...(shape.of === undefined ? [] : inner(shape.of, `${place}[]`)),
  ];
  return [...(spec.required ? [name] : []), ...inner(spec, name)];
}

/** What of the constraints is not tried with the operation itself, and why not. */
const leftOut: readonly { readonly legal: boolean; readonly members: RegExp; readonly why: string }[] = [
  { legal: false, members: /^UpdateRecords RecordPatches\[\]\.Value$/, why: 'the quotas try the same length' },
  { legal: true, members: /^UpdateRecords RecordPatches\[\]\.Value$/, why: 'the quotas try the same length' },
  {
    legal: true,
    members: /^UpdateRecords (IdentityPoolId|IdentityId|DatasetName)$/,
    why: 'ListRecords is tried, which must give the token for such a name; a suite updates a dataset of the longest name',
  },
  {
    legal: true,
    members: /^(UpdateRecords|SubscribeToDataset|UnsubscribeFromDataset) DeviceId$/,
    why: 'only a device that the target has registered is surely right',
  },
  {
    legal: true,
    members: /^(SubscribeToDataset|UnsubscribeFromDataset) /,
    why: 'without a registered device it may be refused for that, with any error',
  },
  {
    legal: true,
    members: /^(RegisterDevice|BulkPublish|SetCognitoEvents|SetIdentityPoolConfiguration) Identity(Pool)?Id$/,
    why: 'it would write where the run could not clean up; the reading operations are tried',
  },
  {
    legal: true,
    members: /^RegisterDevice Platform$/,
    why: 'push tokens of each platform have a form of their own, and each platform may have to be configured',
  },
];

const excused = (legal: boolean, member: string): boolean =>
  leftOut.some((one) => one.legal === legal && one.members.test(member));

const broken = /^validation\/(length|pattern|enum)-refused$/;

/** Whether some check of the operation is about a constraint of this member. */
const tried = (operation: Operation, member: string, legal: boolean): boolean =>
  validationChecks(operation).some(
    ({ expect: { outcome, requirement, context } }) =>
      (legal ? outcome !== 'refused' : broken.test(requirement)) && context.startsWith(`${operation} ${member}: `),
  );

describe.each(operations)('%s', (operation) => {
  const members = contract.operations[operation].input.flatMap((member) => constrained(member, member.name));

  test.each([true, false])('every constraint is tried, legal: %s', (legal) => {
    const missed = members.filter(
      (member) => !excused(legal, `${operation} ${member}`) && !tried(operation, member, legal),
    );
    expect(missed).toEqual([]);
  });

  test('every required member is left out once', () => {
    const needed = contract.operations[operation].input
      .filter((member) => member.in !== 'path')
      .flatMap((member) => required(member, member.name));
    const contexts = new Set(validationChecks(operation).map((check) => check.expect.context));
    expect(needed.filter((member) => !contexts.has(`${operation} ${member}: missing`))).toEqual([]);
  });
});

test('nothing is excused that is tried, nor what does not exist', () => {
  const all = operations.flatMap((operation) =>
    contract.operations[operation].input
      .flatMap((member) => constrained(member, member.name))
      .map((member) => ({ operation, member, name: `${operation} ${member}` })),
  );
  const idle = leftOut.filter(({ legal, members }) => {
    const own = all.filter(({ name }) => members.test(name));
    return own.length === 0 || own.some(({ operation, member }) => tried(operation, member, legal));
  });
  expect(idle.map(({ why }) => why)).toEqual([]);
});

test('what changes a whole pool is tried on pools of our own only', () => {
  const writing = operations.filter((operation) => /^(Set|Register|Bulk)/.test(operation)).flatMap(validationChecks);
  expect(writing.filter((check) => check.free !== true)).toEqual([]);
});
