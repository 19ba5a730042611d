import { isObject } from '../answer.ts';
import { contract } from '../contract.ts';
import type { Input } from '../wire.ts';
import { type DatasetName, datasetOf, type World } from './world.ts';

/** How many datasets of an identity exist, as far as the model knows. */
export function livingDatasets(world: World, id: DatasetName): number {
  return [...world.datasets.values()].filter(
    (dataset) => dataset.exists && dataset.id.pool === id.pool && dataset.id.identity === id.identity,
  ).length;
}

/** Whether an update would go beyond a quota by every way to measure it (Q-01, Q-02, S-67). */
export function beyondQuota(
  world: World,
  id: DatasetName,
  input: Input,
  quota: 'datasets' | 'records' | 'bytes',
): boolean {
  const { limits } = contract;
  const dataset = datasetOf(world, id);
  if (quota === 'datasets') return !dataset.exists && livingDatasets(world, id) >= limits.datasetsPerIdentity;
  const values = new Map([...dataset.records.values()].map((record) => [record.key, record.value]));
  const patches = Array.isArray(input['RecordPatches']) ? input['RecordPatches'].filter(isObject) : [];
  for (const patch of patches)
    values.set(String(patch['Key']), typeof patch['Value'] === 'string' ? patch['Value'] : null);
  const live = [...values.values()].filter((value) => value !== null);
  if (quota === 'records') return live.length > limits.recordsPerDataset;
  return live.reduce((sum, value) => sum + Buffer.byteLength(value), 0) > limits.bytesPerDataset;
}
