import { CognitoSyncClient } from '@aws-sdk/client-cognito-sync';
import * as sdk from '@aws-sdk/client-cognito-sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bind, unbind } from './bind.ts';
import { contract } from './contract.ts';
import type { MemberSpec, ShapeSpec } from './types/contract-types.ts';
import type { Input, Json, Operation } from './types/wire.ts';

const operations = Object.keys(contract.operations) as Operation[];

/** Any value of a shape's type; constraints are not bind's business. */
function valueOf(shape: ShapeSpec): fc.Arbitrary<Json> {
  switch (shape.type) {
    case 'string':
      return fc.string({ unit: 'binary' });
    case 'integer':
    case 'long':
      return fc.maxSafeInteger();
    case 'timestamp':
      return fc.integer({ min: 0, max: 2_000_000_000_000 }).map((ms) => ms / 1000);
    case 'boolean':
      return fc.boolean();
    case 'list':
      return fc.array(valueOf(shape.of!), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.string({ unit: 'binary' }), valueOf(shape.of!), { maxKeys: 2, noNullPrototype: true });
    default:
      return recordOf(shape.fields!);
  }
}

function recordOf(
  fields: readonly (ShapeSpec & { readonly name: string; readonly required: boolean })[],
): fc.Arbitrary<Input> {
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])), {
    requiredKeys: fields.filter((field) => field.required).map((field) => field.name),
    noNullPrototype: true,
  });
}

const anyCall = fc
  .constantFrom(...operations)
  .chain((operation) => recordOf(contract.operations[operation].input).map((input) => ({ operation, input })));

test('unbind takes back what bind made', () => {
  fc.assert(
    fc.property(anyCall, ({ operation, input }) => {
      const { method, path, headers, body } = bind(operation, input);
      expect(unbind(method, path, headers, body)).toEqual({ operation, input });
    }),
    { seed: 20140630 },
  );
});

test('a path holds nothing that a URL would have to escape', () => {
  fc.assert(
    fc.property(anyCall, ({ operation, input }) => {
      expect(bind(operation, input).path).toMatch(/^\/[\w.~%/-]*(\?[\w.~%=&-]*)?$/);
    }),
    { seed: 20140630 },
  );
});

describe('renders what the JavaScript SDK sends', () => {
  const full: Record<string, Json> = {
    IdentityPoolId: 'us-east-1:0000-aa',
    IdentityId: 'us-east-1:0000-bb',
    DatasetName: "a.b:c_d-!'()*",
    DeviceId: 'device 1',
    SyncSessionToken: 'to+ken/=',
    ClientContext: 'context',
    RecordPatches: [{ Op: 'replace', Key: 'k', SyncCount: 0, Value: '', DeviceLastModifiedDate: 1704164645.678 }],
    LastSyncCount: 0,
    NextToken: "a b+c'!/ä",
    MaxResults: 5,
    PushSync: { ApplicationArns: ['arn'], RoleArn: 'arn' },
    CognitoStreams: { StreamName: 's' },
    Events: { SyncTrigger: '' },
    Platform: 'GCM',
    Token: 'push',
  };

  const pick = (members: readonly MemberSpec[]): Input =>
    Object.fromEntries(members.map(({ name }) => [name, full[name]!]));

  test.each(
    operations.flatMap((operation) => {
      const { input } = contract.operations[operation];
      return [
        [operation, 'all members', pick(input)] as const,
        [operation, 'required members', pick(input.filter((member) => member.required))] as const,
      ];
    }),
  )('%s with %s', async (operation, _, input) => {
    const { method, path, headers, body } = bind(operation, input);
    const sent = await sentBySdk(operation, input);
    expect({ method, path, type: headers['content-type'], context: headers['x-amz-client-context'] }).toEqual({
      method: sent.method,
      path: sent.path,
      type: sent.headers['content-type'],
      context: sent.headers['x-amz-client-context'],
    });
    expect(body === undefined ? undefined : JSON.parse(body)).toEqual(sent.body ? JSON.parse(sent.body) : undefined);
  });
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

async function sentBySdk(operation: Operation, input: Input): Promise<Sent> {
  let sent: Sent | undefined;
  const client = new CognitoSyncClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: (request: {
        method: string;
        path: string;
        query: Record<string, string>;
        headers: Record<string, string>;
        body?: unknown;
      }) => {
        const query = Object.entries(request.query).map(([name, value]) => `${name}=${escape(value)}`);
        const { body } = request;
        sent = {
          method: request.method,
          path: request.path + (query.length > 0 ? `?${query.join('&')}` : ''),
          headers: request.headers,
          body: body instanceof Uint8Array ? new TextDecoder().decode(body) : (body as string | undefined),
        };
        return Promise.reject(new Error('enough seen'));
      },
    },
  });
  const commands = sdk as unknown as Record<string, new (input: unknown) => Parameters<typeof client.send>[0]>;
  await expect(client.send(new commands[`${operation}Command`]!(withDates(input)))).rejects.toThrow('enough seen');
  return sent!;
}

/** RFC 3986, as the SDK's own HTTP handler does it. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function withDates(input: Input): unknown {
  return JSON.parse(JSON.stringify(input), (key, value: unknown) =>
    key === 'DeviceLastModifiedDate' ? new Date((value as number) * 1000) : value,
  );
}

const ids = { IdentityPoolId: 'r:0', IdentityId: 'r:1', DatasetName: 'd' };

describe('bind', () => {
  test('sends null in the body and leaves it out of query and header', () => {
    expect(bind('ListRecords', { ...ids, NextToken: null }).path).not.toContain('?');
    const { headers, body } = bind('UpdateRecords', { ...ids, SyncSessionToken: null, ClientContext: null });
    expect(body).toBe('{"SyncSessionToken":null}');
    expect(headers).toEqual({ 'content-type': 'application/json' });
  });

  test('sends values of the wrong type as they are', () => {
    expect(bind('ListRecords', { ...ids, MaxResults: 'many' }).path).toMatch(/\?maxResults=many$/);
    expect(bind('UpdateRecords', { ...ids, RecordPatches: 'none' }).body).toBe('{"RecordPatches":"none"}');
  });

  test('renders a lone surrogate as U+FFFD', () => {
    expect(bind('DescribeDataset', { ...ids, DatasetName: 'a\uD800' }).path).toMatch(/\/a%EF%BF%BD$/);
  });

  test('refuses what it cannot render', () => {
    expect(() => bind('DescribeDataset', { IdentityPoolId: 'r:0', IdentityId: 'r:1' })).toThrow('needs DatasetName');
    expect(() => bind('DescribeDataset', { ...ids, MaxResults: 1 })).toThrow('has no member MaxResults');
  });
});

describe('unbind', () => {
  test('reads raw and encoded colons alike', () => {
    const raw = unbind('get', '/identitypools/r:0/identities/r:1/datasets', {}, undefined);
    expect(raw).toEqual({ operation: 'ListDatasets', input: { IdentityPoolId: 'r:0', IdentityId: 'r:1' } });
    expect(unbind('GET', '/identitypools/r%3A0/identities/r%3A1/datasets', {}, '{}')).toEqual(raw);
  });

  test('keeps a plus sign and what is no integer', () => {
    const path = '/identitypools?nextToken=a+b%20c&maxResults=1e1&other=1';
    expect(unbind('GET', path, {}, undefined)?.input).toEqual({ NextToken: 'a+b c', MaxResults: '1e1' });
  });

  test.each([
    ['an unknown path', 'GET', '/identitypools/p/other', ''],
    ['a method no operation has there', 'PUT', '/identitypools', ''],
    ['a trailing slash', 'GET', '/identitypools/p/events/', ''],
    ['bad percent-encoding', 'GET', '/identitypools/%zz', ''],
    ['a body that is not JSON', 'POST', '/identitypools/p/events', '{'],
    ['a body that is no object', 'POST', '/identitypools/p/events', '[]'],
  ])('knows nothing of %s', (_, method, path, body) => {
    expect(unbind(method, path, {}, body)).toBeUndefined();
  });
});
