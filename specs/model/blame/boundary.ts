import { deviceDateAfter, isHeldToOption, repeats } from '../rules/device-date.ts';
import type { Exercise } from '../state/prediction.ts';
import { textKind } from '../state/text-kind.ts';
import type { Plan } from '../rules/update-plan.ts';

/** Counts that need one more bit or byte: servers that keep counts too small fail just above. */
const boundaries = [127, 255, 32_767] as const;

/** The highest boundary that the count has passed, as a requirement; null below the first. */
export function boundaryRequirement(count: number): string | null {
  const passed = boundaries.filter((limit) => count > limit).at(-1);
  return passed === undefined ? null : `sync-count/exact-past-${passed}`;
}

/** What an accepted update puts to the test beyond its own patches. */
export function boundary(plan: Plan): readonly Exercise[] {
  const exercises: Exercise[] = [];
  const add = (requirement: string, context: string): void => void exercises.push({ requirement, context });
  const { dataset, effects } = plan;
  const size = effects.length === 1 ? 'alone' : 'batch';
  const past = boundaryRequirement(plan.count);
  if (past !== null) add(past, size);
  add('sync-count/returns-new-count', size);
  add('record/answer-lists-patched', size);
  add('record/answer-lists-nothing-else', size);
  if (dataset.updates === 0 && dataset.deletedAt === null) {
    add('sync-count/first-update-is-one', size);
    add('dataset/created-by-update', size);
  } else if (!dataset.exists) {
    add('dataset/counter-survives-deletion', size);
    if (plan.choices['deletion-count'] !== undefined) add('consistency/deletion-count', size);
    if (effects.some((one) => one.patch.count === 0)) add('dataset/recreated-keys-at-zero', size);
  } else
    add(
      'sync-count/rises-by-one',
      `${size}, ${effects
        .map((one) => one.kind)
        .join('+')
        .slice(0, 60)}`,
    );
  if (effects.length > 1) add('sync-count/batch-shares-count', `${Math.min(effects.length, 6)} patches`);
  for (const one of effects) {
    if (one.value === '') add('record/empty-value', size);
    if (one.effect === 'write') add('record/key-exact', `${textKind(one.patch.key)}, update`);
    if (one.effect === 'write' && one.value !== null) add('record/value-exact', `${textKind(one.value)}, update`);
    if (one.effect === 'write' && one.record !== undefined && !repeats(one))
      add('record/last-modified-moves', one.record.modified === null ? 'unseen' : 'seen');
    const deviceDate = deviceDateAfter(one, plan.choices);
    if (isHeldToOption(deviceDate)) add('consistency/device-date', size);
    if (deviceDate !== undefined) add('record/device-date-has-source', `${size}, ${one.kind}`);
    add('record/last-modified-is-server-time', one.patch.deviceDate === undefined ? 'no device date' : 'device date');
    add('record/dates-are-epoch-seconds', 'update');
  }
  return exercises;
}
