import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { Operation } from '../../specs/types/wire.ts';

/** What a server does by one wrong answer, to follow "The server": `shows SyncCount 3 in answers of ListRecords, where 2 is expected`. */
export function sayBreach(deviation: Deviation, operation: Operation): string {
  const { expected, actual } = deviation;
  const member = memberOf(deviation);
  if (member === undefined) return `answers ${operation} with ${actual}, where ${expected} is expected`;
  return `shows ${member} ${actual} in answers of ${operation}, where ${expected} is expected`;
}

/** The member that is wrong; undefined where the status or the error is, or the answer as a whole. */
export function memberOf({ pointer }: Deviation): string | undefined {
  return pointer.startsWith('/')
    ? pointer.split('/').findLast((part) => part !== '' && !/^\d+$/.test(part))
    : undefined;
}
