import { type Node, count, entries, fault, fields, items, need, readSpec, text, word } from './yaml-fields.ts';
import type {
  Contract,
  FieldSpec,
  Limits,
  MemberSpec,
  MemberType,
  OperationSpec,
  ShapeSpec,
} from '../types/contract-types.ts';
import type { Operation } from '../types/wire.ts';

const TYPES: readonly MemberType[] = ['string', 'integer', 'long', 'timestamp', 'boolean', 'list', 'map', 'structure'];

/** Turns the expression `Name` or `Name!` into the shape of that name. */
type Resolve = (node: Node) => { readonly shape: ShapeSpec; readonly required: boolean };

/** Reads api.yaml. Shapes may use only shapes above them, so none can hold itself. */
export function readApi(): Omit<Contract, 'requirements' | 'choices'> {
  const top = readSpec('api.yaml');
  const map = fields(top, ['service', 'limits', 'errors', 'commonErrors', 'shapes', 'operations']);
  const shapes = new Map<string, ShapeSpec>();
  const resolve: Resolve = (node) => {
    const [name, required] = [text(node).replace(/!$/, ''), text(node).endsWith('!')];
    return { shape: shapes.get(name) ?? fault(node, `no shape '${name}' stands above`), required };
  };
  for (const [name, node] of entries(need(map, 'shapes', top))) shapes.set(name, readShape(node, resolve));

  const errors = readStatuses(need(map, 'errors', top));
  const operationsNode = need(map, 'operations', top);
  const found = new Map(entries(operationsNode));
  const read = (operation: Operation): OperationSpec =>
    readOperation(operation, need(found, operation, operationsNode), resolve, errors);
  // Spelled out, so that the compiler holds the list to wire.ts.
  const operations: Record<Operation, OperationSpec> = {
    BulkPublish: read('BulkPublish'),
    DeleteDataset: read('DeleteDataset'),
    DescribeDataset: read('DescribeDataset'),
    DescribeIdentityPoolUsage: read('DescribeIdentityPoolUsage'),
    DescribeIdentityUsage: read('DescribeIdentityUsage'),
    GetBulkPublishDetails: read('GetBulkPublishDetails'),
    GetCognitoEvents: read('GetCognitoEvents'),
    GetIdentityPoolConfiguration: read('GetIdentityPoolConfiguration'),
    ListDatasets: read('ListDatasets'),
    ListIdentityPoolUsage: read('ListIdentityPoolUsage'),
    ListRecords: read('ListRecords'),
    RegisterDevice: read('RegisterDevice'),
    SetCognitoEvents: read('SetCognitoEvents'),
    SetIdentityPoolConfiguration: read('SetIdentityPoolConfiguration'),
    SubscribeToDataset: read('SubscribeToDataset'),
    UnsubscribeFromDataset: read('UnsubscribeFromDataset'),
    UpdateRecords: read('UpdateRecords'),
  };
  fields(operationsNode, Object.keys(operations));
  return {
    operations,
    errors,
    commonErrors: readStatuses(need(map, 'commonErrors', top)),
    limits: readLimits(need(map, 'limits', top), shapes),
  };
}

function readShape(node: Node, resolve: Resolve): ShapeSpec {
  const map = fields(node, ['type', 'min', 'max', 'pattern', 'enum', 'key', 'of', 'members']);
  const type = word(need(map, 'type', node), TYPES);
  const [min, max, pattern, values, members] = ['min', 'max', 'pattern', 'enum', 'members'].map((key) => map.get(key));
  // Keys of maps are strings in JSON whatever their shape; it is named for the reader and must exist.
  if (type === 'map') resolve(need(map, 'key', node));
  return {
    type,
    ...(min && { min: count(min) }),
    ...(max && { max: count(max) }),
    ...(pattern && { pattern: readPattern(pattern) }),
    ...(values && { enum: items(values).map(text) }),
    ...((type === 'list' || type === 'map') && { of: resolve(need(map, 'of', node)).shape }),
    ...(type === 'structure' && { fields: readFields(members ?? fault(node, "'members' is missing"), resolve) }),
  };
}

function readPattern(node: Node): string {
  const pattern = text(node);
  try {
    RegExp(pattern, 'u');
    return pattern;
  } catch (cause) {
    return fault(node, String(cause));
  }
}

function readFields(node: Node, resolve: Resolve): readonly FieldSpec[] {
  return entries(node).map(([name, type]) => {
    const { shape, required } = resolve(type);
    return { name, required, ...shape };
  });
}

function readOperation(
  operation: Operation,
  node: Node,
  resolve: Resolve,
  errors: Readonly<Record<string, number>>,
): OperationSpec {
  const map = fields(node, ['http', 'query', 'header', 'body', 'output', 'errors']);
  const http = need(map, 'http', node);
  const [, method, uri] = /^(GET|POST|DELETE) (\/\S+)$/.exec(text(http)) ?? fault(http, 'expected METHOD /uri');
  const path = [...uri!.matchAll(/\{(\w+)\}/g)].map(([, name]): MemberSpec => {
    const { shape } = resolve({ ...http, value: name });
    return { name: name!, in: 'path', wire: name!, required: true, ...shape };
  });
  const elsewhere = (['query', 'header'] as const).flatMap((place) => {
    const group = map.get(place);
    return group ? entries(group).map(([name, member]) => readBound(name, place, member, resolve)) : [];
  });
  const body = map.get('body');
  const bodyMembers = body ? readFields(body, resolve) : [];
  const output = need(map, 'output', node);
  return {
    operation,
    method: method!,
    uri: uri!,
    input: [...path, ...elsewhere, ...bodyMembers.map((f): MemberSpec => ({ ...f, in: 'body', wire: f.name }))],
    output: output.value === null ? null : readFields(output, resolve),
    errors: items(need(map, 'errors', node)).map((error) => word(error, Object.keys(errors))),
  };
}

function readBound(name: string, place: 'query' | 'header', node: Node, resolve: Resolve): MemberSpec {
  const map = fields(node, ['wire', 'type']);
  const { shape, required } = resolve(need(map, 'type', node));
  return { name, in: place, wire: text(need(map, 'wire', node)), required, ...shape };
}

function readStatuses(node: Node): Readonly<Record<string, number>> {
  return Object.fromEntries(
    entries(node).map(([name, status]) => {
      const code = count(status);
      return [name, code >= 400 && code <= 599 ? code : fault(status, 'expected a status from 400 to 599')];
    }),
  );
}

function readLimits(node: Node, shapes: ReadonlyMap<string, ShapeSpec>): Limits {
  const names = [
    'datasetsPerIdentity',
    'recordsPerDataset',
    'bytesPerDataset',
    'bulkPublishIntervalHours',
    'clientKeyBytes',
  ] as const;
  const map = fields(node, names);
  const quota = (name: (typeof names)[number]): number => count(need(map, name, node));
  const length = (shape: string): number => shapes.get(shape)?.max ?? fault(node, `shape ${shape} has no max`);
  return {
    datasetsPerIdentity: quota('datasetsPerIdentity'),
    recordsPerDataset: quota('recordsPerDataset'),
    bytesPerDataset: quota('bytesPerDataset'),
    bulkPublishIntervalHours: quota('bulkPublishIntervalHours'),
    clientKeyBytes: quota('clientKeyBytes'),
    keyLength: length('RecordKey'),
    valueLength: length('RecordValue'),
    datasetNameLength: length('DatasetName'),
    idLength: length('IdentityId'),
    deviceIdLength: length('DeviceId'),
  };
}
