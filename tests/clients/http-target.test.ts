import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpTarget } from '../../targets/http/http-target.ts';
import type { HttpTarget } from '../../targets/http/http-target.ts';
import type { SignatureFault } from '../../specs/types/wire.ts';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import { verifyingOptions } from '../../targets/reference/server/verifying.ts';
import { recordingServer } from '../fixtures/recording-server.ts';

const accessKeyId = 'AKID';
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
const targets: HttpTarget[] = [];
beforeAll(async () => {
  endpoint = await startEndpoint(verifyingOptions('us-east-1', { accessKeyId, secretAccessKey: 'right' }));
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

const faults: readonly (readonly [SignatureFault, string])[] = [
  ['none', 'MissingAuthenticationTokenException'],
  ['wrong-secret', 'InvalidSignatureException'],
  ['unknown-key', 'UnrecognizedClientException'],
  ['altered-body', 'InvalidSignatureException'],
  ['altered-body-declared', 'InvalidSignatureException'],
  ['old-date', 'InvalidSignatureException'],
  ['future-date', 'InvalidSignatureException'],
  ['other-region', 'InvalidSignatureException'],
  ['other-service', 'InvalidSignatureException'],
];

test.each(faults)(
  'a fault in the signature is made on request, and nothing else is changed: %s',
  async (fault, type) => {
    const server = await recordingServer('token');
    const credentials = { accessKeyId, secretAccessKey: 'right' };
    const target = httpTarget({ endpointUrl: server.url, region: 'us-east-1', credentials });
    targets.push(target);
    const request = { method: 'POST', path: dataset, headers: { 'content-type': 'application/json' }, body: '{}' };
    await target.send(request);
    await target.send({ ...request, signature: fault });
    await server.close();
    const [right, spoilt] = server.received.map(({ method, url, body }) => ({ method, url, body: body.toString() }));
    expect(spoilt).toEqual(right);

    const signed = signedWith('right');
    expect(await signed.send(request)).toMatchObject({
      status: 400,
      body: expect.stringContaining('syncSessionToken') as string,
    });
    const refused = await signed.send({ ...request, signature: fault });
    expect(refused).toMatchObject({
      status: 403,
      headers: { 'x-amzn-errortype': expect.stringContaining(type) as string },
    });
  },
);

test('a signature that is not made cannot be spoilt', async () => {
  const target = httpTarget({ endpointUrl: endpoint.url, region: 'us-east-1' });
  targets.push(target);
  expect(target.signs).toBe(false);
  const request = { method: 'GET', path: dataset, headers: {}, signature: 'wrong-secret' as const };
  await expect(target.send(request)).rejects.toThrow('only where requests are signed');
});
