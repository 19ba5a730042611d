import { type Answer, isObject } from '../../specs/types/answer.ts';
import type { RaceCall } from '../../specs/types/sequence.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import type { Exchange } from '../exchange/call.ts';
import { nextToken } from '../exchange/pages.ts';

/** One call of a race as it was made. Times are places in one order of all events. */
export interface Made {
  /** Its number among the HTTP calls, in the order of their start. */
  readonly number: number;
  /** Index of the step of the sequence. */
  readonly step: number;
  readonly call: RaceCall;
  readonly operation: Operation;
  readonly exchange: Exchange;
  /** Number of the listing that fetched its session token, and when that began. */
  readonly tokenFrom: number | undefined;
  readonly knowsSince: number;
  readonly start: number;
  readonly end: number;
}

export interface PatchMade {
  readonly key: string;
  readonly count: number;
  readonly value: string;
}

export interface RecordTold {
  readonly count: number;
  readonly value: string | null;
}

/** What a listing in one piece showed. `exists` null: it does not say. */
export interface Listing {
  readonly count: number;
  readonly exists: boolean | null;
  readonly records: ReadonlyMap<string, RecordTold>;
}

/**
 * What the answer to a call says of the dataset. `nothing`: the call had no effect, and what it was answered could be said at any time.
 * `open`: nobody knows whether it had its effect.
 */
export type Told =
  | { readonly kind: 'accepted'; readonly count: number; readonly counts: ReadonlyMap<string, number> }
  | { readonly kind: 'refused'; readonly conflict: boolean }
  | { readonly kind: 'listed'; readonly listing: Listing }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'open' };

export function patchesOf({ RecordPatches: patches }: Input): readonly PatchMade[] {
  if (!Array.isArray(patches)) return [];
  return patches.filter(isObject).map((patch) => ({
    key: String(patch['Key']),
    count: Number(patch['SyncCount']),
    value: String(patch['Value']),
  }));
}

export function toldBy(operation: Operation, { input, answer }: Exchange): Told {
  switch (operation) {
    case 'UpdateRecords':
      return ofUpdate(answer, patchesOf(input));
    case 'DeleteDataset':
      return answer.kind === 'success' ? { kind: 'deleted' } : { kind: isRefusal(answer) ? 'nothing' : 'open' };
    default:
      return ofListing(answer);
  }
}

function ofUpdate(answer: Answer, patches: readonly PatchMade[]): Told {
  if (answer.kind !== 'success')
    return isRefusal(answer)
      ? { kind: 'refused', conflict: answer.kind === 'failure' && answer.status === 409 }
      : { kind: 'open' };
  const records = recordsOf(answer);
  const counts = new Map(
    patches.flatMap(({ key }) => {
      const count = records?.get(key)?.count;
      return count === undefined ? [] : [[key, count] as const];
    }),
  );
  if (counts.size < patches.length) return { kind: 'open' };
  return { kind: 'accepted', count: Math.max(...counts.values()), counts };
}

function ofListing(answer: Answer): Told {
  const records = recordsOf(answer);
  // Several pages need not be of one moment (S-53).
  if (answer.kind !== 'success' || records === null || nextToken('ListRecords', answer) !== null)
    return { kind: 'nothing' };
  const { DatasetSyncCount: count, DatasetExists: exists } = answer.output;
  if (typeof count !== 'number') return { kind: 'nothing' };
  return { kind: 'listed', listing: { count, exists: typeof exists === 'boolean' ? exists : null, records } };
}

function recordsOf(answer: Answer): ReadonlyMap<string, RecordTold> | null {
  const records = answer.kind === 'success' ? answer.output['Records'] : undefined;
  if (!Array.isArray(records)) return null;
  return new Map(
    records.filter(isObject).flatMap((record) => {
      const { Key: key, SyncCount: count, Value: value } = record;
      const told = { count: Number(count), value: typeof value === 'string' ? value : null };
      return typeof key === 'string' && typeof count === 'number' ? [[key, told] as const] : [];
    }),
  );
}

/** A client error says that nothing was done; a server error, or none, leaves it open. */
function isRefusal(answer: Answer): boolean {
  return answer.kind === 'failure' && answer.status >= 400 && answer.status < 500 && answer.status !== 408;
}
