import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Behaviour, Service } from '../core/behaviour.ts';
import { defaultBehaviour } from './default-behaviour.ts';
import type { Endpoint } from './endpoint.ts';
import { handle } from './handle.ts';
import type { Disk } from '../core/disk.ts';
import { metaRow, spentRow, worldFrom } from '../store/rows.ts';
import { type EndpointOptions, type ResolvedOptions, resolveOptions } from '../core/options.ts';
import { rateLimiter } from './rate-limiter.ts';
import { refuse } from '../core/refusal.ts';
import { preflightHeaders, responseHeaders } from './response-headers.ts';
import { startThread } from './thread.ts';
import { emptyWorld } from '../core/world.ts';

/** Starts an embedded Cognito Sync endpoint on 127.0.0.1 in this thread: empty, or with what is on the disk. */
export async function startEndpoint(
  options: Partial<EndpointOptions> = {},
  behaviour: Behaviour = defaultBehaviour,
  disk?: Disk,
): Promise<Endpoint> {
  const service = await serviceOf(resolveOptions(options), behaviour, disk);
  const limiter = service.options.rateLimit === undefined ? undefined : rateLimiter(service.options.rateLimit);
  const server = createServer((request, response) => {
    if (limiter?.take(performance.now()) === false) {
      request.resume();
      send(service, request, response, failure(service, 'TooManyRequestsException', 'Rate exceeded'));
    } else if (request.method === 'OPTIONS') {
      request.resume();
      response.writeHead(200, preflightHeaders(request.headers)).end();
    } else {
      receive(service, request, response);
    }
  });
  // Longer than clients keep idle connections, so that none meets one that is just closing.
  server.keepAliveTimeout = 75_000;
  await listen(server, service.options.port);
  const { port } = server.address() as AddressInfo;
  const end = async (): Promise<void> => {
    await close(server);
    await disk?.close();
  };
  return { url: `http://127.0.0.1:${port}`, port, close: end };
}

/**
 * The same in a thread of its own, so that it does not share the caller's CPU. From source, where no thread can be
 * started, it runs in this one.
 */
export async function startEndpointInWorker(options: Partial<Omit<EndpointOptions, 'now'>> = {}): Promise<Endpoint> {
  const threaded = await startThread(new URL('./worker.ts', import.meta.url), options);
  return threaded ?? startEndpoint(options);
}

/** An endpoint with an empty world, or with the one on its disk. */
async function serviceOf(options: ResolvedOptions, behaviour: Behaviour, disk?: Disk): Promise<Service> {
  if (disk === undefined) return { world: emptyWorld(randomBytes(32)), options, behaviour };
  const world = behaviour.restored(worldFrom(await disk.rows()));
  const now = options.now();
  const expired = [...world.spent].filter(([, expires]) => expires <= now).map(([id]) => id);
  for (const id of expired) world.spent.delete(id);
  // Tokens are sealed with its secret from the first one on.
  await disk.write([metaRow(world), ...expired.map((id) => spentRow(id, undefined))]);
  return { world, options, behaviour, disk };
}

function receive(service: Service, request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= service.options.maxBody) chunks.push(chunk);
  });
  request.on('end', () => {
    const answer =
      size > service.options.maxBody
        ? failure(service, 'RequestTooLongException', `The body is longer than ${service.options.maxBody} bytes`)
        : answerTo(service, request, Buffer.concat(chunks, size));
    const respond = (settled: Answer | 'drop'): void => {
      if (service.options.delayMs === 0) send(service, request, response, settled);
      else setTimeout(send, service.options.delayMs, service, request, response, settled);
    };
    if (answer instanceof Promise) void answer.catch(() => broken(service)).then(respond);
    else respond(answer);
  });
}

function answerTo(service: Service, request: IncomingMessage, body: Buffer): ReturnType<typeof handle> {
  const { method = '', url: target = '', headers } = request;
  try {
    return handle(service, { method, target, headers, body });
  } catch {
    return broken(service);
  }
}

function broken(service: Service): Answer {
  return failure(service, 'InternalErrorException', 'The endpoint could not handle this request');
}

function failure(service: Service, name: Parameters<typeof refuse>[0], message: string): Answer {
  return service.behaviour.errorAnswer(refuse(name, message), undefined);
}

function send(service: Service, request: IncomingMessage, response: ServerResponse, answer: Answer | 'drop'): void {
  if (answer === 'drop') {
    request.socket.destroy();
    return;
  }
  const text = answer.text ?? service.behaviour.writeJson(answer.body);
  response.writeHead(answer.status, responseHeaders(answer, request.headers, Buffer.byteLength(text)));
  response.end(text);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
