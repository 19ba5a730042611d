import { dataStorage } from '../inspect/dataset-outcome.ts';
import type { Choices } from '../state/prediction.ts';
import type { DatasetName, World } from '../state/world.ts';

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
