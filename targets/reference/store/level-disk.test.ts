import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { poolId, identityId, type SyncClient, syncClient } from '../../../tests/kit/sync-client.ts';
import type { Endpoint } from '../server/endpoint.ts';
import { startEndpoint } from '../server/server.ts';
import { openLevelDisk } from './level-disk.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Without the token, which is made anew each time. */
async function shown(client: SyncClient, name: string): Promise<unknown> {
  const { SyncSessionToken: _, ...rest } = (await client.list(name)).body;
  return rest;
}

async function open(): Promise<Endpoint> {
  return startEndpoint({ identityApi: true }, undefined, await openLevelDisk(folder));
}

async function again<T>(
  first: (client: SyncClient) => Promise<T>,
  then: (client: SyncClient, before: T) => Promise<void>,
): Promise<void> {
  const one = await open();
  const before = await first(syncClient(one.url));
  await one.close();
  const two = await open();
  try {
    await then(syncClient(two.url), before);
  } finally {
    await two.close();
  }
}

test('records, removed ones and deleted datasets are after a restart as they were before', async () => {
  const names = ['kept', 'deleted', 'recreated'];
  const all = async (client: SyncClient): Promise<unknown[]> => {
    const listings = [];
    for (const name of names) listings.push(await shown(client, name));
    return listings;
  };
  await again(
    async (client) => {
      await client.update('kept', [
        { key: 'a', at: 0, value: 'x' },
        { key: 'b', at: 0, value: 'y' },
      ]);
      await client.update('kept', [{ key: 'a', at: 1 }]);
      for (const name of ['deleted', 'recreated']) {
        await client.update(name, [{ key: 'old', at: 0, value: 'x' }]);
        await client.dataset('DELETE', name);
      }
      await client.update('recreated', [{ key: 'new', at: 0, value: 'z' }]);
      return all(client);
    },
    async (client, before) => {
      expect(await all(client)).toEqual(before);
      expect(before[2]).toMatchObject({ Count: 1, Records: [{ Key: 'new', SyncCount: 2 }] });
      const { body } = await client.update('kept', [{ key: 'c', at: 0, value: 'z' }]);
      expect(body).toMatchObject({ Records: [{ SyncCount: 3 }] });
    },
  );
});

test('a token is good after a restart, unless it was spent before', async () => {
  await again(
    async (client) => {
      const [unused, spent] = [(await client.list('d')).body, (await client.list('d')).body].map((body) =>
        String(body['SyncSessionToken']),
      ) as [string, string];
      await client.update('d', [{ key: 'a', at: 0, value: 'x' }], spent);
      return { unused, spent };
    },
    async (client, { unused, spent }) => {
      expect(await client.update('d', [{ key: 'b', at: 0, value: 'y' }], spent)).toMatchObject({ status: 400 });
      expect(await client.update('d', [{ key: 'b', at: 0, value: 'y' }], unused)).toMatchObject({ status: 200 });
    },
  );
});

test('settings, devices and pools are kept as well', async () => {
  const configuration = `/identitypools/${poolId}/configuration`;
  const settings = {
    CognitoStreams: { StreamName: 's', RoleArn: 'arn:aws:iam::123456789012:role/r', StreamingStatus: 'ENABLED' },
  };
  const identityApi = (url: string, operation: string, body: object): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': `AWSCognitoIdentityService.${operation}` },
      body: JSON.stringify(body),
    });
  const one = await open();
  await syncClient(one.url).send('POST', configuration, settings);
  const device = await syncClient(one.url).send('POST', `/identitypools/${poolId}/identity/${identityId}/device`, {
    Platform: 'GCM',
    Token: 't',
  });
  expect(device.status).toBe(200);
  await syncClient(one.url).update('d', [{ key: 'a', at: 0, value: 'x' }]);
  await identityApi(one.url, 'CreateIdentityPool', { IdentityPoolName: 'p', AllowUnauthenticatedIdentities: true });
  await one.close();
  const two = await open();
  expect((await syncClient(two.url).send('GET', configuration)).body).toMatchObject({
    CognitoStreams: { StreamName: 's' },
  });
  expect(await (await identityApi(two.url, 'ListIdentityPools', {})).json()).toMatchObject({
    IdentityPools: [{ IdentityPoolName: 'p' }],
  });
  const subscription = `/identitypools/${poolId}/identities/${identityId}/datasets/d/subscriptions/${String(device.body['DeviceId'])}`;
  expect((await syncClient(two.url).send('POST', subscription)).status).toBe(200);
  await two.close();
});

test('a folder is one process’s', async () => {
  const disk = await openLevelDisk(folder);
  await expect(openLevelDisk(folder)).rejects.toMatchObject({ cause: { code: 'LEVEL_LOCKED' } });
  await disk.close();
});
