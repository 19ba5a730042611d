import { isObject } from '../../specs/types/answer.ts';
import type { HttpEdit } from '../../specs/types/check-step.ts';
import type { HttpRequest, Json } from '../../specs/types/wire.ts';

/** The bound request as the check wants it sent. */

export function edited(request: HttpRequest, edit: HttpEdit): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries({ ...request.headers, ...edit.headers }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    ),
  );
  const path = (edit.path ?? []).reduce((text, [from, to]) => text.replaceAll(from, to), request.path);
  const body = editedBody(request.body, edit.body);
  return {
    method: edit.method ?? request.method,
    path,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(edit.chunked === undefined ? {} : { chunked: edit.chunked }),
    ...(edit.signature === undefined ? {} : { signature: edit.signature }),
  };
}
/** The same JSON, spelled as few clients do: members in the other order, white space, letters as escapes. */
function respelled(value: Json, space: string): string {
  const inner = `${space}\t `;
  if (Array.isArray(value))
    return `[${inner}${value.map((item: Json) => respelled(item, inner)).join(` ,${inner}`)}${space}]`;
  if (isObject(value)) {
    const members = Object.entries(value).reverse();
    return `{${inner}${members.map(([name, item]) => `${JSON.stringify(name)} :\r${inner}${respelled(item, inner)}`).join(`,${inner}`)}${space}}`;
  }
  if (typeof value !== 'string' || value.length > 40) return JSON.stringify(value);
  return `"${[...value].map((character) => (/^[a-zA-Z]$/.test(character) ? escaped(character) : JSON.stringify(character).slice(1, -1))).join('')}"`;
}
function escaped(letter: string): string {
  return `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
export function changed(base: string, text: (member: string) => string, length: unknown): string {
  const [start, middle, end] = [text('start'), text('middle'), text('end')];
  const room = typeof length === 'number' ? length - start.length - middle.length - end.length : base.length;
  const kept = base.slice(0, room).padEnd(room, base.slice(-1));
  const half = Math.ceil(kept.length / 2);
  return start + kept.slice(0, half) + middle + kept.slice(half) + end;
}
function editedBody(body: string | undefined, edit: HttpEdit['body']): string | undefined {
  if (edit === undefined) return body;
  const spelled = edit.respelled === true && body !== undefined ? respelled(JSON.parse(body) as Json, '\n') : body;
  const replaced = (edit.replace ?? []).reduce((text, [from, to]) => text.replaceAll(from, to), spelled ?? '');
  return edit.text ?? `${edit.before ?? ''}${replaced}${edit.after ?? ''}`;
}
