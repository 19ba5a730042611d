import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { httpTarget } from './http-target.ts';
import type { HttpTarget, HttpTargetOptions } from './http-target.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A server that does with each connection's first bytes what the test says. */
async function listen(answer: (socket: Socket) => void): Promise<{ url: string }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      answer(socket);
    });
    closers.push(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(() => void server.close());
  return { url: `http://127.0.0.1:${port}` };
}

async function against(
  answer: (socket: Socket) => void,
  options: Partial<HttpTargetOptions> = {},
): Promise<HttpTarget> {
  const { url } = await listen(answer);
  const target = httpTarget({ endpointUrl: url, region: 'us-east-1', ...options });
  closers.push(() => target.close());
  return target;
}

const get = { method: 'GET', path: '/x', headers: {} };
const write = (bytes: string) => (socket: Socket) => void socket.write(bytes, 'latin1');

test('headers are data: repeated ones joined, UTF-8 read, bad bytes and odd names kept', async () => {
  const target = await against(
    write('HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\nU: \xc3\xa9\r\nBad: \xff!\r\n__proto__: p\r\nContent-Length: 0\r\n\r\n'),
  );
  const reply = await target.send(get);
  if (reply.kind !== 'response') throw new Error(reply.detail);
  const { headers } = reply;
  expect(Object.entries(headers)).toEqual([
    ['a', '1, 2'],
    ['u', 'é'],
    ['bad', '\ufffd!'],
    ['__proto__', 'p'],
    ['content-length', '0'],
  ]);
});

test('the body is UTF-8 over chunk boundaries, bad bytes replaced', async () => {
  const target = await against((socket) => {
    socket.write('HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\n\xc3', 'latin1');
    setTimeout(() => socket.write('\xa9\xff!', 'latin1'), 10);
  });
  expect(await target.send(get)).toMatchObject({ kind: 'response', status: 404, body: 'é\ufffd!' });
});

test('informational answers are passed over', async () => {
  const target = await against(
    write('HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 1\r\n\r\n1'),
  );
  expect(await target.send(get)).toMatchObject({ status: 200, body: '1', headers: { a: 'b' } });
});

test('a body beyond the limit is too-large and not read on', async () => {
  const target = await against(
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = setInterval(() => socket.write('x'.repeat(600)), 1);
      socket.on('close', () => {
        clearInterval(more);
      });
    },
    { maxBodyBytes: 1000 },
  );
  expect(await target.send(get)).toMatchObject({ kind: 'failure', reason: 'too-large' });
});

test('a server that drips its body cannot hold a request beyond the deadline', async () => {
  const target = await against(
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 5);
      socket.on('close', () => {
        clearInterval(drip);
      });
    },
    { readTimeoutMs: 60 },
  );
  expect(await target.send(get)).toMatchObject({ kind: 'failure', reason: 'timeout' });
});

test('a server that answers nothing is a timeout', async () => {
  const target = await against(() => undefined, { readTimeoutMs: 30 });
  expect(await target.send(get)).toMatchObject({ kind: 'failure', reason: 'timeout' });
});

test.each([
  [20, 10_000, 20],
  [10_000, 20, 20],
])('of the limits of target and call, %i and %i ms, the shorter holds', async (readTimeoutMs, limitMs, ms) => {
  const target = await against(() => undefined, { readTimeoutMs });
  const detail = `no complete answer within ${ms} ms`;
  expect(await target.send(get, undefined, limitMs)).toMatchObject({ kind: 'failure', reason: 'timeout', detail });
});

test.each([
  ['hangs up without a word', '', 'closed'],
  ['hangs up inside the body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', 'closed'],
  ['hangs up inside a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf', 'closed'],
  [
    'hangs up inside the last chunk',
    'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf',
    'closed',
  ],
  ['hangs up inside the last body', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\nhalf', 'closed'],
  ['breaks the chunked coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf', 'not-http'],
  ['speaks another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'not-http'],
  ['switches protocols unasked', 'HTTP/1.1 101 Yes\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n', 'not-http'],
  ['sends endless headers', `HTTP/1.1 200 OK\r\n${'a: bbbbbbbbbbbbbbbb\r\n'.repeat(2000)}`, 'too-large'],
])('a server that %s', async (_what, bytes, reason) => {
  const target = await against((socket) => socket.end(bytes, 'latin1'));
  expect(await target.send(get)).toMatchObject({ kind: 'failure', reason });
});

test('a server that answers the head of a request in chunks and hangs up is heard, and sent no more', async () => {
  let got = '';
  const target = await against((socket) => {
    socket.on('data', (bytes) => (got += bytes.toString()));
    socket.end('HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  const reply = await target.send({ method: 'POST', path: '/x', headers: {}, body: '"123456789"', chunked: true });
  expect(reply).toMatchObject({ status: 411 });
  await delay(200);
  expect(got).toBe('');
});

test('an abort ends a request in flight, one in the queue and one not yet begun', async () => {
  const target = await against(() => undefined, { connections: 1 });
  const stop = new AbortController();
  const replies = [target.send(get, stop.signal), target.send(get, stop.signal)];
  setTimeout(() => {
    stop.abort();
  }, 20);
  for (const reply of await Promise.all(replies)) expect(reply).toMatchObject({ kind: 'failure', reason: 'aborted' });
  expect(await target.send(get, stop.signal)).toMatchObject({ kind: 'failure', reason: 'aborted' });
});

test('a request that HTTP cannot carry is our fault and rejects', async () => {
  const target = await against(() => undefined);
  await expect(target.send({ ...get, headers: { a: 'b\r\nc: d' } })).rejects.toThrow('[GET] "/x"');
  await expect(target.send({ ...get, path: '/a b' })).rejects.toThrow(TypeError);
});

test('nothing listening, an unknown name and a refused handshake are unreachable', async () => {
  const { url } = await listen((socket) => socket.end('no TLS here'));
  const port = await freePort();
  const urls = [
    `http://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    'http://nowhere.invalid',
    url.replace('http:', 'https:'),
  ];
  for (const endpointUrl of urls) {
    const nowhere = httpTarget({ endpointUrl, region: 'r' });
    closers.push(() => nowhere.close());
    const reply = await nowhere.send(get);
    expect(reply).toMatchObject({
      kind: 'failure',
      reason: 'unreachable',
      detail: expect.stringMatching(/\w/) as string,
    });
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
