import { createServer } from 'node:https';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpTarget } from './http-target.ts';
import type { HttpTargetOptions } from './http-target.ts';

// Self-signed for 127.0.0.1, made for this test.
const cert = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUdHsffVSMHluEHwN/MgP8VCs5Zl0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjIxMDIzNloYDzIxMjYxMDI5
MjEwMjM2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQn8CrleNAhTiHB8A/2mimhpf/dmM8kKdtreiUuccGELLtladY5kyOs
bpRBJNEqzLmDWCi+0kF4+3qui2rHTt5Uo28wbTAdBgNVHQ4EFgQUvUeanjDyJD5v
7bAEW5Ygyo0fiwMwHwYDVR0jBBgwFoAUvUeanjDyJD5v7bAEW5Ygyo0fiwMwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSAAwRQIgIp8VzvhoAmpt505/1CPYpt/WhZ240RMHZV/EXJXHcIACIQDb
MaCelEyJZe6IK1WKKb686tmMcBQDpG4JdaNt88HhAQ==
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWd0WFoLYOBG+IE8C
3dNYj/XTRIquULoL/5KZChn9zCGhRANCAAQn8CrleNAhTiHB8A/2mimhpf/dmM8k
KdtreiUuccGELLtladY5kyOsbpRBJNEqzLmDWCi+0kF4+3qui2rHTt5U
-----END PRIVATE KEY-----`;

const server = createServer({ cert, key }, (_request, response) => response.end('hello'));
let folder = '';
let caBundle = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  caBundle = join(folder, 'ca.pem');
  writeFileSync(caBundle, cert);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close().closeAllConnections();
  rmSync(folder, { recursive: true });
});

async function send(options: Partial<HttpTargetOptions>) {
  const { port } = server.address() as AddressInfo;
  const target = httpTarget({ endpointUrl: `https://127.0.0.1:${port}`, region: 'r', ...options });
  try {
    return await target.send({ method: 'GET', path: '/', headers: {} });
  } finally {
    await target.close();
  }
}

test('a certificate nobody vouches for is unreachable', async () => {
  expect(await send({})).toMatchObject({
    kind: 'failure',
    reason: 'unreachable',
    detail: expect.stringContaining('self-signed') as string,
  });
});

test('a CA bundle vouches for it, or nobody is asked to', async () => {
  expect(await send({ caBundle })).toMatchObject({ status: 200, body: 'hello' });
  expect(await send({ verifyTls: false })).toMatchObject({ status: 200, body: 'hello' });
});

test('a CA bundle that is not there is an error before any request', () => {
  const options = { endpointUrl: 'https://127.0.0.1', region: 'r', caBundle: join(folder, 'none.pem') };
  expect(() => httpTarget(options)).toThrow('none.pem');
});
