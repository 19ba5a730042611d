import type { HttpCall } from '../exchange/call.ts';
import type { Problem } from '../interface/hint.ts';
import type { RunContext } from '../interface/options.ts';

/** Milliseconds between the attempts to reach a target that has answered before: it may be restarting. */
export const waits: readonly number[] = [100, 250, 500, 1_000, 2_000, 4_000];

/** Calls of which the sentence speaks; a run has no more under way than its concurrency. */
export const mostCalls = 8;
const longestCall = 160;

/** Members that only tell where a call goes. */
const places: ReadonlySet<string> = new Set(['DeviceId', 'SyncSessionToken']);

/** The problem of a target that went away for good. `cutOff`: the calls whose connection was closed when it went. */
export function sayGone(
  { info }: RunContext,
  requests: number,
  detail: string,
  cutOff: readonly HttpCall[],
  seed: number,
): Problem {
  const calls = [...new Set(cutOff.map(sayCutOff))];
  const asked =
    calls.length === 0
      ? ''
      : ` It went during ${calls.length === 1 ? 'this call' : 'one of these calls'}: ${calls.join('; ')}.`;
  return {
    text: `${info.endpointUrl} stopped answering after ${requests} requests (${detail}).${asked}`,
    hint: { code: 'run-again', seed, oneAtATime: calls.length > 1 },
  };
}

/** What was sent, rather than what was meant: a text that is no JSON may be what the target could not bear. */
function sayCutOff({ operation, request }: HttpCall): string {
  const text = request.body === undefined ? '' : ` ${withoutPlaces(request.body)}`;
  return `${operation}${text.length <= longestCall ? text : `${text.slice(0, longestCall)}…`}`;
}

function withoutPlaces(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body, (name, value: unknown) => (places.has(name) ? undefined : value)));
  } catch {
    return body;
  }
}
