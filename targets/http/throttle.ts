import type { HttpResponse } from '../../specs/types/wire.ts';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 20_000;

const THROTTLED = /throttl|too ?many ?requests|slow ?down|request ?limit ?exceeded|reduce your request rate/i;

/** What services of AWS answer with status 400 (common errors: ThrottlingException). */
const THROTTLED_400 = /^(?:Throttl(?:ing|ed)(?:Exception)?|RequestThrottled(?:Exception)?|RequestLimitExceeded)$/;

/**
 * Whether the answer only asks to come back later, so that the request is known to have had no effect.
 * A 429 that names another error is not one: LambdaThrottledException (W-32) is an answer of the service.
 */
export function isThrottled(response: HttpResponse): boolean {
  if (![400, 429, 503].includes(response.status)) return false;
  const type = errorType(response);
  if (response.status === 400) return THROTTLED_400.test(type);
  if (response.status === 429) return type === '' || (THROTTLED.test(type) && !/lambda/i.test(type));
  return 'retry-after' in response.headers || THROTTLED.test(type) || THROTTLED.test(response.body.slice(0, 1000));
}

/** How long to wait before attempt `attempt` + 1 (from 0), in milliseconds: `Retry-After` if given, else doubling. */
export function retryDelay(response: HttpResponse, attempt: number, now: number): number {
  const backoff = FIRST_DELAY_MS * 2 ** attempt;
  const asked = retryAfter(response.headers['retry-after'], now);
  return Math.min(MAX_DELAY_MS, Math.max(backoff, asked));
}

function retryAfter(value: string | undefined, now: number): number {
  if (value === undefined) return 0;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/** The error's name as AWS clients read it (W-22): the header before its first colon, else `__type` after `#`. */
function errorType(response: HttpResponse): string {
  const header = response.headers['x-amzn-errortype'];
  if (header !== undefined) return header.split(':', 1)[0] ?? '';
  return /"__type"\s*:\s*"(?:[^"#]*#)?([^"]*)"/.exec(response.body.slice(0, 1000))?.[1] ?? '';
}
