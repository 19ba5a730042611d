import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Answer } from '../core/behaviour.ts';

const exposed = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';

/** Headers of an answer (W-04, W-05, W-21); those for browsers only when a browser asks. */
export function responseHeaders(answer: Answer, request: IncomingHttpHeaders, length: number): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    'content-type': 'application/json',
    'content-length': length,
    'x-amzn-RequestId': randomUUID(),
  };
  // The real header ends with a colon (W-21).
  if (answer.errorType !== undefined) headers['x-amzn-ErrorType'] = `${answer.errorType}:`;
  if (request.origin !== undefined) {
    headers['access-control-allow-origin'] = '*';
    headers['access-control-expose-headers'] = exposed;
  }
  return answer.headers === undefined ? headers : { ...headers, ...answer.headers };
}

/** Headers of the answer to a browser's preflight, which needs no credentials (W-06). */
export function preflightHeaders(request: IncomingHttpHeaders): OutgoingHttpHeaders {
  const asked = request['access-control-request-headers'];
  return {
    'content-length': 0,
    'x-amzn-RequestId': randomUUID(),
    'access-control-allow-origin': '*',
    ...(asked === undefined ? {} : { 'access-control-allow-headers': asked }),
    'access-control-allow-methods': request['access-control-request-method'] ?? 'GET,POST,DELETE',
    'access-control-expose-headers': exposed,
    'access-control-max-age': '172800',
  };
}
