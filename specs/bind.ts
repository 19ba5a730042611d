import { contract } from './contract.ts';
import type { MemberSpec, OperationSpec } from './types/contract-types.ts';
import type { HttpRequest, Input, Json, Operation } from './types/wire.ts';

/** A call recognised in recorded traffic. */
export interface Call {
  readonly operation: Operation;
  readonly input: Input;
}

interface Route {
  readonly operation: Operation;
  readonly method: string;
  /** URI segments after the first slash; a member where the URI has braces. */
  readonly segments: readonly (string | MemberSpec)[];
  readonly query: readonly MemberSpec[];
  readonly header: readonly MemberSpec[];
  readonly body: readonly MemberSpec[];
}

const ROUTES: ReadonlyMap<Operation, Route> = new Map(
  Object.values(contract.operations).map((spec) => [spec.operation, compile(spec)]),
);

function compile({ operation, method, uri, input }: OperationSpec): Route {
  const member = (wire: string): MemberSpec | undefined => input.find((m) => m.in === 'path' && m.wire === wire);
  return {
    operation,
    method,
    segments: uri
      .slice(1)
      .split('/')
      .map((segment) => (segment.startsWith('{') ? (member(segment.slice(1, -1)) ?? segment) : segment)),
    query: input.filter((m) => m.in === 'query'),
    header: input.filter((m) => m.in === 'header'),
    body: input.filter((m) => m.in === 'body'),
  };
}

/**
 * The request AWS's JavaScript SDK makes of these members, except that values pass unchecked: ids are percent-encoded
 * (W-07), 0 is sent and absent members are left out (W-33), and only requests with body members carry a content type
 * (W-03). Null stays null in the body and counts as absent elsewhere. Throws when a path member is missing or a
 * member is not the operation's.
 */
export function bind(operation: Operation, input: Input): HttpRequest {
  const route = ROUTES.get(operation)!;
  let used = 0;
  const take = (name: string): Json | undefined => {
    const value = input[name];
    if (value !== undefined) used++;
    return value;
  };

  let path = '';
  for (const segment of route.segments) {
    if (typeof segment === 'string') path += `/${segment}`;
    else path += `/${encode(take(segment.name) ?? missing(operation, segment.name))}`;
  }
  let mark = '?';
  for (const { name, wire } of route.query) {
    const value = take(name) ?? null;
    if (value === null) continue;
    path += `${mark}${wire}=${encode(value)}`;
    mark = '&';
  }
  const headers: Record<string, string> = {};
  for (const { name, wire } of route.header) {
    const value = take(name) ?? null;
    if (value !== null) headers[wire.toLowerCase()] = plain(value);
  }
  const { body } = route;
  if (body.length > 0) {
    headers['content-type'] = 'application/json';
    const content: Record<string, Json> = {};
    for (const { name, wire } of body) {
      const value = take(name);
      if (value !== undefined) content[wire] = value;
    }
    rejectUnknown(operation, input, used);
    return { method: route.method, path, headers, body: JSON.stringify(content) };
  }
  rejectUnknown(operation, input, used);
  return { method: route.method, path, headers };
}

/**
 * The call behind a recorded request; `path` may hold a query string, and `:` may be raw or encoded (W-08). Undefined
 * when no operation has this method and path, or when the request cannot be read (bad percent-encoding, a body that is
 * no JSON object). Header names in lower case. Members the operation does not know are dropped.
 */
export function unbind(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): Call | undefined {
  const mark = path.indexOf('?');
  const segments = (mark < 0 ? path : path.slice(0, mark)).slice(1).split('/');
  const route = [...ROUTES.values()].find((candidate) => matches(candidate, method.toUpperCase(), segments));
  if (!route) return undefined;
  try {
    const input: Record<string, Json> = {};
    route.segments.forEach((segment, index) => {
      if (typeof segment !== 'string') input[segment.name] = decodeURIComponent(segments[index]!);
    });
    const query = mark < 0 ? new Map<string, string>() : parseQuery(path.slice(mark + 1));
    for (const member of route.query) {
      const text = query.get(member.wire);
      if (text !== undefined) input[member.name] = parseValue(member, text);
    }
    for (const member of route.header) {
      const text = headers[member.wire.toLowerCase()];
      if (text !== undefined) input[member.name] = text;
    }
    if (route.body.length > 0 && body) {
      const content: unknown = JSON.parse(body);
      if (!isObject(content)) return undefined;
      for (const { name, wire } of route.body) {
        const value = content[wire];
        if (value !== undefined) input[name] = value;
      }
    }
    return { operation: route.operation, input };
  } catch {
    return undefined;
  }
}

/** Of a value that comes from JSON text. */
function isObject(value: unknown): value is { readonly [member: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matches(route: Route, method: string, segments: readonly string[]): boolean {
  return (
    route.method === method &&
    route.segments.length === segments.length &&
    route.segments.every((segment, index) => typeof segment !== 'string' || segment === segments[index])
  );
}

/** `+` stays `+`: AWS's signature knows only `%20` for a space, and session tokens are base64. */
function parseQuery(query: string): ReadonlyMap<string, string> {
  return new Map(
    query.split('&').map((pair) => {
      const cut = pair.indexOf('=');
      return cut < 0
        ? [decodeURIComponent(pair), '']
        : [decodeURIComponent(pair.slice(0, cut)), decodeURIComponent(pair.slice(cut + 1))];
    }),
  );
}

/** What is no integer stays text: the service has to judge it, not we. */
function parseValue({ type }: MemberSpec, text: string): Json {
  const number = Number(text);
  return (type === 'integer' || type === 'long') && String(number) === text ? number : text;
}

/** Percent-encodes all but unreserved characters. Lone surrogates, which have no encoding, become U+FFFD. */
function encode(value: Json): string {
  const text = plain(value).replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function missing(operation: Operation, name: string): never {
  throw new TypeError(`bind(${operation}) needs ${name} for the path`);
}

function rejectUnknown(operation: Operation, input: Input, used: number): void {
  const given = Object.keys(input).filter((name) => input[name] !== undefined);
  if (given.length === used) return;
  const known = contract.operations[operation].input.map((member) => member.name);
  throw new TypeError(`${operation} has no member ${given.filter((name) => !known.includes(name)).join(', ')}`);
}
