import type { Choices } from '../state/choices.ts';
import { holdsNul } from '../state/text-kind.ts';
import type { World } from '../state/world.ts';
import type { DatasetName, RecordState } from '../state/dataset-state.ts';

/** Whether a usage must show by now what was written in the pool. */
export function isReckoned(world: World, { pool }: DatasetName, choices: Choices): boolean {
  const own = [...world.datasets.values()].filter(({ id }) => id.pool === pool);
  const delay = choices['identity-usage-delay'];
  if (delay === undefined || delay === 'much-later') return false;
  return delay === 'at-once' || own.every((one) => one.updatedAtPause < world.pauses);
}

/** What DataStorage of a usage must be, and whom another number breaks. */
export interface UsedStorage {
  /** null: any number of bytes. */
  readonly bytes: number | null;
  readonly requirement: string;
}

/**
 * The storage that the datasets of an identity or of its pool come to. Nothing tells how it is reckoned, or how soon, so
 * only a target that once showed the sum is held to it.
 */
export function usedStorage(world: World, id: DatasetName, of: unknown, choices: Choices): UsedStorage {
  const choice = of === 'pool' ? 'pool-usage-storage' : 'identity-usage-storage';
  const requirement = `consistency/${choice}`;
  if (choices[choice] !== 'sum' || !isReckoned(world, id, choices)) return { bytes: null, requirement };
  const own = [...world.datasets.values()].filter(
    (dataset) => dataset.id.pool === id.pool && (of === 'pool' || dataset.id.identity === id.identity),
  );
  const sizes = own
    .filter((dataset) => dataset.exists)
    .map((dataset) => dataStorage([...dataset.records.values()], choices['data-storage']));
  const known = sizes.length > 0 && !sizes.includes(null) && !own.some((dataset) => dataset.doubt);
  return { bytes: known ? sizes.reduce((sum: number, size) => sum + (size ?? 0), 0) : null, requirement };
}
function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
/** Options of `data-storage` that say what is measured. */
export const measures = [
  'keys-values-bytes',
  'all-keys-values-bytes',
  'values-bytes',
  'keys-values-characters',
  'keys-values-utf16',
] as const;
/** What the records of a dataset take up. null: not known what is measured. */

export function dataStorage(records: readonly RecordState[], option: string | undefined): number | null {
  const live = records.filter((record) => record.value !== null);
  // Some databases measure a text up to the first such character only.
  if (records.some(holdsNul)) return null;
  const sum = (of: readonly RecordState[], size: (text: string) => number, keys: boolean): number =>
    of.reduce((total, record) => total + (keys ? size(record.key) : 0) + size(record.value ?? ''), 0);
  switch (option) {
    case 'keys-values-bytes':
      return sum(live, bytes, true);
    case 'all-keys-values-bytes':
      return sum(records, bytes, true);
    case 'values-bytes':
      return sum(live, bytes, false);
    case 'keys-values-characters':
      return sum(live, (text) => [...text].length, true);
    case 'keys-values-utf16':
      return sum(live, (text) => text.length, true);
    default:
      return null;
  }
}
