import type { Choices } from '../state/choices.ts';
import { holdsText } from './storage-relations.ts';
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
  readonly least: number;
  readonly most: number;
  readonly requirement: string;
}

/**
 * The storage that the datasets of an identity or of its pool come to. Nothing tells how it is reckoned, or how soon, so a
 * target is held to the rule that it once showed.
 */
export function usedStorage(world: World, id: DatasetName, of: unknown, choices: Choices): UsedStorage {
  const choice = of === 'pool' ? 'pool-usage-storage' : 'identity-usage-storage';
  const requirement = `consistency/${choice}`;
  const anyBytes = { least: 0, most: Infinity, requirement };
  const own = [...world.datasets.values()].filter(
    (dataset) => dataset.id.pool === id.pool && (of === 'pool' || dataset.id.identity === id.identity),
  );
  if (own.length === 0 || own.some((dataset) => dataset.doubt)) return anyBytes;
  const option = choices[choice];
  if (option === 'later') return { ...anyBytes, most: sumOf(own.map(({ peak }) => peak)) ?? Infinity };
  if (option === undefined || !isReckoned(world, id, choices)) return anyBytes;
  const living = own.filter((dataset) => dataset.exists);
  const records = living.map((dataset) => [...dataset.records.values()]);
  if (option === 'other')
    return { ...anyBytes, least: records.some(holdsText) && !records.flat().some(holdsNul) ? 1 : 0 };
  const sum = living.length === 0 ? null : sumOf(records.map((some) => dataStorage(some, choices['data-storage'])));
  return sum === null ? anyBytes : { least: sum, most: sum, requirement };
}

/** Whether any number of bytes will do. */
export function isFree({ least, most }: UsedStorage): boolean {
  return least === 0 && most === Infinity;
}

function sumOf(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
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
