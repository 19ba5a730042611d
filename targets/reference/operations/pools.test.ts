import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Endpoint } from '../server/endpoint.ts';
import { startEndpoint } from '../server/server.ts';
import { type SyncClient, datasetPath, identityId, poolId, syncClient } from '../../../tests/kit/sync-client.ts';

const pool = `/identitypools/${poolId}`;
const identity = `${pool}/identities/${identityId}`;
const roleArn = 'arn:aws:iam::123456789012:role/cognito';

describe('identity pools', () => {
  let endpoint: Endpoint;
  let client: SyncClient;
  let now = 1_700_000_000_000;

  beforeEach(async () => {
    endpoint = await startEndpoint({ now: () => now });
    client = syncClient(endpoint.url);
  });
  afterEach(() => endpoint.close());

  test('usage adds up the datasets that exist', async () => {
    const put = (name: string): Promise<unknown> => client.update(name, [{ key: 'kk', at: 0, value: 'v' }]);
    const usage = { DataStorage: 0, IdentityPoolId: poolId, LastModifiedDate: null };
    expect((await client.send('GET', identity)).body).toEqual({
      IdentityUsage: { ...usage, DatasetCount: 0, IdentityId: identityId },
    });
    await put('a');
    await put('b');
    await put('c');
    await client.dataset('DELETE', 'c');
    expect((await client.send('GET', identity)).body).toMatchObject({
      IdentityUsage: { DataStorage: 6, DatasetCount: 2 },
    });
    expect((await client.send('GET', pool)).body).toEqual({
      IdentityPoolUsage: { ...usage, DataStorage: 6, LastModifiedDate: now / 1000, SyncSessionsCount: null },
    });
  });

  test('all pools are listed by page', async () => {
    for (const id of ['x:2', 'x:1']) await syncClient(endpoint.url, id).update('d', [{ key: 'k', at: 0, value: '' }]);
    const first = await client.send('GET', '/identitypools?maxResults=1');
    expect(first.body).toMatchObject({ Count: 1, IdentityPoolUsages: [{ IdentityPoolId: 'x:1' }], MaxResults: 1 });
    const second = await client.send('GET', `/identitypools?nextToken=${String(first.body['NextToken'])}`);
    expect(second.body).toMatchObject({ Count: 1, IdentityPoolUsages: [{ IdentityPoolId: 'x:2' }], NextToken: null });
  });

  test('configuration: what is left out stays, what is empty is cleared', async () => {
    const path = `${pool}/configuration`;
    const unset = { CognitoStreams: null, IdentityPoolId: poolId, PushSync: null };
    const PushSync = { ApplicationArns: ['arn:aws:sns:us-east-1:123456789012:app/GCM/my-app'], RoleArn: null };
    const CognitoStreams = { RoleArn: roleArn, StreamName: 's', StreamingStatus: 'ENABLED' };
    expect((await client.send('GET', path)).body).toEqual(unset);
    expect((await client.send('POST', path, { PushSync })).body).toEqual({ ...unset, PushSync });
    await client.send('POST', path, { CognitoStreams });
    expect((await client.send('GET', path)).body).toEqual({ ...unset, PushSync, CognitoStreams });
    await client.send('POST', path, { PushSync: {}, CognitoStreams: {} });
    expect((await client.send('GET', path)).body).toEqual(unset);
    const wrong = { PushSync: { ApplicationArns: ['arn'], RoleArn: 'short' } };
    expect((await client.send('POST', path, wrong)).body['message']).toMatch(/^3 validation errors detected/);
  });

  test('events: one at most, and an empty function removes it', async () => {
    const path = `${pool}/events`;
    expect((await client.send('GET', path)).text).toBe('{"Events":{}}');
    expect((await client.send('POST', path, { Events: { SyncTrigger: 'arn:f' } })).text).toBe('{}');
    expect((await client.send('GET', path)).body).toEqual({ Events: { SyncTrigger: 'arn:f' } });
    await client.send('POST', path, { Events: { SyncTrigger: '' } });
    expect((await client.send('GET', path)).body).toEqual({ Events: {} });
    for (const body of [{}, { Events: { A: 'x', B: 'y' } }]) {
      expect(await client.send('POST', path, body)).toMatchObject({ status: 400, type: 'InvalidParameterException' });
    }
  });

  test('devices subscribe to datasets that exist', async () => {
    const register = (Token: string): ReturnType<SyncClient['send']> =>
      client.send('POST', `${pool}/identity/${identityId}/device`, { Platform: 'GCM', Token });
    const device = String((await register('t')).body['DeviceId']);
    expect(device).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect((await register('t')).body).toEqual({ DeviceId: device });
    expect((await register('u')).body).not.toEqual({ DeviceId: device });
    const path = `${datasetPath(poolId, identityId, 'd')}/subscriptions/`;
    expect(await client.send('POST', path + device)).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
    await client.update('d', [{ key: 'k', at: 0, value: '' }]);
    expect((await client.send('POST', path + device)).text).toBe('{}');
    expect((await client.send('POST', `${path}other`)).status).toBe(404);
    expect((await client.send('DELETE', path + device)).text).toBe('{}');
    const wrong = { Platform: 'PIGEON', Token: 't' };
    expect((await client.send('POST', `${pool}/identity/${identityId}/device`, wrong)).status).toBe(400);
  });

  test('bulk publish: into an enabled stream, one at a time, once a day', async () => {
    const publish = (): ReturnType<SyncClient['send']> => client.send('POST', `${pool}/bulkpublish`);
    const details = async (): Promise<unknown> =>
      (await client.send('POST', `${pool}/getBulkPublishDetails`)).body['BulkPublishStatus'];
    const CognitoStreams = { RoleArn: roleArn, StreamName: 's', StreamingStatus: 'ENABLED' };
    expect((await publish()).type).toBe('InvalidParameterException');
    await client.send('POST', `${pool}/configuration`, { CognitoStreams });
    expect(await details()).toBe('NOT_STARTED');
    expect((await publish()).body).toEqual({ IdentityPoolId: poolId });
    expect(await details()).toBe('IN_PROGRESS');
    expect((await publish()).type).toBe('DuplicateRequestException');
    now += 1000;
    expect(await details()).toBe('SUCCEEDED');
    expect((await publish()).type).toBe('AlreadyStreamedException');
    now += 24 * 60 * 60 * 1000;
    expect((await publish()).status).toBe(200);
  });
});
