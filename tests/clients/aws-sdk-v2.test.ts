import { randomUUID } from 'node:crypto';
import CognitoSync from 'aws-sdk/clients/cognitosync.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import { verifyingOptions } from '../../targets/reference/server/verifying.ts';

vi.hoisted(() => {
  process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';
});

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  endpoint = await startEndpoint(verifyingOptions('us-east-1', credentials));
});
afterAll(() => endpoint.close());

/** A client of version 2 of AWS's SDK for JavaScript; every request of it is signed, and the signature verified. */
function clientWith(more: CognitoSync.ClientConfiguration = {}): CognitoSync {
  return new CognitoSync({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxRetries: 0, ...more });
}

/** A dataset of its own, with the two calls that every device makes. */
function dataset(client: CognitoSync) {
  const id = {
    IdentityPoolId: `us-east-1:${randomUUID()}`,
    IdentityId: `us-east-1:${randomUUID()}`,
    DatasetName: 'notes:of.a-device',
  };
  const list = (LastSyncCount = 0) => client.listRecords({ ...id, LastSyncCount }).promise();
  const update = async (...RecordPatches: CognitoSync.RecordPatch[]) => {
    const { SyncSessionToken = '' } = await list();
    return client.updateRecords({ ...id, SyncSessionToken, RecordPatches }).promise();
  };
  return { id, list, update };
}

test('lists, writes, removes and lists again', async () => {
  const { list, update } = dataset(clientWith());
  expect(await list()).toMatchObject({ DatasetExists: false, DatasetSyncCount: 0, Records: [] });
  const DeviceLastModifiedDate = new Date('2024-01-02T03:04:05.678Z');
  const { Records: written = [] } = await update(
    { Op: 'replace', Key: 'colour', Value: 'blué 🦊', SyncCount: 0, DeviceLastModifiedDate },
    { Op: 'replace', Key: 'size', Value: '', SyncCount: 0 },
  );
  expect(written).toMatchObject([
    { Key: 'colour', Value: 'blué 🦊', SyncCount: 1 },
    { Key: 'size', Value: '', SyncCount: 1 },
  ]);
  expect(written[0]?.LastModifiedDate).toBeInstanceOf(Date);
  await update({ Op: 'remove', Key: 'size', SyncCount: 1 });
  const { Records: changed = [], DatasetSyncCount } = await list(1);
  expect(DatasetSyncCount).toBe(2);
  expect(changed.map(({ Key, Value, SyncCount }) => [Key, Value ?? null, SyncCount])).toEqual([['size', null, 2]]);
});

test('a stale count is a ResourceConflictException, and changes nothing', async () => {
  const { list, update } = dataset(clientWith());
  await update({ Op: 'replace', Key: 'k', Value: '1', SyncCount: 0 });
  await expect(update({ Op: 'replace', Key: 'k', Value: '2', SyncCount: 0 })).rejects.toMatchObject({
    code: 'ResourceConflictException',
    statusCode: 409,
    message: 'Current SyncCount for: k is: 1 not: 0',
    retryable: false,
  });
  expect((await list()).Records).toMatchObject([{ Key: 'k', Value: '1', SyncCount: 1 }]);
});

test('a deleted dataset is not found to describe, and empty to list', async () => {
  const client = clientWith();
  const { id, list, update } = dataset(client);
  await update({ Op: 'replace', Key: 'k', Value: '1', SyncCount: 0 });
  const { Dataset } = await client.deleteDataset(id).promise();
  expect(Dataset).toMatchObject({ DatasetName: id.DatasetName });
  await expect(client.describeDataset(id).promise()).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    statusCode: 404,
  });
  expect((await list()).Records).toEqual([]);
});

test.each([
  ['another secret', { credentials: { ...credentials, secretAccessKey: 'other' } }, 'InvalidSignatureException'],
  ['another key', { credentials: { ...credentials, accessKeyId: 'other' } }, 'UnrecognizedClientException'],
  ['another region', { region: 'eu-west-1' }, 'InvalidSignatureException'],
])('a client with %s is refused', async (_, more, code) => {
  await expect(dataset(clientWith(more)).list()).rejects.toMatchObject({ code, statusCode: 403 });
});
