import type { DatasetState } from './dataset-state.ts';

/** Requirements that keep other datasets apart from this one, for what was done to them since the last clean listing; the latest first. */
export function elsewhere(dataset: DatasetState): readonly string[] {
  const names = dataset.since.flatMap((trace) => (trace.kind === 'elsewhere' ? [`dataset/${trace.relation}`] : []));
  return [...new Set(names.reverse())];
}

/** The same, when the last thing that happened besides reading happened elsewhere. */
export function touchedElsewhere(dataset: DatasetState): readonly string[] {
  const last = dataset.since.findLast((trace) => trace.kind !== 'read');
  return last?.kind === 'elsewhere' ? elsewhere(dataset) : [];
}
