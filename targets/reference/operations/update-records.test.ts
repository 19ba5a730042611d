import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Endpoint } from '../server/endpoint.ts';
import { startEndpoint } from '../server/server.ts';
import { type SyncClient, datasetPath, identityId, poolId, syncClient } from '../../../tests/kit/sync-client.ts';

describe('UpdateRecords', () => {
  let endpoint: Endpoint;
  let client: SyncClient;
  let name = '';
  let datasets = 0;

  beforeAll(async () => {
    endpoint = await startEndpoint({
      now: () => 1_700_574_875_740,
      quotas: { datasets: 99, records: 3, bytes: 64, value: 40 },
    });
    client = syncClient(endpoint.url);
  });
  beforeEach(() => {
    datasets += 1;
    name = `d${datasets}`;
  });
  afterAll(() => endpoint.close());

  test('writes a new record at count 1, with all six members in alphabetical order', async () => {
    const reply = await client.update(name, [{ key: 'a', at: 0, value: 'x', date: 1_704_164_645.678 }]);
    expect(reply.status).toBe(200);
    expect(reply.text).toBe(
      `{"Records":[{"DeviceLastModifiedDate":1704164645.678,"Key":"a","LastModifiedBy":"${identityId}",` +
        '"LastModifiedDate":1700574875.74,"SyncCount":1,"Value":"x"}]}',
    );
  });

  test('a batch shares one count of the dataset; untouched records keep theirs', async () => {
    await client.update(name, [
      { key: 'a', at: 0, value: '1' },
      { key: 'b', at: 0, value: '2' },
    ]);
    const second = await client.update(name, [{ key: 'b', at: 1, value: '3' }]);
    expect(second.body).toMatchObject({ Records: [{ Key: 'b', SyncCount: 2 }] });
    const { body } = await client.list(name);
    expect(body).toMatchObject({ DatasetSyncCount: 2, Records: [{ SyncCount: 1 }, { SyncCount: 2, Value: '3' }] });
  });

  test('one stale patch refuses the whole batch, changes nothing and leaves the token usable', async () => {
    await client.update(name, [{ key: 'a', at: 0, value: '1' }]);
    const before = await client.list(name);
    const token = String(before.body['SyncSessionToken']);
    const refused = await client.update(
      name,
      [
        { key: 'b', at: 0, value: '2' },
        { key: 'a', at: 0, value: '2' },
      ],
      token,
    );
    expect(refused).toMatchObject({ status: 409, type: 'ResourceConflictException' });
    expect(refused.text).toBe('{"message":"Current SyncCount for: a is: 1 not: 0"}');
    expect((await client.list(name)).body['Records']).toEqual(before.body['Records']);
    expect((await client.update(name, [{ key: 'a', at: 1, value: '2' }], token)).status).toBe(200);
  });

  test('a removed record stays with a null value, and is written again at its own count', async () => {
    await client.update(name, [{ key: 'a', at: 0, value: '1' }]);
    const removed = await client.update(name, [{ key: 'a', at: 1 }]);
    expect(removed.body).toMatchObject({ Records: [{ Key: 'a', SyncCount: 2, Value: null }] });
    expect((await client.update(name, [{ key: 'a', at: 0, value: '2' }])).status).toBe(409);
    expect((await client.update(name, [{ key: 'a', at: 2, value: '2' }])).body).toMatchObject({
      Records: [{ SyncCount: 3, Value: '2' }],
    });
  });

  test.each(['__proto__', 'constructor', ' a ', 'a/b?c=d%2F', 'ключ', '\u0000', '\ud800'])(
    'keeps the key and value %j exactly',
    async (text) => {
      await client.update(name, [{ key: text, at: 0, value: text }]);
      expect((await client.list(name)).body).toMatchObject({ Count: 1, Records: [{ Key: text, Value: text }] });
    },
  );

  test('quotas refuse the whole update: records, bytes', async () => {
    const keys = ['a', 'b', 'c', 'd'].map((key) => ({ key, at: 0, value: '' }));
    expect(await client.update(name, keys)).toMatchObject({ status: 400, type: 'LimitExceededException' });
    const long = ['a', 'b'].map((key) => ({ key, at: 0, value: '€'.repeat(11) }));
    expect((await client.update(name, long)).type).toBe('LimitExceededException');
    expect((await client.list(name)).body['DatasetExists']).toBe(false);
    expect((await client.update(name, keys.slice(0, 3))).status).toBe(200);
  });

  test('a quota counts what the update leaves behind', async () => {
    await client.update(
      name,
      ['a', 'b', 'c'].map((key) => ({ key, at: 0, value: '' })),
    );
    const swap = await client.update(name, [
      { key: 'a', at: 1 },
      { key: 'd', at: 0, value: '' },
    ]);
    expect(swap.status).toBe(200);
  });

  test('the number of datasets of one identity is limited', async () => {
    const small = await startEndpoint({ quotas: { datasets: 1, records: 9, bytes: 99, value: 9 } });
    const other = syncClient(small.url);
    await other.update('a', [{ key: 'k', at: 0, value: '' }]);
    expect((await other.update('b', [{ key: 'k', at: 0, value: '' }])).type).toBe('LimitExceededException');
    await other.dataset('DELETE', 'a');
    expect((await other.update('b', [{ key: 'k', at: 0, value: '' }])).status).toBe(200);
    await small.close();
  });

  test('all violated constraints are reported together, before the token is looked at', async () => {
    const reply = await client.send('POST', datasetPath(poolId, 'A:B:C', name), {
      DeviceId: '',
      RecordPatches: [{ Op: 'put', Key: '', Value: 'x'.repeat(41) }],
    });
    expect(reply).toMatchObject({ status: 400, type: 'InvalidParameterException' });
    const message = String(reply.body['message']);
    expect(message).toMatch(/^7 validation errors detected: Value null at 'syncSessionToken' failed to satisfy/);
    expect(message).toContain("at 'recordPatches.1.member.syncCount'");
  });
});
