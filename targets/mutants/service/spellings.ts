import type { Behaviour } from '../../reference/core/behaviour.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'wire';

/** A server that reads the bodies of requests in its own way. */
function reading(
  id: string,
  title: string,
  requirement: string,
  minimum: number,
  parse: (text: string, base: Behaviour) => unknown,
): Mutant {
  const mutate = (base: Behaviour): Behaviour => ({ ...base, parseBody: (text) => parse(text, base) });
  return { id, title, requirement, group, minimum, mutate };
}

/** A text without whatever follows its last brace. */
function upToBrace(text: string): string {
  return text.slice(0, text.lastIndexOf('}') + 1);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const spellingMutants: readonly Mutant[] = [
  {
    id: 'raw-colon-refused',
    title: 'A raw colon in a path is refused.',
    requirement: 'wire/raw-colon',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      decodeSegment: (segment) => {
        if (segment.includes(':')) throw new URIError('a raw colon');
        return base.decodeSegment(segment);
      },
    }),
  },
  {
    id: 'one-content-type',
    title: 'Only application/json is read.',
    requirement: 'wire/both-content-types',
    group,
    minimum: 2,
    mutate: (base) => ({ ...base, takesType: (type) => type !== 'application/x-amz-json-1.1' && base.takesType(type) }),
  },
  reading(
    'unknown-member-refused',
    'A body with a member that is not known is refused.',
    'wire/unknown-members-ignored',
    2,
    (text, base) => {
      if (text.includes('"Unknown"')) throw new SyntaxError('an unknown member');
      return base.parseBody(text);
    },
  ),
  reading(
    'white-space-refused',
    'A body that begins with a brace and white space is refused.',
    'wire/json-spelling',
    2,
    (text, base) => {
      if (/^\{\s/.test(text)) throw new SyntaxError('white space');
      return base.parseBody(text);
    },
  ),
  {
    id: 'fractions-refused',
    title: 'A timestamp with a fraction of a second is refused.',
    requirement: 'wire/timestamp-forms',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      misfit: (shape, value, place) =>
        base.misfit(shape, value, place) ??
        (/"DeviceLastModifiedDate":\d+\.\d/.test(JSON.stringify(value))
          ? `${place}.DeviceLastModifiedDate`
          : undefined),
    }),
  },
  reading('exponents-refused', 'A number in exponent form is refused.', 'wire/exponent-timestamps', 2, (text, base) => {
    if (/:-?[\d.]+E\d/.test(text)) throw new SyntaxError('an exponent');
    return base.parseBody(text);
  }),
  {
    id: 'chunks-not-read',
    title: 'Of a body without Content-Length nothing is read.',
    requirement: 'wire/chunked-body',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      readBytes: (request) =>
        request.headers['transfer-encoding'] === undefined ? base.readBytes(request) : Buffer.alloc(0),
    }),
  },
  {
    id: 'any-method-reads',
    title: 'A method that does not exist is taken for GET.',
    requirement: 'wire/unknown-route-refused',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      route: (method, path) => base.route(method === 'PUT' || method === 'PATCH' ? 'GET' : method, path),
    }),
  },
  reading(
    'trailing-text-ignored',
    'Text after the JSON of a body is ignored.',
    'wire/malformed-refused',
    2,
    (text, base) => base.parseBody(parses(text) ? text : upToBrace(text)),
  ),
  {
    id: 'nesting-breaks-parser',
    title: 'A body with lists in lists, a thousand deep, ends in an internal error.',
    requirement: 'wire/malformed-refused',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      readBytes: (request) => {
        if (request.body.includes('['.repeat(1000))) throw new RangeError('too deep');
        return base.readBytes(request);
      },
    }),
  },
  {
    id: 'malformed-stored-all-the-same',
    title: 'A body with text after its JSON is refused, but stored.',
    requirement: 'wire/refusal-stores-nothing',
    group,
    minimum: 3,
    mutate: (base) => {
      let damaged = false;
      return {
        ...base,
        parseBody: (text) => {
          damaged = !parses(text) && parses(upToBrace(text));
          return base.parseBody(damaged ? upToBrace(text) : text);
        },
        intercept: (service, operation, input, answer) => {
          const hidden = damaged;
          damaged = false;
          const refused = {
            status: 400,
            errorType: 'SerializationException',
            body: { message: 'Could not read the request: the body is not JSON' },
          };
          return base.intercept(service, operation, input, hidden ? refused : answer);
        },
      };
    },
  },
];
