import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from './endpoint.ts';
import { startEndpoint, startEndpointInWorker } from './server.ts';
import { datasetPath, identityId, poolId, readReply, syncClient } from '../../../tests/kit/sync-client.ts';

const path = datasetPath(poolId, identityId, 'd');
const patch = [{ key: 'k', at: 0, value: 'v' }];

describe('the protocol', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ maxBody: 4096 });
  });
  afterAll(() => endpoint.close());

  const post = async (body: string | Uint8Array<ArrayBuffer>, type: string): ReturnType<typeof readReply> =>
    readReply(await fetch(endpoint.url + path, { method: 'POST', body, headers: { 'content-type': type } }));

  test('an answer has the headers of the service', async () => {
    const { headers } = await syncClient(endpoint.url).list('d');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('an error type ends with a colon', async () => {
    const { headers, text } = await syncClient(endpoint.url).dataset('GET', 'none');
    expect(headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException:');
    expect(text).toMatch(/^\{"message":"[^"]+"\}$/);
  });

  test('raw and encoded colons reach the same data', async () => {
    const client = syncClient(endpoint.url);
    await client.update('a.b:c', patch);
    const encoded = syncClient(endpoint.url, encodeURIComponent(poolId), encodeURIComponent(identityId));
    expect((await encoded.list('a.b:c')).body['DatasetExists']).toBe(true);
    expect((await client.send('GET', `${path.slice(0, -1)}a.b:c`)).status).toBe(200);
  });

  test.each(['application/json', 'application/x-amz-json-1.1', 'application/json; charset=utf-8'])(
    'a body may be %s',
    async (type) => {
      expect((await post('{"SyncSessionToken":"x"}', type)).type).toBe('InvalidParameterException');
    },
  );

  test('a body of another type is refused', async () => {
    expect(await post('{}', 'text/plain')).toMatchObject({ status: 415, type: 'UnsupportedMediaTypeException' });
  });

  test.each([
    '{',
    '[]',
    'null',
    '"x"',
    '{"SyncSessionToken":1}',
    '{"RecordPatches":{}}',
    '{"RecordPatches":[null]}',
    '{"RecordPatches":[{"SyncCount":"1"}]}',
    '{"RecordPatches":[{"SyncCount":1.5}]}',
    '{"RecordPatches":[{"SyncCount":1e300}]}',
    '{"RecordPatches":[{"Value":7}]}',
    '{"RecordPatches":[{"DeviceLastModifiedDate":"2024-01-01"}]}',
  ])('the body %s cannot be read', async (body) => {
    expect(await post(body, 'application/json')).toMatchObject({ status: 400, type: 'SerializationException' });
  });

  test('a body that is not UTF-8 cannot be read', async () => {
    const body = new Uint8Array([0x7b, 0xff, 0x7d]);
    expect((await post(body, 'application/json')).type).toBe('SerializationException');
  });

  test('an empty body lacks its token', async () => {
    expect((await post('', 'application/json')).body['message']).toMatch(/^1 validation error detected/);
  });

  test('a long body is refused', async () => {
    expect(await post('x'.repeat(4097), 'application/json')).toMatchObject({ status: 413 });
  });

  test('unknown paths and methods', async () => {
    const client = syncClient(endpoint.url);
    for (const unknown of ['/', '/x', `${path}/nothing`, `${path}/records/`, '/constructor']) {
      expect(await client.send('GET', unknown)).toMatchObject({ status: 404, type: 'UnknownOperationException' });
    }
    const wrong = await client.send('PUT', path);
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, POST, DELETE');
    expect((await client.send('GET', `${path}%zz`)).type).toBe('SerializationException');
  });

  test('a preflight is answered', async () => {
    const response = await fetch(endpoint.url + path, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://foo.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-amz-date',
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,x-amz-date');
    expect(response.headers.get('access-control-max-age')).toBe('172800');
  });

  test('a connection is kept', async () => {
    const socket = connect(endpoint.port, '127.0.0.1');
    const answers: string[] = [];
    socket.setEncoding('utf8').on('data', (text: string) => answers.push(text));
    const request = `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
    for (let sent = 1; sent <= 2; sent += 1) {
      socket.write(request);
      await expect.poll(() => answers.join('').split('HTTP/1.1 404').length - 1).toBe(sent);
    }
    socket.destroy();
  });
});

describe('the options', () => {
  async function withEndpoint<T>(
    options: Parameters<typeof startEndpoint>[0],
    use: (client: ReturnType<typeof syncClient>) => Promise<T>,
  ): Promise<T> {
    const endpoint = await startEndpoint(options);
    try {
      return await use(syncClient(endpoint.url));
    } finally {
      await endpoint.close();
    }
  }

  test('strict mode knows its pools and identities only', async () => {
    await withEndpoint({ knownPools: ['x:1'] }, async (client) => {
      expect(await client.dataset('GET', 'd')).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
      expect(await client.list('d')).toMatchObject({ status: 403, type: 'NotAuthorizedException' });
    });
    await withEndpoint({ knownPools: [poolId], knownIdentities: ['x:1'] }, async (client) => {
      expect(await client.list('d')).toMatchObject({ status: 403, type: 'NotAuthorizedException' });
    });
    await withEndpoint({ knownPools: [poolId], knownIdentities: [identityId] }, async (client) => {
      expect((await client.update('d', patch)).status).toBe(200);
    });
  });

  test('requests above the rate are refused', () =>
    withEndpoint({ rateLimit: 2 }, async (client) => {
      const statuses = [await client.list('d'), await client.list('d'), await client.list('d')].map((r) => r.status);
      expect(statuses).toEqual([200, 200, 429]);
    }));

  test('operations can be missing', () =>
    withEndpoint({ operations: ['ListRecords'] }, async (client) => {
      expect((await client.list('d')).status).toBe(200);
      expect(await client.dataset('GET', 'd')).toMatchObject({ status: 404, type: 'UnknownOperationException' });
    }));

  test('answers can be late', () =>
    withEndpoint({ delayMs: 40 }, async (client) => {
      const start = performance.now();
      await client.list('d');
      expect(performance.now() - start).toBeGreaterThan(35);
    }));

  test('pages have their own default size', () =>
    withEndpoint({ pageSize: 1 }, async (client) => {
      await client.update(
        'd',
        ['a', 'b'].map((key) => ({ key, at: 0, value: '' })),
      );
      expect((await client.list('d')).body).toMatchObject({ Count: 1, Records: [{ Key: 'a' }] });
    }));

  test('a port in use is an error', async () => {
    const first = await startEndpoint();
    await expect(startEndpoint({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});

test('an endpoint in a thread of its own answers the same', async () => {
  const endpoint = await startEndpointInWorker({ choices: { 'deletion-count': 'raised' } });
  const client = syncClient(endpoint.url);
  await client.update('d', patch);
  await client.dataset('DELETE', 'd');
  expect((await client.update('d', patch)).body).toMatchObject({ Records: [{ SyncCount: 3 }] });
  await endpoint.close();
  await expect(client.list('d')).rejects.toThrow('fetch failed');
});
