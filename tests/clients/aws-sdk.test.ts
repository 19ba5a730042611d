import { randomUUID } from 'node:crypto';
import {
  CognitoSyncClient,
  DeleteDatasetCommand,
  DescribeDatasetCommand,
  ListDatasetsCommand,
  ListRecordsCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateRecordsCommand,
} from '@aws-sdk/client-cognito-sync';
import type { RecordPatch } from '@aws-sdk/client-cognito-sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint } from '../../targets/reference/server/server.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'secret' };
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
let client: CognitoSyncClient;

beforeAll(async () => {
  // The endpoint verifies the signatures, so this holds its reading of them to the SDK's too.
  endpoint = await startEndpoint({ credentials, acceptUnsigned: false });
  client = new CognitoSyncClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

/** A dataset of its own, and the two calls every device makes. */
function dataset() {
  const identity = { IdentityPoolId: `us-east-1:${randomUUID()}`, IdentityId: `us-east-1:${randomUUID()}` };
  const id = { ...identity, DatasetName: 'settings' };
  const list = (LastSyncCount = 0) => client.send(new ListRecordsCommand({ ...id, LastSyncCount }));
  const update = async (...RecordPatches: RecordPatch[]) => {
    const { SyncSessionToken } = await list();
    return client.send(new UpdateRecordsCommand({ ...id, SyncSessionToken, RecordPatches }));
  };
  return { identity, id, list, update };
}

test('a device lists, writes and lists again', async () => {
  const { identity, list, update } = dataset();
  const before = await list();
  expect(before).toMatchObject({ DatasetExists: false, DatasetSyncCount: 0, Records: [] });

  const modified = new Date('2024-01-02T03:04:05.678Z');
  const written = await update(
    { Op: 'replace', Key: 'colour', Value: 'blué', SyncCount: 0, DeviceLastModifiedDate: modified },
    { Op: 'replace', Key: 'size', Value: '', SyncCount: 0 },
  );
  expect(written.Records?.map(({ Key, Value, SyncCount }) => ({ Key, Value, SyncCount }))).toEqual([
    { Key: 'colour', Value: 'blué', SyncCount: 1 },
    { Key: 'size', Value: '', SyncCount: 1 },
  ]);
  expect(written.Records?.[0]?.LastModifiedDate).toBeInstanceOf(Date);

  expect(await list()).toMatchObject({ DatasetExists: true, DatasetSyncCount: 1 });
  expect((await list(1)).Records).toEqual([]);
  const { Datasets } = await client.send(new ListDatasetsCommand(identity));
  expect(Datasets?.map(({ DatasetName }) => DatasetName)).toEqual(['settings']);
});

test('a stale count is a ResourceConflictException', async () => {
  const { list, update } = dataset();
  await update({ Op: 'replace', Key: 'k', Value: '1', SyncCount: 0 });
  const conflict = update({ Op: 'replace', Key: 'k', Value: '2', SyncCount: 0 });
  await expect(conflict).rejects.toBeInstanceOf(ResourceConflictException);
  await expect(conflict).rejects.toMatchObject({
    $metadata: { httpStatusCode: 409 },
    message: 'Current SyncCount for: k is: 1 not: 0',
  });
  expect((await list()).Records).toMatchObject([{ Key: 'k', Value: '1', SyncCount: 1 }]);
});

test('a removed record stays as a tombstone with a count of its own', async () => {
  const { list, update } = dataset();
  await update({ Op: 'replace', Key: 'k', Value: '1', SyncCount: 0 });
  await update({ Op: 'remove', Key: 'k', SyncCount: 1 });
  const { Records = [] } = await list(1);
  expect(Records).toMatchObject([{ Key: 'k', SyncCount: 2 }]);
  expect(Records[0]?.Value ?? null).toBeNull();
  const { Records: again } = await update({ Op: 'replace', Key: 'k', Value: '2', SyncCount: 2 });
  expect(again).toMatchObject([{ Key: 'k', Value: '2', SyncCount: 3 }]);
});

test('a deleted dataset is a ResourceNotFoundException to describe, and can be listed', async () => {
  const { id, list, update } = dataset();
  await update({ Op: 'replace', Key: 'k', Value: '1', SyncCount: 0 });
  const { Dataset: described } = await client.send(new DescribeDatasetCommand(id));
  expect(described).toMatchObject({ DatasetName: 'settings', NumRecords: 1 });
  const { Dataset: deleted } = await client.send(new DeleteDatasetCommand(id));
  expect(deleted).toMatchObject({ DatasetName: 'settings' });
  const gone = client.send(new DescribeDatasetCommand(id));
  await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(gone).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  expect((await list()).Records).toEqual([]);
});
