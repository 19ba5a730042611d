import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { toolVersion } from '../cli/common/version.ts';
import type { RunContext } from '../engine/interface/options.ts';
import type { Credentials } from '../targets/http/credentials.ts';
import { httpTarget } from '../targets/http/http-target.ts';
import { redact } from '../targets/http/redact.ts';
import type { ServerOptions } from './server-options.ts';

/** A server that is ready to be judged. */
export interface OpenServer {
  readonly context: RunContext;
  /** A copy without session tokens, signatures and the credentials in use. */
  readonly withoutSecrets: <T>(value: T) => T;
  readonly close: () => Promise<void>;
}

/** Throws a TypeError for a URL that cannot be an endpoint. Sends nothing. */
export function openServer({
  endpointUrl,
  region = 'us-east-1',
  credentials,
  concurrency,
  signal,
}: ServerOptions): OpenServer {
  const secrets = new Set<string>();
  const source = async (): Promise<Credentials> => {
    const current = typeof credentials === 'function' ? await credentials() : credentials!;
    for (const secret of [current.secretAccessKey, current.sessionToken ?? '']) if (secret !== '') secrets.add(secret);
    return current;
  };
  const target = httpTarget({
    endpointUrl,
    region,
    ...(credentials === undefined ? {} : { credentials: source }),
    ...(concurrency === undefined ? {} : { connections: concurrency }),
  });
  return {
    context: {
      target,
      info: { endpointUrl, region, embedded: false, signed: credentials !== undefined },
      toolVersion: toolVersion(),
      runId: randomBytes(4).toString('hex'),
      now: Date.now,
      sleep: (ms) => delay(ms),
      // The engine deletes its test data itself; a caller that may be killed uses the command line, which keeps a file.
      ledger: { planned: () => Promise.resolve(), deleted: () => Promise.resolve() },
      ...(signal === undefined ? {} : { signal }),
    },
    withoutSecrets: (value) => redact(value, [...secrets]),
    close: () => target.close(),
  };
}
