import type { Reply } from './wire.ts';

/** What a reply says, apart from how it was written. */
export type Answer = Success | Failure | Silence;

export interface Success {
  readonly kind: 'success';
  readonly status: number;
  readonly output: Output;
}

/** `type` and `message` are null where the reply carries none. */
export interface Failure {
  readonly kind: 'failure';
  readonly status: number;
  readonly type: string | null;
  readonly message: string | null;
}

/** No usable answer. */
export interface Silence {
  readonly kind: 'silence';
  readonly reason: string;
  /** Of a reply that came, but is no JSON object. */
  readonly status?: number;
}

export interface Output {
  readonly [member: string]: unknown;
}

/** Reads a reply as AWS's clients do: the type from `x-amzn-errortype` up to the colon, else from `__type` after the `#` (W-22). */
export function readAnswer(reply: Reply): Answer {
  if (reply.kind === 'failure') return { kind: 'silence', reason: reply.reason };
  const body = membersOf(reply.body);
  // Whoever names an error has not answered, whatever the status says.
  if (reply.status >= 200 && reply.status < 300 && (reply.headers['x-amzn-errortype'] ?? '') === '') {
    if (isObject(body)) return { kind: 'success', status: reply.status, output: body };
    if (reply.body.trim() === '') return { kind: 'success', status: reply.status, output: {} };
    const reason = `a body that is not a JSON object (status ${reply.status})`;
    return { kind: 'silence', reason, status: reply.status };
  }
  const fields = isObject(body) ? body : {};
  return {
    kind: 'failure',
    status: reply.status,
    type: errorType(reply.headers, fields),
    message: errorMessage(fields),
  };
}

/** When a reply says that it was made, by its Date header; epoch seconds, null without one that can be read. */
export function answeredAt(reply: Reply): number | null {
  const text = reply.kind === 'response' ? (reply.headers['date'] ?? '') : '';
  // Without the zone that HTTP asks for it would be read in ours.
  const ms = text.length < 64 && text.endsWith('GMT') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : ms / 1000;
}

/** A short name for what came back: `ok`, the error type, `HTTP 500` or `no answer (timeout)`. Part of failure keys. */
export function answerClass(answer: Answer): string {
  if (answer.kind === 'success') return 'ok';
  if (answer.kind === 'failure') return answer.type ?? `HTTP ${answer.status}`;
  return `no answer (${answer.reason})`;
}

export function isObject(value: unknown): value is Output {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON value of a body; undefined where it is none. */
export function membersOf(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function errorType(headers: { readonly [name: string]: string }, body: Output): string | null {
  return typeNamed(headers['x-amzn-errortype'] ?? body['__type'] ?? body['code']);
}

/** The name of an error type as headers and bodies write it: a colon may follow, a `#` may stand before (W-21, W-22). */
export function typeNamed(raw: unknown): string | null {
  if (typeof raw !== 'string') return null;
  const name = raw.split(':')[0]?.split('#').at(-1)?.trim() ?? '';
  // A type is a name; anything else is the target's text and must not become part of a failure key.
  return /^\w{1,80}$/.test(name) ? name : null;
}

function errorMessage(body: Output): string | null {
  const raw = body['message'] ?? body['Message'];
  return typeof raw === 'string' ? raw : null;
}
export function recordsOf(output: Output): readonly Output[] {
  const records = output['Records'];
  return Array.isArray(records) ? records.filter(isObject) : [];
}
