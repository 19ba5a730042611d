import type { Finding, FindingStep } from '../../engine/interface/events.ts';
import type { Piece } from './shell.ts';

/** Stands where a call carried a token that no call of the sequence had given out. */
export const MADE_UP_TOKEN = 'made-up-session-token';

/** A bash function that prints the token of the last answer as it stands in its JSON, so that it fits into JSON again. */
export const TOKEN_OF_REPLY: readonly string[] = [
  'token_of_reply() {',
  `  printf '%s' "$reply" | tr '\\n' ' ' |`,
  `    sed -nE 's/.*"SyncSessionToken"[[:space:]]*:[[:space:]]*"(([^"\\]|\\\\.)*)".*/\\1/p'`,
  '}',
];

const BODY_TOKEN = /("SyncSessionToken"\s*:\s*)("(?:[^"\\]|\\.)+")/g;
const QUERY_TOKEN = /([?&]syncSessionToken=)([^&]+)/;

/** Where the token of a step comes from: the number of an earlier call, or undefined for a made-up one. */
export function tokenSource(finding: Finding, index: number): number | undefined {
  const from = finding.steps[index]?.tokenFrom;
  return from !== undefined && Number.isInteger(from) && from >= 1 && from <= index ? from : undefined;
}

/** The numbers of the calls whose token a later call needs. */
export function tokenGivers(finding: Finding): ReadonlySet<number> {
  const sources = finding.steps.map((_, index) => tokenSource(finding, index));
  return new Set(sources.filter((source) => source !== undefined));
}

function memberOf(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'SyncSessionToken' in value ? value.SyncSessionToken : null;
  } catch {
    return null;
  }
}

/**
 * The body with `token` in place of the recorded one, every other byte kept: the text is cut around the value, not
 * parsed and written again, since the number format or a repeated member may be the point of the call.
 */
export function bodyWithToken(body: string, token: Piece): readonly Piece[] {
  const member = memberOf(body);
  for (const match of body.matchAll(BODY_TOKEN)) {
    const [whole, before = '', value = ''] = match;
    if (JSON.parse(value) !== member) continue;
    return [`${body.slice(0, match.index)}${before}"`, token, `"${body.slice(match.index + whole.length)}`];
  }
  return [body];
}

/** The path with `token`, percent-encoded already, in place of the recorded one. */
export function pathWithToken(path: string, token: Piece): readonly Piece[] {
  const match = QUERY_TOKEN.exec(path);
  if (match === null) return [path];
  const [whole, before = ''] = match;
  return [`${path.slice(0, match.index)}${before}`, token, path.slice(match.index + whole.length)];
}

/** Whether the token of the call, if it has one, travels in the query. */
export function hasQueryToken(step: FindingStep): boolean {
  return QUERY_TOKEN.test(step.request.path);
}
