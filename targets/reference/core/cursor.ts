import type { Json } from '../../../specs/types/wire.ts';

/** The place a page ended: after the item with this key, in the list named by `scope`. */
export interface Cursor {
  readonly scope: string;
  readonly key: string;
  readonly count: number;
}

/** An opaque NextToken. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.scope, cursor.key, cursor.count])).toString('base64url');
}

/** Undefined without a NextToken; `damaged` for one that belongs to no list or to another. */
export function readCursor(token: Json | undefined, scope: string): Cursor | 'damaged' | undefined {
  if (typeof token !== 'string') return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (!Array.isArray(parts)) return 'damaged';
    const [ownScope, key, count] = parts as unknown[];
    if (ownScope !== scope || typeof key !== 'string' || typeof count !== 'number') return 'damaged';
    return { scope, key, count };
  } catch {
    return 'damaged';
  }
}
