import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'undici';
import type { HttpRequest, Reply, Target } from '../../specs/types/wire.ts';
import { adaptivePace } from './adaptive-pace.ts';
import type { Credentials, CredentialSource } from './credentials.ts';
import { exchange } from './exchange.ts';
import { signer } from './sign.ts';
import { isThrottled, retryDelay } from './throttle.ts';
import { tokenBucket } from './token-bucket.ts';
import { transportFailure, Cut } from './transport-failure.ts';
import { rememberingPool } from './used-connections.ts';

export interface HttpTargetOptions {
  /** http or https; a path in it is put before the path of every request. */
  readonly endpointUrl: string;
  readonly region: string;
  readonly credentials?: Credentials | CredentialSource;
  /** Default: whether there are credentials. */
  readonly sign?: boolean;
  /** Until the connection stands, TLS included. Default 60000. */
  readonly connectTimeoutMs?: number;
  /** From the first byte sent to the last byte received. Default 60000. */
  readonly readTimeoutMs?: number;
  /** Default 32 MiB, more than a megabyte of text is with every character escaped; a longer body ends the exchange as `too-large`. */
  readonly maxBodyBytes?: number;
  /** Default true. */
  readonly verifyTls?: boolean;
  /** Path of a PEM file with the certificates to trust instead of the built-in ones. */
  readonly caBundle?: string;
  /** Requests per second; unlimited by default. */
  readonly rateLimit?: number;
  /** Connections kept open, and with that the most requests in flight, of each lane apart. Default 8. */
  readonly connections?: number;
  /** How often a throttled request is sent again. Default 6. */
  readonly maxRetries?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

interface HttpStats {
  /** Requests sent, retries included. */
  readonly requests: number;
  readonly retries: number;
  /** How many answers had each status; the throttled ones included. */
  readonly statuses: { readonly [status: string]: number };
}

export interface HttpTarget extends Target {
  stats(): HttpStats;
}

/**
 * A server at the other end of HTTP. What the server does never makes `send` reject, only what cannot be sent does; throttling is waited out, every
 * other answer is handed on as it came and never asked for twice.
 * @throws TypeError for a URL that cannot be an endpoint, Error for a CA bundle that cannot be read.
 */
export function httpTarget(options: HttpTargetOptions): HttpTarget {
  const url = endpoint(options.endpointUrl);
  const prefix = url.pathname.replace(/\/+$/, '');
  const now = options.now ?? Date.now;
  const sleep = options.sleep ?? ((ms: number) => delay(ms));
  const maxRetries = options.maxRetries ?? 6;
  const limits = {
    readTimeoutMs: options.readTimeoutMs ?? 60_000,
    maxBodyBytes: options.maxBodyBytes ?? 32 * 1024 * 1024,
  };
  const sign = signing(options, url.host, now);
  const pace = options.rateLimit === undefined ? undefined : tokenBucket(options.rateLimit, now, sleep);
  const connect = {
    timeout: options.connectTimeoutMs ?? 60_000,
    rejectUnauthorized: options.verifyTls ?? true,
    ...(options.caBundle !== undefined && { ca: readFileSync(options.caBundle, 'utf8') }),
  };
  const mostConnections = options.connections ?? 8;
  let connections = mostConnections;
  /** Until the connections of before are closed. */
  let room: Promise<unknown> = Promise.resolve();
  /** By lane: what has none shares one, and so do all when connections are few; and what has a connection of its own. */
  const pools = new Map<number | 'own' | undefined, Pool>();
  const poolOf = (asked: number | 'own' | undefined): Pool => {
    const lane = connections < mostConnections && asked !== 'own' ? undefined : asked;
    const known = pools.get(lane);
    if (known !== undefined) return known;
    const pool = rememberingPool(url.origin, {
      connections,
      pipelining: 1,
      // Shorter than any server keeps idle connections, lest a request meets one that is just being closed.
      keepAliveTimeout: 1000,
      // The same where the server names a longer time: a busy machine comes too late for it.
      keepAliveMaxTimeout: 1000,
      // Every exchange has a deadline of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect,
    });
    pools.set(lane, pool);
    return pool;
  };
  const adaptive = adaptivePace(now, sleep);
  const statuses: Record<string, number> = {};
  let requests = 0;
  let retries = 0;
  let stale = 0;

  const attempt = async (request: HttpRequest, signal?: AbortSignal, limitMs = Infinity): Promise<Reply> => {
    if (request.signature !== undefined && sign === undefined)
      throw new TypeError('a signature can be spoilt only where requests are signed');
    if (pace) await unlessAborted(pace(), signal);
    const wait = adaptive.wait();
    if (wait !== undefined) await unlessAborted(wait, signal);
    requests += 1;
    // A read may be sent again; a write that met the end of a used connection would leave its play in the dark.
    const ownConnection = stale > 0 && !isRead(request);
    const patient = { ...limits, readTimeoutMs: Math.min(limits.readTimeoutMs, limitMs), ownConnection };
    const signed = sign ? await sign(request) : request;
    await room;
    const reply = await exchange(poolOf(ownConnection ? 'own' : request.lane), signed, patient, signal);
    if (reply.kind === 'response') statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
    return reply;
  };

  /** Sends a read again that met the end of a used connection: as often as there may be such connections, and once more. */
  const surely = async (request: HttpRequest, signal?: AbortSignal, limitMs?: number): Promise<Reply> => {
    for (let tries = 0; ; tries += 1) {
      const reply = await attempt(request, signal, limitMs);
      if (reply.kind !== 'failure' || reply.stale !== true) return reply;
      stale += 1;
      if (!isRead(request) || tries > mostConnections) return reply;
    }
  };

  let unlimited: AbortSignal | undefined;
  return {
    signs: sign !== undefined,
    staleConnections: () => stale,
    async send(request, signal, limitMs) {
      // One signal ends the whole run, so it has as many listeners as there are requests in flight.
      if (signal !== undefined && signal !== unlimited) setMaxListeners(0, signal);
      unlimited = signal;
      const prefixed = prefix === '' ? request : { ...request, path: prefix + request.path };
      for (let tries = 0; ; tries += 1) {
        const reply = await surely(prefixed, signal, limitMs);
        const throttled = reply.kind === 'response' && isThrottled(reply);
        if (throttled) adaptive.throttled();
        else adaptive.answered();
        if (!throttled || tries >= maxRetries) return reply;
        await unlessAborted(sleep(retryDelay(reply, tries, now())), signal);
        if (signal?.aborted) return transportFailure(new Cut('aborted', 'the run was stopped'), true, reply.ms);
        retries += 1;
      }
    },
    limit(most) {
      const wanted = Math.min(most, mostConnections);
      if (wanted === connections) return;
      connections = wanted;
      room = Promise.all([room, ...[...pools.values()].map((pool) => pool.close())]);
      pools.clear();
    },
    close: async () => {
      await room;
      for (const pool of pools.values()) await pool.destroy();
    },
    stats: () => ({ requests, retries, statuses: { ...statuses } }),
  };
}

function isRead({ method }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function endpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`an endpoint URL begins with http:// or https://, got ${JSON.stringify(text)}`);
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new TypeError('an endpoint URL has neither user, query nor fragment');
  }
  return url;
}

function signing(
  options: HttpTargetOptions,
  host: string,
  now: () => number,
): ((request: HttpRequest) => Promise<HttpRequest>) | undefined {
  const { credentials } = options;
  if (!(options.sign ?? credentials !== undefined)) return undefined;
  if (credentials === undefined) throw new TypeError('requests can be signed only with credentials');
  const source = typeof credentials === 'function' ? credentials : () => Promise.resolve(credentials);
  return signer({ region: options.region, credentials: source, host, now });
}

async function unlessAborted(wait: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (signal === undefined) return wait;
  const listening = new AbortController();
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { signal: listening.signal },
    );
  });
  await Promise.race([wait, aborted]).finally(() => {
    listening.abort();
  });
}
