import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { HttpRequest, Reply } from '../../specs/types/wire.ts';
import { Cut, transportFailure } from './transport-failure.ts';
import { wasUsedBefore } from './used-connections.ts';

export interface ExchangeLimits {
  /** From the first byte sent to the last byte received, in milliseconds. */
  readonly readTimeoutMs: number;
  readonly maxBodyBytes: number;
  /** The connection is closed after the answer. */
  readonly ownConnection?: boolean;
}

/**
 * One request and its answer over a dispatcher. Resolves in every case but one: a request that HTTP cannot carry
 * (a line feed in a header, a space in the path) is our own fault and rejects.
 *
 * It implements undici's dispatch handler rather than calling `request`, because the stream that `request` makes
 * for each body costs more than the rest of the exchange together.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  limits: ExchangeLimits,
  signal?: AbortSignal,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      resolve(transportFailure(aborted(), false, 0));
      return;
    }
    let startedAt = performance.now();
    let controller: Dispatcher.DispatchController | undefined;
    let deadline: NodeJS.Timeout | undefined;
    let settled = false;
    let used = false;
    let status = 0;
    let headers: { readonly [name: string]: string } = {};
    let chunks: Buffer[] = [];
    let size = 0;

    const settle = (reply: Reply): void => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      signal?.removeEventListener('abort', onAbort);
      resolve(reply);
    };
    const cut = (reason: Cut): void => {
      settle(transportFailure(reason, controller !== undefined, performance.now() - startedAt));
      controller?.abort(reason);
    };
    const onAbort = (): void => {
      cut(aborted());
    };
    signal?.addEventListener('abort', onAbort, { once: true });

    const dispatched: Dispatcher.DispatchOptions = {
      method: request.method,
      path: request.path,
      headers: request.headers,
      body: request.chunked === true ? inChunks(request.body ?? '') : (request.body ?? null),
      ...(limits.ownConnection === true ? { reset: true } : {}),
    };
    dispatcher.dispatch(dispatched, {
      onRequestStart(started) {
        used = wasUsedBefore(dispatched);
        if (settled) {
          started.abort(aborted());
          return;
        }
        controller = started;
        startedAt = performance.now();
        // One deadline for headers and body together: a server that drips bytes resets any idle timer.
        deadline = setTimeout(() => {
          cut(new Cut('timeout', `no complete answer within ${limits.readTimeoutMs} ms`));
        }, limits.readTimeoutMs);
      },
      onRequestUpgrade(_controller, _status, _headers, socket) {
        socket.destroy();
        cut(new Cut('not-http', 'the target switched protocols unasked'));
      },
      onResponseStart(_controller, code, received) {
        if (code < 200) return;
        status = code;
        headers = plainHeaders(received);
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > limits.maxBodyBytes) {
          chunks = [];
          cut(new Cut('too-large', `the body is longer than ${limits.maxBodyBytes} bytes`));
          return;
        }
        chunks.push(chunk);
      },
      onResponseEnd() {
        settle({ kind: 'response', status, headers, body: textOf(chunks), ms: performance.now() - startedAt });
      },
      onResponseError(_controller, error) {
        if (isOurFault(error)) {
          clearTimeout(deadline);
          signal?.removeEventListener('abort', onAbort);
          reject(
            new TypeError(`[${request.method}] ${JSON.stringify(request.path)}: ${error.message}`, { cause: error }),
          );
          return;
        }
        const failure = transportFailure(error, controller !== undefined, performance.now() - startedAt);
        settle(used && status === 0 && failure.reason === 'closed' ? { ...failure, stale: true } : failure);
      },
    });
  });
}

/** For what a server says to the head of a request: whoever goes on writing to one that has hung up does not get to read it. */
const HEARING_MS = 100;

/** A body whose length undici cannot know, so that it goes out in chunks: three, where it is long enough. */
function inChunks(text: string): Readable {
  const bytes = Buffer.from(text);
  const third = Math.ceil(bytes.length / 3);
  async function* parts(): AsyncGenerator<Buffer> {
    for (const part of [0, 1, 2]) {
      const chunk = bytes.subarray(part * third, (part + 1) * third);
      if (chunk.length === 0) return;
      if (part === 1) await delay(HEARING_MS);
      yield chunk;
    }
  }
  return Readable.from(parts());
}

function aborted(): Cut {
  return new Cut('aborted', 'the run was stopped');
}

/** Undici refused to send the request. */
function isOurFault(error: Error): boolean {
  return 'code' in error && (error.code === 'UND_ERR_INVALID_ARG' || error.code === 'UND_ERR_NOT_SUPPORTED');
}

function textOf(chunks: readonly Buffer[]): string {
  const [first] = chunks;
  if (first === undefined) return '';
  return (chunks.length === 1 ? first : Buffer.concat(chunks)).toString('utf8');
}

/** Undici reads header bytes as latin1; what was UTF-8 is given back its characters, bad bytes become U+FFFD. */
function plainHeaders(received: { readonly [name: string]: string | string[] | undefined }): {
  readonly [name: string]: string;
} {
  // fromEntries defines members, so a header called __proto__ stays data.
  return Object.fromEntries(
    Object.entries(received).map(([name, value]) => [
      name,
      utf8(Array.isArray(value) ? value.join(', ') : (value ?? '')),
    ]),
  );
}

function utf8(latin1: string): string {
  return /^[\0-\x7f]*$/.test(latin1) ? latin1 : Buffer.from(latin1, 'latin1').toString('utf8');
}
