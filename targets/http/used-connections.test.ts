import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type HttpTarget, httpTarget } from './http-target.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A server that closes each connection under its second request. `seen`: method and connection of each request. */
async function closingUsed(): Promise<{ readonly target: HttpTarget; readonly seen: (readonly [string, number])[] }> {
  const seen: (readonly [string, number])[] = [];
  const sockets: Socket[] = [];
  const served = new Set<Socket>();
  const server = createServer((request, response) => {
    const { socket } = request;
    if (!sockets.includes(socket)) sockets.push(socket);
    seen.push([request.method ?? '', sockets.indexOf(socket)]);
    if (served.has(socket)) socket.destroy();
    else response.end('{}');
    served.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const target = httpTarget({ endpointUrl: `http://127.0.0.1:${port}`, region: 'us-east-1', connections: 1 });
  closers.push(
    () => {
      server.close().closeAllConnections();
    },
    () => target.close(),
  );
  return { target, seen };
}

const get = { method: 'GET', path: '/a', headers: {} };
const post = { method: 'POST', path: '/a', headers: { 'content-type': 'application/json' }, body: '{}' };

test('a read that meets the end of a used connection is sent again', async () => {
  const { target, seen } = await closingUsed();
  expect(await target.send(get)).toMatchObject({ status: 200 });
  expect(await target.send(get)).toMatchObject({ status: 200 });
  expect(seen).toEqual([
    ['GET', 0],
    ['GET', 0],
    ['GET', 1],
  ]);
  expect(target.staleConnections?.()).toBe(1);
});

test('a write that meets it is unknown, is not sent again, and those after it have connections of their own', async () => {
  const { target, seen } = await closingUsed();
  await target.send(get);
  expect(await target.send(post)).toMatchObject({ kind: 'failure', reason: 'closed', stale: true });
  expect(await target.send(post)).toMatchObject({ status: 200 });
  expect(await target.send(post)).toMatchObject({ status: 200 });
  expect(seen).toEqual([
    ['GET', 0],
    ['POST', 0],
    ['POST', 1],
    ['POST', 2],
  ]);
});

test('a new connection that is closed without a word is the fault of the server', async () => {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const target = httpTarget({ endpointUrl: `http://127.0.0.1:${port}`, region: 'us-east-1', connections: 1 });
  closers.push(
    () => {
      server.close().closeAllConnections();
    },
    () => target.close(),
  );
  const reply = await target.send(get);
  expect(reply).toMatchObject({ kind: 'failure', reason: 'closed' });
  expect(reply).not.toHaveProperty('stale');
});
