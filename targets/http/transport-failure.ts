import { errors } from 'undici';
import type { TransportFailure } from '../../specs/types/wire.ts';

type Reason = TransportFailure['reason'];

/** Thrown into undici to end an exchange for a reason of our own. */
export class Cut extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string) {
    super(message);
    this.reason = reason;
  }
}

const TOO_LARGE = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_EXCEEDED_MAX_SIZE']);
const TIMEOUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/** Undici closes the socket on an informational answer it has no use for; the message is all that tells. */
const BAD_ANSWER = new Set(['bad response', 'bad upgrade']);

/**
 * Says in the words of the wire why an exchange ended without an answer.
 * `started` is whether the request may have left this machine: only if it did not is the target `unreachable`.
 */
export function transportFailure(error: unknown, started: boolean, ms: number): TransportFailure {
  return { kind: 'failure', reason: reasonOf(error, started), detail: detailOf(error), ms };
}

function reasonOf(error: unknown, started: boolean): Reason {
  if (error instanceof Cut) return error.reason;
  if (!started) return 'unreachable';
  const code = codeOf(error);
  if (TIMEOUT.has(code)) return 'timeout';
  if (TOO_LARGE.has(code)) return 'too-large';
  // The parser also complains of an answer that ends too early; that is no more than a lost connection.
  if (error instanceof errors.HTTPParserError && !error.message.includes('EOF')) return 'not-http';
  if (error instanceof Error && BAD_ANSWER.has(error.message)) return 'not-http';
  return 'closed';
}

function detailOf(error: unknown): string {
  // Connecting to every address of a name fails with an AggregateError whose own message is empty.
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(detailOf).join('; ');
  }
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  return code === '' || error.message.includes(code) ? error.message : `${error.message} (${code})`;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
