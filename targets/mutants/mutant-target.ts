import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpRequest, Reply, Target } from '../../specs/types/wire.ts';
import type { Answer, Service } from '../reference/core/behaviour.ts';
import { handle } from '../reference/server/handle.ts';
import { type EndpointOptions, resolveOptions } from '../reference/core/options.ts';
import { refuse } from '../reference/core/refusal.ts';
import { responseHeaders } from '../reference/server/response-headers.ts';
import { emptyWorld } from '../reference/core/world.ts';
import { type Faults, withFaults } from './start.ts';

/**
 * The endpoint with these faults (none: as it should be), reached without a connection: a hundred runs in a row then
 * take minutes instead of half an hour, and the same seed gives the same run to the last request.
 */
export function mutantTarget(faults: Faults, given: Partial<EndpointOptions> = {}): Target {
  const { behaviour, options } = withFaults(faults, given);
  const service: Service = { world: emptyWorld(randomBytes(32)), options: resolveOptions(options), behaviour };
  return {
    send: (request) => reply(service, request),
    close: () => Promise.resolve(),
  };
}

/** Longer than any fault waits that answers after all. Milliseconds. */
const patienceMs = 500;

async function reply(
  service: Service,
  { method, path, headers: sent, body = '', chunked = false }: HttpRequest,
): Promise<Reply> {
  const headers = chunked ? { ...sent, 'transfer-encoding': 'chunked' } : sent;
  const answer = await Promise.race([
    answerTo(service, { method, target: path, headers, body: Buffer.from(body) }),
    delay(patienceMs, 'silence' as const, { ref: false }),
  ]);
  if (answer === 'silence') return { kind: 'failure', reason: 'timeout', detail: 'no answer', ms: 60_000 };
  if (answer === 'drop') return { kind: 'failure', reason: 'closed', detail: 'the endpoint hung up', ms: 1 };
  const text = answer.text ?? service.behaviour.writeJson(answer.body);
  const shown = Object.entries(responseHeaders(answer, headers, Buffer.byteLength(text)));
  return {
    kind: 'response',
    status: answer.status,
    headers: {
      ...Object.fromEntries(shown.map(([name, value]) => [name.toLowerCase(), String(value)])),
      // Over a connection node's server adds it.
      date: new Date(service.options.now()).toUTCString(),
    },
    body: text,
    ms: 1,
  };
}

async function answerTo(service: Service, request: Parameters<typeof handle>[1]): Promise<Answer | 'drop'> {
  try {
    return await handle(service, request);
  } catch {
    const refusal = refuse('InternalErrorException', 'The endpoint could not handle this request');
    return service.behaviour.errorAnswer(refusal, undefined);
  }
}
