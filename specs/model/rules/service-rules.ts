import type { RecordState } from '../state/dataset-state.ts';
import type { Leak, Rules } from '../state/rules.ts';

const noRecords: ReadonlyMap<string, RecordState> = new Map();
const nothingLeft: Leak = { stored: [], raises: false, creates: false };

/** The service itself. */
export const serviceRules: Rules = {
  sameDataset: ({ pool, identity, name }) => `${pool}\n${identity}\n${name}`,
  sameKey: (key) => key,
  keptKey: (_, sent) => sent,
  options: (choices) => choices,
  decide: (one) => one,
  token: (verdict) => verdict,
  datasetCount: (count) => count,
  recordCount: (count) => count,
  stored: (effects) => effects,
  storedValue: (value) => value,
  refused: () => nothingLeft,
  survivors: () => noRecords,
  deleted: (after) => after,
  read: (dataset) => dataset,
  listed: (record, { since }) => record.count > since,
  shown: (dataset) => dataset,
  misreports: () => false,
};

/** The record that a server finds under a key. */
export function recordUnder(
  records: ReadonlyMap<string, RecordState>,
  key: string,
  { sameKey }: Rules,
): RecordState | undefined {
  const exact = records.get(key);
  if (exact !== undefined || sameKey === serviceRules.sameKey) return exact;
  const folded = sameKey(key);
  return [...records.values()].find((record) => sameKey(record.key) === folded);
}
