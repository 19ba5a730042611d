import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { Operation } from '../../specs/types/wire.ts';

/** What a server does by one wrong answer, to follow "The server": `shows SyncCount 3 in answers of ListRecords, where 2 is expected`. */
export function sayBreach({ pointer, expected, actual }: Deviation, operation: Operation): string {
  const member = pointer.split('/').findLast((part) => part !== '' && !/^\d+$/.test(part));
  if (pointer === '' || !pointer.startsWith('/') || member === undefined)
    return `answers ${operation} with ${actual}, where ${expected} is expected`;
  return `shows ${member} ${actual} in answers of ${operation}, where ${expected} is expected`;
}
