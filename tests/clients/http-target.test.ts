import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpTarget } from '../../targets/http/http-target.ts';
import type { HttpTarget } from '../../targets/http/http-target.ts';
import { startEndpoint } from '../../targets/reference/server.ts';

const accessKeyId = 'AKID';
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
const targets: HttpTarget[] = [];
beforeAll(async () => {
  endpoint = await startEndpoint({ credentials: { accessKeyId, secretAccessKey: 'right' }, acceptUnsigned: false });
});
afterAll(async () => {
  for (const target of targets) await target.close();
  await endpoint.close();
});

function signedWith(secretAccessKey: string): HttpTarget {
  const credentials = { accessKeyId, secretAccessKey, sessionToken: 'session' };
  const target = httpTarget({ endpointUrl: endpoint.url, region: 'us-east-1', credentials });
  targets.push(target);
  return target;
}

const dataset = '/identitypools/us-east-1%3Aab/identities/us-east-1%3Acd/datasets/d';
const requests = [
  { method: 'GET', path: `${dataset}/records?lastSyncCount=0&syncSessionToken=a%2Bb%2F%3D%20%C3%A9` },
  { method: 'GET', path: `${dataset.replaceAll('%3A', ':')}/records` },
  { method: 'GET', path: `${dataset}/records?maxResults=1&maxResults=2&flag` },
  { method: 'POST', path: dataset, body: '{"RecordPatches":[],"SyncSessionToken":"é\\ud800"}' },
];

test.each(requests)('a server that verifies signatures accepts ours: $method $path', async (request) => {
  const headers = { 'content-type': 'application/json', 'x-amz-client-context': 'a  b' };
  const accepted = await signedWith('right').send({ ...request, headers });
  expect(accepted).toMatchObject({ status: expect.not.toBeOneOf([401, 403]) as number });
  const refused = await signedWith('wrong').send({ ...request, headers });
  expect(refused).toMatchObject({ status: 403, body: expect.stringContaining('ignature') as string });
});
