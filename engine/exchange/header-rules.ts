import { isObject, membersOf, typeNamed } from '../../specs/types/answer.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import { show } from '../../specs/model/state/show.ts';
import type { Exchange } from './call.ts';

/** How the headers of a reply contradict its body. */
export function headerDeviations({ reply, answer }: Exchange): readonly Deviation[] {
  if (reply.kind === 'failure' || reply.body.trim() === '') return [];
  return answer.kind === 'success'
    ? contentTypeDeviations(reply.headers['content-type'])
    : errorTypeDeviations(reply.headers['x-amzn-errortype'], reply.body);
}

/** A reply without the header says nothing wrong (W-04). */
function contentTypeDeviations(header: string | undefined): readonly Deviation[] {
  if (header === undefined) return [];
  const [type = '', ...parameters] = header.toLowerCase().split(';');
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]*)/.exec(one)?.[1]).find(Boolean);
  const suspects = ['wire/success-is-json'];
  const pointer = 'content-type';
  if (!isJson(type.trim())) return [{ pointer, expected: 'application/json', actual: show(header), suspects }];
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8') return [];
  return [{ pointer, expected: 'no charset, or utf-8', actual: show(header), suspects }];
}

/** `application/json`, `application/x-amz-json-1.1`, `text/json`. */
function isJson(type: string): boolean {
  return /^(?:application|text)\//.test(type) && type.includes('json');
}

/** Clients read the type from the header or from the body, each in its own order (W-22). */
function errorTypeDeviations(header: string | undefined, body: string): readonly Deviation[] {
  const [told, written] = [typeNamed(header), typeNamed(typeInBody(body))];
  if (told === null || written === null || told === written) return [];
  const suspects = ['wire/error-type-agrees'];
  return [{ pointer: '__type', expected: `${told}, as the header says`, actual: written, suspects }];
}

function typeInBody(body: string): unknown {
  const fields = membersOf(body);
  return isObject(fields) ? fields['__type'] : undefined;
}
