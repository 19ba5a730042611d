import { isObject } from '../../types/answer.ts';
import { contract } from '../../contract.ts';
import type { Input } from '../../types/wire.ts';
import { type World, datasetOf } from '../state/world.ts';
import type { DatasetName } from '../state/dataset-state.ts';

/** How many datasets of an identity exist, as far as the model knows. */
export function livingDatasets(world: World, id: DatasetName): number {
  return [...world.datasets.values()].filter(
    (dataset) => dataset.exists && dataset.id.pool === id.pool && dataset.id.identity === id.identity,
  ).length;
}

type Quota = 'datasets' | 'records' | 'bytes';

/** Whether an update would go beyond a quota by every way to measure it (Q-01, Q-02, S-67). */
export function beyondQuota(world: World, id: DatasetName, input: Input, quota: Quota): boolean {
  const { limits } = contract;
  if (quota === 'datasets') return needsDataset(world, id) && livingDatasets(world, id) >= limits.datasetsPerIdentity;
  const live = [...recordsAfter(world, id, input).values()].filter((value) => value !== null);
  if (quota === 'records') return live.length > limits.recordsPerDataset;
  return live.reduce((sum, value) => sum + bytesOf(value), 0) > limits.bytesPerDataset;
}

/** Bytes that a server may count for itself: nothing tells what a record's size is beside its key and value (S-67, Q-02). */
const ownShare = 0.1;

/** Whether an update keeps to a quota by every way to measure it: also if removed records count, with their keys (Q-04, S-67). */
export function withinQuota(world: World, id: DatasetName, input: Input, quota: Quota): boolean {
  const { limits } = contract;
  if (quota === 'datasets') return !needsDataset(world, id) || livingDatasets(world, id) < limits.datasetsPerIdentity;
  const after = [...recordsAfter(world, id, input)];
  if (quota === 'records') return after.length <= limits.recordsPerDataset;
  const bytes = after.reduce((sum, [key, value]) => sum + bytesOf(key) + bytesOf(value ?? ''), 0);
  return bytes <= limits.bytesPerDataset * (1 - ownShare);
}

/** Lengths of long texts, which a play measures again and again. */
const measured = new Map<string, number>();
const mostMeasured = 64;

function bytesOf(text: string): number {
  if (text.length < 1_000) return Buffer.byteLength(text);
  const known = measured.get(text);
  if (known !== undefined) return known;
  if (measured.size >= mostMeasured) measured.clear();
  const bytes = Buffer.byteLength(text);
  measured.set(text, bytes);
  return bytes;
}

function needsDataset(world: World, id: DatasetName): boolean {
  return !datasetOf(world, id).exists;
}

/** The values that the records of a dataset would have, by key; null: removed. */
function recordsAfter(world: World, id: DatasetName, input: Input): ReadonlyMap<string, string | null> {
  const { records } = datasetOf(world, id);
  const values = new Map([...records.values()].map((record) => [record.key, record.value]));
  const patches = Array.isArray(input['RecordPatches']) ? input['RecordPatches'].filter(isObject) : [];
  for (const patch of patches)
    values.set(String(patch['Key']), typeof patch['Value'] === 'string' ? patch['Value'] : null);
  return values;
}
