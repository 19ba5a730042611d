import { recordUnder } from '../rules/service-rules.ts';
import { type Output, recordsOf } from '../../types/answer.ts';
import { dataStorage } from '../rules/used-storage.ts';
import { deviceDateAfter, repeats, sampleDeviceDate } from '../rules/device-date.ts';
import { type World, datasetKey, mapTokens, withDataset, withTrace } from '../state/world.ts';
import type { DatasetState } from '../state/dataset-state.ts';
import type { Moment } from '../state/prediction.ts';
import { toldDate } from '../state/dates.ts';
import type { Plan } from '../rules/update-plan.ts';

export function sampleUpdate(plan: Plan, at: number): Output {
  return {
    Records: plan.effects
      .filter((one) => one.effect === 'write' || one.effect === 'keep')
      .map((one) => ({
        Key: one.patch.key,
        Value: one.value,
        SyncCount: one.effect === 'keep' ? (one.record?.count ?? 0) : plan.countOf(one),
        LastModifiedDate: at,
        DeviceLastModifiedDate: sampleDeviceDate(deviceDateAfter(one, plan.choices), at),
        LastModifiedBy: plan.id.identity,
      })),
  };
}
export function worldAfterUpdate(world: World, plan: Plan, output: Output, token: string, moment: Moment): World {
  const { dataset, id } = plan;
  const shown = new Map(recordsOf(output).map((record) => [String(record['Key']), record]));
  const skipped =
    deletionMayCount(plan) && [...shown.values()].some((record) => record['SyncCount'] === plan.count + 1);
  const count = plan.count + (skipped ? 1 : 0);
  const { rules } = world;
  const effects = rules.stored(plan.effects, plan.at);
  const records = new Map(dataset.exists ? dataset.records : rules.survivors(dataset, false));
  for (const one of effects) {
    if (one.effect !== 'write') continue;
    const stored = recordUnder(records, one.patch.key, rules);
    const key = rules.keptKey(stored?.key, one.patch.key);
    if (stored !== undefined) records.delete(stored.key);
    records.set(key, {
      key,
      count: plan.countOf(one) + (skipped ? 1 : 0),
      value: one.value === null ? null : rules.storedValue(one.value),
      modified: toldDate(shown.get(one.patch.key)?.['LastModifiedDate'], world.pauses, moment),
      writtenAtPause: world.pauses,
      deviceDate: deviceDateAfter(one, plan.choices),
      sentDate: one.patch.deviceDate ?? null,
    });
  }
  const writes = plan.effects.some((one) => one.effect === 'write');
  const modifies = plan.effects.some((one) => one.effect === 'write' && !repeats(one));
  const after: DatasetState = {
    ...dataset,
    exists: dataset.exists || writes,
    count,
    updates: dataset.updates + 1,
    earlier: withEarlier(dataset),
    records,
    peak: peakWith(dataset.peak, dataStorage([...records.values()], plan.choices['data-storage'])),
    ...(dataset.exists ? {} : { created: null, modified: null, storage: null }),
    updatedAtPause: modifies ? world.pauses : dataset.updatedAtPause,
  };
  const keys = new Set(effects.filter((one) => one.effect === 'write').map((one) => one.patch.key));
  const before = new Map(
    [...keys].flatMap((key) => {
      const record = dataset.exists ? dataset.records.get(key) : undefined;
      return record === undefined ? [] : [[key, record] as const];
    }),
  );
  const traced = withTrace(withDataset(world, after), id, {
    kind: 'accepted',
    keys,
    before,
    ...(plan.idle === undefined ? {} : { idle: plan.idle }),
  });
  return mapTokens(traced, datasetKey(id), (state, text) => {
    // Whether an accepted update that changed nothing uses up a token is nowhere said.
    if (count === dataset.count) return { ...state, uncertain: true };
    return text === token ? { ...state, spent: true } : { ...state, outlived: true };
  });
}
function peakWith(before: number | null, now: number | null): number | null {
  return before === null || now === null ? null : Math.max(before, now);
}

/** Whether a deletion takes a count is not yet known: then the next update may skip one. */

export function deletionMayCount(plan: Plan): boolean {
  return !plan.dataset.exists && plan.dataset.deletedAt !== null && plan.choices['deletion-count'] === undefined;
}

/** How many earlier states of a dataset are kept: enough for a listing that lags by a few updates. */
const earlierStates = 4;

export function withEarlier(dataset: DatasetState): readonly DatasetState[] {
  return [...dataset.earlier.slice(1 - earlierStates), { ...dataset, earlier: [], listed: null }];
}
