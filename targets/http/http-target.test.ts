import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { httpTarget } from './http-target.ts';
import type { HttpTarget, HttpTargetOptions } from './http-target.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function against(handler: Handler, options: Partial<HttpTargetOptions> = {}, path = ''): Promise<HttpTarget> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const target = httpTarget({ endpointUrl: `http://127.0.0.1:${port}${path}`, region: 'us-east-1', ...options });
  closers.push(
    () => {
      server.close().closeAllConnections();
    },
    () => target.close(),
  );
  return target;
}

const get = { method: 'GET', path: '/identitypools?maxResults=1', headers: { accept: 'x' } };

test('what is sent is the request, behind the path of the endpoint', async () => {
  const target = await against(
    (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        response.end(JSON.stringify({ method, url, type: headers['content-type'], auth: headers.authorization, body }));
      });
    },
    {},
    '/prefix/',
  );
  const reply = await target.send({
    method: 'POST',
    path: '/a%3Ab?c=d',
    headers: { 'content-type': 'application/json' },
    body: '"é"',
  });
  expect(reply).toMatchObject({ status: 200 });
  expect(JSON.parse(reply.kind === 'response' ? reply.body : '')).toEqual({
    method: 'POST',
    url: '/prefix/a%3Ab?c=d',
    type: 'application/json',
    body: '"é"',
  });
});

test.each(['{"a":"é"}', 'x'])('a body in chunks arrives whole, and without its length: %j', async (body) => {
  const target = await against((request, response) => {
    let got = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (got += chunk));
    request.on('end', () => {
      const { headers } = request;
      response.end(JSON.stringify([headers['transfer-encoding'], headers['content-length'] ?? null, got]));
    });
  });
  const reply = await target.send({ method: 'POST', path: '/', headers: {}, body, chunked: true });
  expect(reply).toMatchObject({ body: JSON.stringify(['chunked', null, body]) });
});

const echo: Handler = (request, response) => response.end(request.headers.authorization ?? 'none');

test('credentials sign, unless told otherwise', async () => {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  const signed = await (await against(echo, { credentials })).send(get);
  const unsigned = await (await against(echo, { credentials, sign: false })).send(get);
  expect(signed).toMatchObject({
    body: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/us-east-1\/cognito-sync\/aws4_request, /,
    ) as string,
  });
  expect(unsigned).toMatchObject({ body: 'none' });
});

test('throttling is waited out, as long as the target asks, and counted', async () => {
  const waits: number[] = [];
  let calls = 0;
  let clock = 0;
  const sleep = (ms: number): Promise<void> => {
    clock += ms;
    waits.push(ms);
    return Promise.resolve();
  };
  const target = await against(
    (_request, response) => {
      calls += 1;
      if (calls === 1) response.writeHead(429, { 'x-amzn-ErrorType': 'TooManyRequestsException:' }).end();
      else if (calls === 2) response.writeHead(503, { 'retry-after': '3' }).end();
      else if (calls === 3) response.writeHead(429, { 'retry-after': '86400' }).end();
      else response.end('done');
    },
    { now: () => clock, sleep },
  );
  expect(await target.send(get)).toMatchObject({ status: 200, body: 'done' });
  expect(waits).toEqual([100, 3000, 20_000]);
  expect(target.stats()).toEqual({ requests: 4, retries: 3, statuses: { 200: 1, 429: 2, 503: 1 } });
});

test('a target that always throttles is believed in the end', async () => {
  const target = await against((_request, response) => response.writeHead(429).end('slow down'), {
    sleep: () => Promise.resolve(),
    maxRetries: 2,
  });
  expect(await target.send(get)).toMatchObject({ status: 429, body: 'slow down' });
  expect(target.stats()).toMatchObject({ requests: 3, retries: 2 });
});

test.each([
  [500, {}],
  [503, {}],
  [409, { 'retry-after': '1' }],
  [429, { 'x-amzn-errortype': 'LambdaThrottledException:' }],
])('a %i that does not throttle is handed on at once: %j', async (status, headers) => {
  const target = await against((_request, response) => response.writeHead(status, headers).end());
  expect(await target.send(get)).toMatchObject({ status });
  expect(target.stats().requests).toBe(1);
});

test('an abort ends the wait between attempts', async () => {
  const stop = new AbortController();
  const target = await against((_request, response) => response.writeHead(429).end(), {
    sleep: () => {
      stop.abort();
      return new Promise(() => undefined);
    },
  });
  expect(await target.send(get, stop.signal)).toMatchObject({ kind: 'failure', reason: 'aborted' });
});

test('many requests may share one signal, which is left as it was', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on('warning', onWarning);
  const { signal } = new AbortController();
  const target = await against((_request, response) => response.end(), { connections: 20, rateLimit: 1e6 });
  await Promise.all(Array.from({ length: 40 }, () => target.send(get, signal)));
  await new Promise(setImmediate);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('the rate limit spaces requests out', async () => {
  let time = 0;
  const waits: number[] = [];
  const target = await against((_request, response) => response.end(), {
    rateLimit: 10,
    now: () => time,
    sleep: (ms) => {
      waits.push(ms);
      time += ms;
      return Promise.resolve();
    },
  });
  for (let i = 0; i < 4; i += 1) await target.send(get);
  expect(waits).toEqual([100, 100, 100]);
});

test('connections are kept and there are no more of them than allowed', async () => {
  const ports = new Set<number | undefined>();
  const target = await against(
    (request, response) => {
      ports.add(request.socket.remotePort);
      setTimeout(() => response.end(), 2);
    },
    { connections: 2 },
  );
  await Promise.all(Array.from({ length: 12 }, () => target.send(get)));
  expect(ports.size).toBe(2);
});

test('a target that is limited has no more connections open from then on, whatever the lanes, until it is limited no more', async () => {
  const open = new Set<unknown>();
  let most = 0;
  const target = await against((request, response) => {
    const { socket } = request;
    if (!open.has(socket)) socket.once('close', () => open.delete(socket));
    open.add(socket);
    most = Math.max(most, open.size);
    setTimeout(() => response.end(), 2);
  });
  const mostWith = async (limit?: number): Promise<number> => {
    if (limit !== undefined) target.limit?.(limit);
    most = 0;
    await Promise.all(Array.from({ length: 12 }, (_, lane) => target.send({ ...get, lane: lane % 4 })));
    return most;
  };
  expect(await mostWith()).toBe(12);
  expect(await mostWith(2)).toBe(2);
  expect(await mostWith(1)).toBe(1);
  expect(await mostWith(8)).toBe(12);
});

test.each(['localhost:4566', 'ftp://localhost', 'http://u:p@localhost', 'http://localhost/?a=b', ''])(
  '%j is no endpoint',
  (endpointUrl) => {
    expect(() => httpTarget({ endpointUrl, region: 'r' })).toThrow(TypeError);
  },
);

test('signing asks for credentials', () => {
  expect(() => httpTarget({ endpointUrl: 'http://127.0.0.1', region: 'r', sign: true })).toThrow(
    'only with credentials',
  );
});

test('an idle connection is given up long before the time that the server names', async () => {
  const idle = new Promise<number>((resolve) => {
    void against((request, response) => {
      const since = Date.now();
      request.socket.on('close', () => resolve(Date.now() - since));
      response.setHeader('keep-alive', 'timeout=30');
      response.end('{}');
    }).then(async (target) => target.send(get));
  });
  expect(await idle).toBeLessThan(4000);
});
