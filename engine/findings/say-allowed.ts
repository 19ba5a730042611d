import { isObject } from '../../specs/types/answer.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import { show } from '../../specs/model/state/show.ts';
import type { Played } from '../play/played.ts';

/** What would have been allowed, and why: `SyncCount of "a" is 1, because "a" does not exist and the patch says 0`. */
export function sayAllowed(deviation: Deviation | undefined, breaking: Played | undefined, expected: string): string {
  const what = deviation === undefined ? expected : `${subject(deviation, breaking)}${deviation.expected}`;
  return [what, breaking?.why ?? ''].filter((part) => part !== '').join(', because ');
}

/** The member that is spoken of, by the name of its record rather than by its place in the answer. */
function subject(deviation: Deviation, breaking: Played | undefined): string {
  const { pointer, expected } = deviation;
  const [, first = '', index, member] = pointer.split('/');
  if (first === 'Records' && index !== undefined) {
    const key = show(keyAt(breaking, Number(index)));
    if (member === undefined) return `${key} is `;
    return expected.includes(key) ? `${member}: ` : `${member} of ${key} is `;
  }
  if (singular.has(first) && index === undefined) return `${first} is `;
  return pointer.startsWith('/') && isBare(expected) ? `${pathOf(pointer)}: ` : '';
}

/** An expectation such as `array or null` or `2` tells a reader nothing without the member. */
function isBare(expected: string): boolean {
  const isType = /^(?:an? )?(?:array|boolean|integer|list|null|number|object|string|value)\b/.test(expected);
  return isType || /^(?:-?[\d.]+|"[^"]*"|true|false|missing)(?: or .*)?$/.test(expected);
}

/** `/Datasets/0/NumRecords` as `Datasets[0].NumRecords`. */
function pathOf(pointer: string): string {
  const parts = pointer.split('/').filter((part) => part !== '');
  return parts.map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : `${at === 0 ? '' : '.'}${part}`)).join('');
}

/** Members of a whole answer whose bare value would tell a reader nothing. */
const singular: ReadonlySet<string> = new Set([
  'Count',
  'DatasetDeletedAfterRequestedSyncCount',
  'DatasetExists',
  'DatasetSyncCount',
]);

/** A listing of several pages is judged as one. */
function keyAt(breaking: Played | undefined, index: number): unknown {
  const records = (breaking?.exchanges ?? []).flatMap(({ answer }) => {
    const listed = answer.kind === 'success' ? answer.output['Records'] : undefined;
    return Array.isArray(listed) ? listed : [];
  });
  const record: unknown = records[index];
  return isObject(record) ? record['Key'] : undefined;
}
