import { expect, test } from 'vitest';
import type { HttpRequest, Reply } from '../../specs/types/wire.ts';
import { datasetPath, identityId, poolId } from '../../tests/kit/sync-client.ts';
import { mutantTarget } from './mutant-target.ts';
import { startMutant } from './start.ts';

const path = datasetPath(poolId, identityId, 'd');
const body = JSON.stringify({ RecordPatches: [], SyncSessionToken: 'é' });
const requests: readonly HttpRequest[] = [
  { method: 'GET', path, headers: {} },
  { method: 'POST', path, headers: { 'content-type': 'application/json' }, body },
  { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: '{' },
  { method: 'GET', path: '/nowhere', headers: {} },
];

test('answers without a connection as the endpoint does over one', async () => {
  const target = mutantTarget('wrong-token-not-authorized');
  const endpoint = await startMutant('wrong-token-not-authorized');
  try {
    for (const request of requests) {
      const near = answered(await target.send(request));
      const { method, headers } = request;
      const init = request.body === undefined ? {} : { body: request.body };
      const far = await fetch(endpoint.url + request.path, { method, headers: { ...headers }, ...init });
      const type = far.headers.get('x-amzn-errortype');
      expect(near).toEqual({
        status: far.status,
        type,
        length: far.headers.get('content-length'),
        body: await far.text(),
      });
    }
  } finally {
    await endpoint.close();
  }
});

function answered(reply: Reply): unknown {
  if (reply.kind === 'failure') return reply;
  const { status, headers, body: text } = reply;
  return { status, type: headers['x-amzn-errortype'] ?? null, length: headers['content-length'], body: text };
}
