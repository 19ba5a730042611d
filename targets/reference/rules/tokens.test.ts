import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../server/endpoint.ts';
import { startEndpoint } from '../server/server.ts';
import { type SyncClient, poolId, syncClient } from '../../../tests/kit/sync-client.ts';

describe('session tokens', () => {
  let endpoint: Endpoint;
  let client: SyncClient;
  let now = 1_700_000_000_000;
  const patch = [{ key: 'a', at: 0, value: 'x' }];
  const invalid = { status: 400, type: 'InvalidParameterException' };

  const tokenOf = async (name: string, query = ''): Promise<string> =>
    String((await client.list(name, query)).body['SyncSessionToken']);

  beforeAll(async () => {
    endpoint = await startEndpoint({ now: () => now });
    client = syncClient(endpoint.url);
  });
  afterAll(() => endpoint.close());

  test('belong to a dataset and an identity', async () => {
    const token = await tokenOf('one');
    const stranger = syncClient(endpoint.url, poolId, 'us-east-1:0');
    expect(await client.update('two', patch, token)).toMatchObject(invalid);
    expect(await stranger.update('one', patch, token)).toMatchObject(invalid);
    expect((await client.update('one', patch, token)).status).toBe(200);
  });

  test('are not made up', async () => {
    const token = await tokenOf('made-up');
    for (const other of ['x', `${token}x`, `x${token}`, token.split('.')[0] ?? '', '.', '']) {
      expect(await client.update('made-up', patch, other)).toMatchObject(invalid);
    }
  });

  test('serve several reads and one update', async () => {
    const token = await tokenOf('reads');
    const query = `?syncSessionToken=${encodeURIComponent(token)}`;
    expect(await tokenOf('reads', query)).toBe(token);
    expect((await client.update('reads', patch, token)).status).toBe(200);
    expect(await client.list('reads', query)).toMatchObject(invalid);
    expect((await client.update('reads', [{ key: 'a', at: 1, value: 'y' }], token)).body).toEqual({
      message: 'SyncSessionToken not valid for these inputs',
    });
  });

  test('live five minutes', async () => {
    const early = await tokenOf('late');
    const late = await tokenOf('late');
    now += 299_999;
    expect((await client.update('late', patch, early)).status).toBe(200);
    now += 1;
    expect(await client.update('late', [{ key: 'b', at: 0, value: '' }], late)).toMatchObject(invalid);
  });
});
