import { isUtf8 } from 'node:buffer';
import type { Input, Json, Operation } from '../../../specs/types/wire.ts';
import type { Service } from '../core/behaviour.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import type { Route } from '../core/routes.ts';
import { bodyMembers, queryMembers } from '../core/shapes.ts';
import type { ReceivedRequest } from '../core/request.ts';

type Members = { [member: string]: Json };

/** The input of a call from its path, query and body; a Refusal when they cannot be read. */
export function readInput(service: Service, request: ReceivedRequest, route: Route): Input | Refusal {
  const input: Members = {};
  const problem =
    readBody(service, request, route.operation, input) ??
    readQuery(service, request.target, route.operation, input) ??
    readPath(service, route, input);
  return problem ?? input;
}

function readPath(service: Service, route: Route, input: Members): Refusal | undefined {
  try {
    for (const [name, text] of route.members) input[name] = service.behaviour.decodeSegment(text);
    return undefined;
  } catch {
    return unreadable('the path is not percent-encoded UTF-8');
  }
}

function readQuery(service: Service, target: string, operation: Operation, input: Members): Refusal | undefined {
  const members = queryMembers.get(operation);
  const mark = target.indexOf('?');
  if (members === undefined || mark < 0) return undefined;
  for (const [name, text] of new URLSearchParams(target.slice(mark + 1))) {
    const known = members.get(name);
    if (known === undefined) continue;
    if (known.shape === 'string') {
      input[known.member] = text;
      continue;
    }
    const number = text === '' ? Number.NaN : Number(text);
    if (service.behaviour.misfit('integer', number, name) !== undefined)
      return unreadable(`${name} is not a whole number`);
    input[known.member] = number;
  }
  return undefined;
}

function readBody(
  service: Service,
  request: ReceivedRequest,
  operation: Operation,
  input: Members,
): Refusal | undefined {
  const members = bodyMembers.get(operation);
  if (members === undefined) return undefined;
  if (!service.behaviour.takesType(mediaType(request.headers['content-type']))) {
    return refuse('UnsupportedMediaTypeException', 'The body must be application/json');
  }
  const bytes = service.behaviour.readBytes(request);
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) return unreadable('the body is not UTF-8');
  let body: unknown;
  try {
    body = service.behaviour.parseBody(bytes.toString());
  } catch {
    return unreadable('the body is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return unreadable('the body is not an object');
  for (const [name, shape] of Object.entries(members)) {
    const value = Object.hasOwn(body, name) ? (body as Members)[name] : undefined;
    if (value === undefined || value === null) continue;
    const place = service.behaviour.misfit(shape, value, name);
    if (place !== undefined) return unreadable(`${place} has the wrong type`);
    input[name] = value;
  }
  return undefined;
}

/** The content type without its parameters. */
function mediaType(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  return (header.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function unreadable(reason: string): Refusal {
  return refuse('SerializationException', `Could not read the request: ${reason}`);
}
