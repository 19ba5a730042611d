import { holdsNul } from '../state/text-kind.ts';
import type { DatasetState, RecordState } from '../state/dataset-state.ts';

/**
 * What DataStorage must keep to whatever it measures (S-67): it is more than nothing while a value is stored, stays while the
 * dataset stays, does not fall when records are only added, and falls when much is only removed.
 */

/** A smaller change may be hidden by a store that reckons in blocks. */
const blockBytes = 4096;

/** What a number breaks, in words; null: nothing. */
export function brokenStorageRelation(dataset: DatasetState, shown: unknown): string | null {
  const records = [...dataset.records.values()];
  if (typeof shown !== 'number' || !Number.isInteger(shown) || shown < 0) return 'a number of bytes';
  // Some databases measure a text up to the first such character only.
  if (records.some(holdsNul)) return null;
  if (shown === 0 && holdsText(records)) return 'more than 0, since a value is stored';
  const before = dataset.storage;
  if (before === null || [...before.records.values()].some(holdsNul)) return null;
  const { added, lost, changed } = difference(before.records, dataset.records);
  if (!changed) return shown === before.bytes ? null : `${before.bytes}, as before`;
  return lost === 0
    ? brokenGrowth(before.bytes, added, shown)
    : added === 0
      ? brokenFall(before.bytes, lost, shown)
      : null;
}

function brokenGrowth(before: number, added: number, shown: number): string | null {
  if (shown < before) return added === 0 ? null : `not less than the ${before} of before`;
  return added < blockBytes || shown > before ? null : `more than ${before}, since ${added} bytes were added`;
}

function brokenFall(before: number, lost: number, shown: number): string | null {
  return lost < blockBytes || shown < before ? null : `less than ${before}, since ${lost} bytes were removed`;
}

/** Whether any measure of what is stored must be more than nothing. */
export function holdsText(records: readonly RecordState[]): boolean {
  return records.some(({ value }) => value !== null && value !== '');
}

function bytesOf(record: RecordState | undefined): number {
  return Buffer.byteLength(record?.value ?? '');
}

type Records = DatasetState['records'];

/** Bytes of the values that came and went between two states. Of a value in place of another, both. */
function difference(
  before: Records,
  after: Records,
): { readonly added: number; readonly lost: number; readonly changed: boolean } {
  let [added, lost, changed] = [0, 0, false];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key), after.get(key)];
    changed ||= old?.count !== now?.count;
    if (old?.value === now?.value) continue;
    lost += bytesOf(old);
    added += bytesOf(now);
  }
  return { added, lost, changed };
}
