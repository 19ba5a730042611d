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
function subject({ pointer, expected }: Deviation, breaking: Played | undefined): string {
  const [, first = '', index, member] = pointer.split('/');
  if (first === 'Records' && index !== undefined) {
    const key = show(keyAt(breaking, Number(index)));
    if (member === undefined) return `${key} is `;
    return expected.includes(key) ? `${member}: ` : `${member} of ${key} is `;
  }
  return singular.has(first) && index === undefined ? `${first} is ` : '';
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
