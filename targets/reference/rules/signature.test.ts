import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../server/endpoint.ts';
import { startEndpoint } from '../server/server.ts';
import { type Reply, datasetPath, identityId, poolId, readReply } from '../../../tests/kit/sync-client.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const now = Date.UTC(2024, 0, 2, 3, 4, 5);

class Sha256 {
  private readonly hash: ReturnType<typeof createHash>;
  constructor(key?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.hash = (
      key === undefined ? createHash('sha256') : createHmac('sha256', key as Uint8Array)
    ) as typeof this.hash;
  }
  update(data: string | Uint8Array | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(data as Uint8Array);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}

describe('signatures', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ credentials, acceptUnsigned: false, now: () => now });
  });
  afterAll(() => endpoint.close());

  interface Signing {
    readonly keys?: typeof credentials;
    readonly service?: string;
    readonly at?: number;
    readonly path?: string;
    readonly query?: { readonly [name: string]: string };
    readonly body?: string;
    readonly sentBody?: string;
  }

  async function send(signing: Signing = {}): Promise<Reply> {
    const { path = datasetPath(poolId, identityId, 'd'), query = {}, body, sentBody = body } = signing;
    const signer = new SignatureV4({
      service: signing.service ?? 'cognito-sync',
      region: 'us-east-1',
      credentials: signing.keys ?? credentials,
      sha256: Sha256,
    });
    const request = await signer.sign(
      {
        method: body === undefined ? 'GET' : 'POST',
        protocol: 'http:',
        hostname: '127.0.0.1',
        port: endpoint.port,
        path,
        query: { ...query },
        headers: { host: `127.0.0.1:${endpoint.port}`, 'content-type': 'application/json' },
        body,
      },
      { signingDate: new Date(signing.at ?? now) },
    );
    const search = new URLSearchParams(query).toString();
    const init = sentBody === undefined ? {} : { body: sentBody };
    const url = `${endpoint.url}${path}${search === '' ? '' : `?${search}`}`;
    return readReply(await fetch(url, { method: request.method, headers: request.headers, ...init }));
  }

  test('with encoded or raw colons, with a query, with a body: accepted', async () => {
    const encoded = datasetPath(encodeURIComponent(poolId), encodeURIComponent(identityId), 'a.b:c');
    expect((await send()).type).toBe('ResourceNotFoundException');
    expect((await send({ path: encoded })).type).toBe('ResourceNotFoundException');
    const query = { syncSessionToken: 'a+b/c=', lastSyncCount: '0' };
    expect((await send({ path: `${encoded}/records`, query })).body['message']).toMatch(/^SyncSessionToken not valid/);
    expect((await send({ body: '{"SyncSessionToken":"é"}' })).body['message']).toMatch(/^SyncSessionToken not valid/);
  });

  test('wrong ones are refused, whatever else is wrong', async () => {
    const refused = { status: 403, type: 'InvalidSignatureException' };
    const keys = { ...credentials, secretAccessKey: 'other' };
    expect(await send({ keys, path: datasetPath('INVALID', 'A:B:C', 'd') })).toMatchObject(refused);
    expect(await send({ body: '{}', sentBody: '{ }' })).toMatchObject(refused);
    expect(await send({ service: 'cognito-idp' })).toMatchObject(refused);
    expect(await send({ keys: { ...credentials, accessKeyId: 'OTHER' } })).toMatchObject({
      status: 403,
      type: 'UnrecognizedClientException',
    });
  });

  test('the clock may be five minutes off', async () => {
    expect((await send({ at: now - 300_000 })).status).toBe(404);
    expect((await send({ at: now + 300_000 })).status).toBe(404);
    expect((await send({ at: now - 301_000 })).body['message']).toBe(
      'Signature expired: 20240102T025904Z is now earlier than 20240102T025905Z (20240102T030405Z - 5 min.)',
    );
    expect((await send({ at: now + 301_000 })).body['message']).toMatch(/^Signature not yet current/);
  });

  test('none is refused, unless unsigned requests are accepted', async () => {
    const unsigned = await readReply(await fetch(endpoint.url + datasetPath(poolId, identityId, 'd')));
    expect(unsigned).toMatchObject({ status: 403, type: 'MissingAuthenticationTokenException' });
    const open = await startEndpoint({ credentials });
    const served = await readReply(await fetch(open.url + datasetPath(poolId, identityId, 'd')));
    expect(served.status).toBe(404);
    await open.close();
  });
});
