import type { DatasetName, DatasetState } from '../state/dataset-state.ts';
import type { Disposition } from '../state/disposition.ts';
import type { RefusedTrace } from '../state/refused-trace.ts';
import { type World, datasetOf, withDataset } from '../state/world.ts';

/** The world after a refused update: unchanged, unless the rules are those of a server that leaves something behind. */
export function afterRefusal(
  world: World,
  id: DatasetName,
  because: RefusedTrace['because'],
  all: readonly Disposition[],
): World {
  const dataset = datasetOf(world, id);
  const { stored, raises, creates } = world.rules.refused({ dataset, because, all });
  if (stored.length === 0 && !raises && !creates) return world;
  const count = dataset.count + (raises ? 1 : 0);
  const records = new Map(dataset.exists ? dataset.records : []);
  for (const { patch, value, record } of stored)
    records.set(patch.key, {
      key: patch.key,
      count: raises ? count : (record?.count ?? count),
      value,
      modified: null,
      writtenAtPause: world.pauses,
      deviceDate: undefined,
      sentDate: undefined,
    });
  const after: DatasetState = {
    ...dataset,
    exists: dataset.exists || creates,
    count,
    records,
    updates: dataset.updates + (creates || raises ? 1 : 0),
    updatedAtPause: world.pauses,
    modified: null,
    still: null,
  };
  return withDataset(world, after);
}
