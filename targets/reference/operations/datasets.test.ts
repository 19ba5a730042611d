import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../server/endpoint.ts';
import { startEndpoint } from '../server/server.ts';
import { type SyncClient, identityId, poolId, syncClient } from '../../../tests/kit/sync-client.ts';

describe('datasets', () => {
  let endpoint: Endpoint;
  let client: SyncClient;
  let now = 1_700_000_000_250;
  const put = (name: string, key = 'k', at = 0): ReturnType<SyncClient['update']> =>
    client.update(name, [{ key, at, value: 'é' }]);

  beforeAll(async () => {
    endpoint = await startEndpoint({ now: () => now });
    client = syncClient(endpoint.url);
  });
  afterAll(() => endpoint.close());

  test('are described as they are', async () => {
    await put('described');
    now += 1000;
    await put('described', 'other');
    expect((await client.dataset('GET', 'described')).body).toEqual({
      Dataset: {
        CreationDate: 1_700_000_000.25,
        DataStorage: 10,
        DatasetName: 'described',
        IdentityId: identityId,
        LastModifiedBy: identityId,
        LastModifiedDate: 1_700_000_001.25,
        NumRecords: 2,
      },
    });
  });

  test('are unknown until the first update and after deletion', async () => {
    const unknown = { status: 404, type: 'ResourceNotFoundException' };
    expect(await client.dataset('GET', 'gone')).toMatchObject(unknown);
    expect(await client.dataset('DELETE', 'gone')).toMatchObject(unknown);
    await put('gone');
    expect(await client.dataset('DELETE', 'gone')).toMatchObject({ status: 200, body: { Dataset: { NumRecords: 1 } } });
    expect(await client.dataset('GET', 'gone')).toMatchObject(unknown);
    expect(await client.dataset('DELETE', 'gone')).toMatchObject(unknown);
  });

  test('keep their count over deletion, and say that they were deleted', async () => {
    await put('again');
    await client.dataset('DELETE', 'again');
    expect((await client.list('again', '?lastSyncCount=1')).body).toMatchObject({
      DatasetExists: false,
      DatasetDeletedAfterRequestedSyncCount: true,
    });
    expect((await put('again', 'new')).body).toMatchObject({ Records: [{ SyncCount: 2 }] });
    expect((await client.list('again', '?lastSyncCount=1')).body).toMatchObject({
      DatasetExists: true,
      DatasetDeletedAfterRequestedSyncCount: true,
      Records: [{ Key: 'new' }],
    });
    expect((await client.list('again', '?lastSyncCount=2')).body).toMatchObject({
      DatasetDeletedAfterRequestedSyncCount: false,
      Records: [],
    });
  });

  test('are listed by page, by name, of one identity of one pool', async () => {
    const own = 'us-east-1:1';
    const mine = syncClient(endpoint.url, poolId, own);
    for (const name of ['b', 'c', 'a', 'A', 'a.b:c']) await mine.update(name, [{ key: 'k', at: 0, value: '' }]);
    const path = `/identitypools/${poolId}/identities/${own}/datasets`;
    const names: string[] = [];
    let query = '?maxResults=2';
    for (let page = 0; page < 3; page += 1) {
      const { body } = await mine.send('GET', path + query);
      const datasets = body['Datasets'] as { DatasetName: string }[];
      expect(body['Count']).toBe(datasets.length);
      names.push(...datasets.map((dataset) => dataset.DatasetName));
      query = `?maxResults=2&nextToken=${encodeURIComponent(String(body['NextToken']))}`;
      expect(body['NextToken'] === null).toBe(page === 2);
    }
    expect(names).toEqual(['A', 'a', 'a.b:c', 'b', 'c']);
    for (const [pool, identity] of [
      ['us-east-1:2', own],
      [poolId, 'us-east-1:3'],
    ] as const) {
      const { body } = await mine.send('GET', `/identitypools/${pool}/identities/${identity}/datasets`);
      expect(body).toEqual({ Count: 0, Datasets: [], NextToken: null });
    }
  });
});
