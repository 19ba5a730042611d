import type { Input, Json } from '../../../specs/types/wire.ts';
import type { JudgedPatch, Part, Patch, Service } from '../core/behaviour.ts';
import { type Refusal, isRefusal, refuse } from '../core/refusal.ts';

/** The patches of one update together: either all of them are applied or none (S-09). */
export const batches: Part<'firstRefusal' | 'judgeBatch' | 'readPatches'> = {
  readPatches(service, input) {
    const { choices } = service.options;
    const sent = input['RecordPatches'] ?? null;
    const list = sent === null ? [] : (sent as readonly Input[]);
    const option = sent === null ? choices['missing-patches'] : choices['empty-patches'];
    if (list.length === 0 && option === 'refused') {
      return refuse('InvalidParameterException', 'RecordPatches must hold at least one patch');
    }
    const patches: Patch[] = [];
    for (const item of list) {
      const patch = readPatch(service, item);
      if (isRefusal(patch)) return patch;
      patches.push(patch);
    }
    return patches;
  },

  judgeBatch(service, dataset, patches) {
    const judged = patches.map((patch): JudgedPatch => {
      const record = service.behaviour.findRecord(service, dataset, patch.key);
      return { patch, record, judgement: service.behaviour.judgePatch(service, dataset, record, patch) };
    });
    return patches.length > 1 ? settleDuplicates(service, judged) : judged;
  },

  firstRefusal(judged) {
    for (const { judgement } of judged) if (typeof judgement === 'object') return judgement;
    return undefined;
  },
};

function readPatch(service: Service, item: Input): Patch | Refusal {
  const { choices } = service.options;
  const key = item['Key'] as string;
  const value = (item['Value'] ?? null) as string | null;
  const patch = {
    key,
    count: item['SyncCount'] as number,
    deviceDate: (item['DeviceLastModifiedDate'] ?? null) as number | null,
  };
  if (item['Op'] === 'remove') {
    if (value !== null && choices['remove-with-value'] === 'refused') {
      return refuse('InvalidParameterException', `A remove takes no Value: ${key}`);
    }
    return { ...patch, op: 'remove', value: null };
  }
  if (value !== null) return { ...patch, op: 'replace', value };
  const option = choices['replace-without-value'];
  if (option === 'refused') return refuse('InvalidParameterException', `A replace needs a Value: ${key}`);
  return option === 'removed' ? { ...patch, op: 'remove', value: null } : { ...patch, op: 'replace', value: '' };
}

/** Every patch has been judged, also those another patch of the same key will hide. */
function settleDuplicates(service: Service, judged: readonly JudgedPatch[]): readonly JudgedPatch[] {
  const places = new Map<string, number[]>();
  judged.forEach(({ patch }, index) => {
    const list = places.get(patch.key);
    if (list === undefined) places.set(patch.key, [index]);
    else list.push(index);
  });
  if (places.size === judged.length) return judged;
  const option = service.options.choices['duplicate-keys'];
  return judged.map((item, index): JudgedPatch => {
    const list = places.get(item.patch.key) ?? [];
    if (list.length < 2 || typeof item.judgement === 'object') return item;
    const { patch, record } = item;
    if (option === 'invalid') {
      return { ...item, judgement: refuse('InvalidParameterException', `Duplicate Key: ${patch.key}`) };
    }
    if (option === 'conflict') {
      return { ...item, judgement: service.behaviour.conflict(patch.key, record?.count ?? 0, patch.count) };
    }
    const winner = option === 'last-wins' ? list.at(-1) : list[0];
    return index === winner ? item : { ...item, judgement: 'ignore' };
  });
}

/** Whether the update brought no patches at all, and what that does to the dataset's count. */
export function emptyBatchRaises(service: Service, sent: Json | undefined): boolean {
  const { choices } = service.options;
  return choices[(sent ?? null) === null ? 'missing-patches' : 'empty-patches'] === 'raises';
}
