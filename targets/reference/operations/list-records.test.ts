import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../server/endpoint.ts';
import { startEndpoint } from '../server/server.ts';
import { type Reply, type SyncClient, syncClient } from '../../../tests/kit/sync-client.ts';

const keys = ({ body }: Reply): string[] => (body['Records'] as { Key: string }[]).map((record) => record.Key);

describe('ListRecords', () => {
  let endpoint: Endpoint;
  let client: SyncClient;

  beforeAll(async () => {
    endpoint = await startEndpoint();
    client = syncClient(endpoint.url);
    await client.update(
      'd',
      ['c', 'a', 'b'].map((key) => ({ key, at: 0, value: key })),
    );
    await client.update('d', [{ key: 'a', at: 1, value: 'new' }]);
  });
  afterAll(() => endpoint.close());

  test('of an unknown dataset answers 200 and creates nothing', async () => {
    const { status, text } = await client.list('unknown');
    expect(status).toBe(200);
    expect(text).toMatch(
      /^\{"Count":0,"DatasetDeletedAfterRequestedSyncCount":false,"DatasetExists":false,"DatasetSyncCount":0,"LastModifiedBy":null,"MergedDatasetNames":null,"NextToken":null,"Records":\[\],"SyncSessionToken":"[^"]+"\}$/,
    );
    expect((await client.dataset('GET', 'unknown')).status).toBe(404);
  });

  test('gives the records above a count only', async () => {
    expect(keys(await client.list('d'))).toEqual(['a', 'b', 'c']);
    expect(keys(await client.list('d', '?lastSyncCount=0'))).toEqual(['a', 'b', 'c']);
    expect(keys(await client.list('d', '?lastSyncCount=1'))).toEqual(['a']);
    expect(keys(await client.list('d', '?lastSyncCount=2'))).toEqual([]);
  });

  test('refuses a count the dataset never had', async () => {
    expect(await client.list('d', '?lastSyncCount=3')).toMatchObject({
      status: 400,
      type: 'InvalidParameterException',
      body: { message: 'No such SyncCount: 3 exists for this Dataset' },
    });
  });

  test('gives every record once over its pages, also when one is written in between', async () => {
    await client.update(
      'pages',
      ['a', 'c', 'e'].map((key) => ({ key, at: 0, value: key })),
    );
    const first = await client.list('pages', '?maxResults=2');
    expect(keys(first)).toEqual(['a', 'c']);
    await client.update('pages', [{ key: 'b', at: 0, value: '' }]);
    const token = encodeURIComponent(String(first.body['NextToken']));
    const second = await client.list('pages', `?maxResults=2&nextToken=${token}`);
    expect(keys(second)).toEqual(['e']);
    expect(second.body['NextToken']).toBeNull();
    expect((await client.list('d', `?maxResults=2&nextToken=${token}`)).status).toBe(400);
    expect((await client.list('pages', '?nextToken=damaged')).type).toBe('InvalidParameterException');
  });

  test.each(['maxResults=0', 'maxResults=-1', 'maxResults=x', 'maxResults=', 'lastSyncCount=1.5', 'lastSyncCount=x'])(
    'refuses %s',
    async (query) => {
      expect((await client.list('d', `?${query}`)).status).toBe(400);
    },
  );
});
