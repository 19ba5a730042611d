import type { JudgedPatch, Part, Service } from '../core/behaviour.ts';
import { identityOf } from './storage.ts';
import { refuse } from '../core/refusal.ts';
import type { DatasetState } from '../core/world.ts';

/** The limits of an account, checked on what the batch would leave behind. */
export const quotas: Part<'quotaProblem'> = {
  quotaProblem(service, dataset, judged) {
    const limits = service.options.quotas;
    if (judged.length === 0) return undefined;
    if (!dataset.exists && existingDatasets(service, dataset) >= limits.datasets) {
      return refuse('LimitExceededException', `Number of datasets exceeds the limit of ${limits.datasets}`);
    }
    const after = sizeAfter(service, dataset, judged);
    if (after.records > limits.records) {
      return refuse('LimitExceededException', `Number of records exceeds the limit of ${limits.records}`);
    }
    if (after.bytes > limits.bytes) {
      return refuse('LimitExceededException', `Dataset size exceeds the limit of ${limits.bytes} bytes`);
    }
    return undefined;
  },
};

function existingDatasets(service: Service, dataset: DatasetState): number {
  let existing = 0;
  for (const other of identityOf(service, dataset.poolId, dataset.identityId).datasets.values()) {
    if (other.exists) existing += 1;
  }
  return existing;
}

function sizeAfter(
  service: Service,
  dataset: DatasetState,
  judged: readonly JudgedPatch[],
): { records: number; bytes: number } {
  const replaced = new Map<string, string | null>();
  for (const { patch, judgement } of judged) {
    if (judgement === 'ignore') continue;
    replaced.set(service.behaviour.recordKey(patch.key), patch.op === 'remove' ? null : patch.value);
  }
  const size = { records: 0, bytes: 0 };
  const add = (key: string, value: string | null): void => {
    if (value === null) return;
    size.records += 1;
    size.bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  };
  for (const [key, value] of replaced) add(key, value);
  for (const [key, record] of dataset.records) if (!replaced.has(key)) add(record.key, record.value);
  return size;
}
