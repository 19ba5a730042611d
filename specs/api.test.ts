// api.yaml against the model inside AWS's own client. That package carries bindings, types, required members, enums and
// error statuses; the errors of each operation stand in its type declarations. It carries no lengths and no patterns
// (neither does aws-sdk v2), so these are held by examples at the end.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as sdk from '@aws-sdk/client-cognito-sync';
import { describe, expect, test } from 'vitest';
import { contract } from './contract.ts';
import type { FieldSpec, MemberSpec, ShapeSpec } from './types/contract-types.ts';
import type { Operation } from './types/wire.ts';

// [3, namespace, name, traits, member names, member schemas, how many of the first are required]
type Structure = readonly [3, string, string, unknown, readonly string[], readonly unknown[], number?];

const schemas = sdk as unknown as Readonly<Record<string, readonly unknown[]>>;
const operations = Object.keys(contract.operations) as Operation[];

/** What the client's schemas can tell of a type. They do not tell integers from longs. */
type Told =
  | 'string'
  | 'number'
  | 'boolean'
  | 'timestamp'
  | { readonly list: Told }
  | { readonly map: Told }
  | { readonly [member: string]: readonly [type: Told, required: boolean] };

function toldBySdk(schema: unknown): Told {
  if (typeof schema === 'function') return toldBySdk((schema as () => unknown)());
  if (typeof schema === 'number') {
    if (schema & 64) return { list: toldBySdk(schema & ~64) };
    if (schema & 128) return { map: toldBySdk(schema & ~128) };
    const plain = (['string', 'number', 'boolean', undefined, 'timestamp'] as const)[schema];
    if (plain) return plain;
  }
  if (Array.isArray(schema) && schema[0] === 1) return { list: toldBySdk(schema[4]) };
  if (Array.isArray(schema) && schema[0] === 3) {
    const [, , , , names, types, required = 0] = schema as unknown as Structure;
    return Object.fromEntries(names.map((name, index) => [name, [toldBySdk(types[index]), index < required] as const]));
  }
  throw new Error(`a schema this test cannot read: ${JSON.stringify(schema)}`);
}

function toldByContract(shape: ShapeSpec): Told {
  if (shape.type === 'list') return { list: toldByContract(shape.of!) };
  if (shape.type === 'map') return { map: toldByContract(shape.of!) };
  if (shape.type === 'structure') return structure(shape.fields!);
  return shape.type === 'integer' || shape.type === 'long' ? 'number' : shape.type;
}

function structure(fields: readonly FieldSpec[]): Told {
  return Object.fromEntries(fields.map((field) => [field.name, [toldByContract(field), field.required] as const]));
}

function sdkOperation(operation: Operation): { http: unknown; input: Structure; output: Structure | 'unit' } {
  const [, , , traits, input, output] = schemas[`${operation}$`]! as readonly [
    9,
    string,
    string,
    { readonly http: unknown },
    () => Structure,
    () => Structure | 'unit',
  ];
  return { http: traits.http, input: input(), output: output() };
}

/** Name to `[place, wire name, type, required]`. */
function sdkInput([, , , , names, types, required = 0]: Structure): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name, index) => {
      const declared = types[index];
      const bound = Array.isArray(declared) && declared.length === 2 && typeof declared[0] === 'number';
      const [type, traits] = bound ? (declared as [unknown, unknown]) : [declared, undefined];
      const { httpQuery, httpHeader } = Object(traits) as Partial<Record<'httpQuery' | 'httpHeader', string>>;
      const place = traits === 1 ? 'path' : httpQuery ? 'query' : httpHeader ? 'header' : 'body';
      return [name, [place, httpQuery ?? httpHeader ?? name, toldBySdk(type), index < required]];
    }),
  );
}

function contractInput(input: readonly MemberSpec[]): Record<string, unknown> {
  return Object.fromEntries(input.map((m) => [m.name, [m.in, m.wire, toldByContract(m), m.required]]));
}

test('has the operations of the client, no more and no fewer', () => {
  const ofClient = Object.values(schemas).flatMap((schema) => (schema[0] === 9 ? [schema[2]] : []));
  expect(new Set<unknown>(operations)).toEqual(new Set(ofClient));
  expect(operations).toHaveLength(17);
});

describe.each(operations)('%s', (operation) => {
  const ours = contract.operations[operation];
  const theirs = sdkOperation(operation);

  test('has the same method and URI', () => {
    expect([ours.method, ours.uri, 200]).toEqual(theirs.http);
  });

  test('has the same input members, bindings, types and required marks', () => {
    expect(contractInput(ours.input)).toEqual(sdkInput(theirs.input));
  });

  test('has the same output members and types', () => {
    expect(ours.output === null ? 'unit' : structure(ours.output)).toEqual(
      theirs.output === 'unit' ? 'unit' : toldBySdk(theirs.output),
    );
  });

  test('has the same errors', () => {
    const entry = fileURLToPath(import.meta.resolve('@aws-sdk/client-cognito-sync'));
    const types = `${entry.slice(0, entry.lastIndexOf('/dist-'))}/dist-types/commands/${operation}Command.d.ts`;
    const thrown = [...readFileSync(types, 'utf8').matchAll(/@throws \{@link (\w+)\} \(/g)].map(([, name]) => name!);
    // Known difference: the API reference alone names this one (D-03).
    if (operation === 'UpdateRecords') thrown.push('LambdaSocketTimeoutException');
    expect(ours.errors.toSorted()).toEqual(thrown.toSorted());
  });
});

test('has the modelled errors with their status', () => {
  const ofClient = Object.values(schemas).flatMap((schema) =>
    schema[0] === -3 && schema[2] !== 'CognitoSyncServiceException'
      ? [[schema[2] as string, (schema[3] as { readonly httpError: number }).httpError] as const]
      : [],
  );
  const { LambdaSocketTimeoutException: documentedOnly, ...modelled } = contract.errors;
  expect(modelled).toEqual(Object.fromEntries(ofClient));
  expect(documentedOnly).toBe(400);
});

test('keeps common errors apart from modelled ones', () => {
  expect(Object.keys(contract.commonErrors).filter((name) => name in contract.errors)).toEqual([]);
});

function shapeOf(operation: Operation, ...path: readonly string[]): ShapeSpec {
  const spec = contract.operations[operation];
  let shape: ShapeSpec = { type: 'structure', fields: [...spec.input, ...(spec.output ?? [])] };
  for (const name of path) {
    shape =
      shape.fields?.find((field) => field.name === name) ?? shape.of!.fields!.find((field) => field.name === name)!;
  }
  return shape;
}

test.each([
  ['Operation', shapeOf('UpdateRecords', 'RecordPatches', 'Op'), sdk.Operation],
  ['Platform', shapeOf('RegisterDevice', 'Platform'), sdk.Platform],
  [
    'StreamingStatus',
    shapeOf('SetIdentityPoolConfiguration', 'CognitoStreams', 'StreamingStatus'),
    sdk.StreamingStatus,
  ],
  ['BulkPublishStatus', shapeOf('GetBulkPublishDetails', 'BulkPublishStatus'), sdk.BulkPublishStatus],
])('has the values of %s', (_, shape, values) => {
  expect(shape.enum?.toSorted()).toEqual(Object.values(values).toSorted());
});

const hex = '23ec4050-6aea-7089-a2dd-08002e000000';

test.each<[string, ShapeSpec, readonly string[], readonly string[]]>([
  // The documentation's own example id breaks the pattern (D-02), and AWS's smoke test wants `A:B:C` refused (E-41).
  [
    'identity ids',
    shapeOf('UpdateRecords', 'IdentityId'),
    [`us-east-1:${hex}`, 'a:0', `ap-southeast-2:${hex}`],
    ['us-east-1:23EC4050-6AEA-7089-A2DD-08002EXAMPLE', 'A:B:C', 'INVALID', '', `${'a'.repeat(53)}:00`],
  ],
  // Merged datasets are named `<dataset>.<identity id>`: the pattern allows the colon the prose forgets (D-01, S-55).
  [
    'dataset names',
    shapeOf('UpdateRecords', 'DatasetName'),
    [`notes.us-east-1:${hex}`, 'a_b-c.d', 'x'.repeat(128)],
    ['', 'a b', 'a/b', 'ä', 'x'.repeat(129)],
  ],
  ['keys', shapeOf('UpdateRecords', 'RecordPatches', 'Key'), ['k', ' ', 'x'.repeat(1024)], ['', 'x'.repeat(1025)]],
  ['values', shapeOf('UpdateRecords', 'RecordPatches', 'Value'), ['', 'x'.repeat(1_048_575)], ['x'.repeat(1_048_576)]],
  ['device ids', shapeOf('SubscribeToDataset', 'DeviceId'), ['d', 'x'.repeat(256)], ['', 'x'.repeat(257)]],
  [
    'role ARNs',
    shapeOf('SetIdentityPoolConfiguration', 'PushSync', 'RoleArn'),
    ['arn:aws:iam::123456789012:role/push'],
    ['arn:aws:iam::1:role', 'arn:aws:iam::x:role/push', `arn:aws:iam::1:role/${'x'.repeat(2048)}`],
  ],
  [
    'stream names',
    shapeOf('SetIdentityPoolConfiguration', 'CognitoStreams', 'StreamName'),
    ['s', 'x'.repeat(128)],
    ['', 'x'.repeat(129)],
  ],
  [
    'application ARNs',
    shapeOf('SetIdentityPoolConfiguration', 'PushSync', 'ApplicationArns').of!,
    ['arn:aws:sns:us-east-1:123456789012:app/GCM/my-app'],
    ['arn:aws:sns:us-east-1:123456789012:app/gcm/my-app', 'arn:aws:sns:us-east-1:123456789012:topic'],
  ],
])('bounds %s', (_, shape, legal, illegal) => {
  expect(legal.filter((text) => !fits(shape, text))).toEqual([]);
  expect(illegal.filter((text) => fits(shape, text))).toEqual([]);
});

function fits({ min = 0, max = Infinity, pattern = '[^]*' }: ShapeSpec, text: string): boolean {
  return text.length >= min && text.length <= max && new RegExp(`^(?:${pattern})$`, 'u').test(text);
}

test('takes one event at most and leaves counts and page sizes without a range', () => {
  expect(shapeOf('SetCognitoEvents', 'Events')).toMatchObject({ type: 'map', max: 1 });
  for (const name of ['LastSyncCount', 'MaxResults']) {
    expect(Object.keys(shapeOf('ListRecords', name))).not.toEqual(expect.arrayContaining(['min']));
    expect(Object.keys(shapeOf('ListRecords', name))).not.toEqual(expect.arrayContaining(['max']));
  }
});

test('carries the published quotas', () => {
  expect(contract.limits).toEqual({
    datasetsPerIdentity: 20,
    recordsPerDataset: 1024,
    bytesPerDataset: 1024 * 1024,
    bulkPublishIntervalHours: 24,
    clientKeyBytes: 128,
    keyLength: 1024,
    valueLength: 1024 * 1024 - 1,
    datasetNameLength: 128,
    idLength: 55,
    deviceIdLength: 256,
  });
});
