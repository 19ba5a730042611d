import { isObject } from '../../types/answer.ts';
import type { Rules } from '../state/rules.ts';
import { recordUnder, serviceRules } from './service-rules.ts';
import type { Choices } from '../state/choices.ts';
import type { DatasetState, RecordState } from '../state/dataset-state.ts';
import { show } from '../state/show.ts';
import type { Disposition, Patch } from '../state/disposition.ts';

const conflict = ['ResourceConflictException'];
const invalid = ['InvalidParameterException', 'ValidationException'];
const notFound = ['ResourceNotFoundException'];
const refusalTypes: { readonly [option: string]: readonly string[] } = {
  refused: conflict,
  conflict,
  invalid,
  'not-found': notFound,
};

/** The patches of a request. null: RecordPatches is missing. */
export function readPatches(raw: unknown): readonly Patch[] | null {
  if (!Array.isArray(raw)) return null;
  return raw.filter(isObject).map((patch) => ({
    op: String(patch['Op']),
    key: String(patch['Key']),
    count: Number(patch['SyncCount']),
    value: typeof patch['Value'] === 'string' ? patch['Value'] : undefined,
    deviceDate: typeof patch['DeviceLastModifiedDate'] === 'number' ? patch['DeviceLastModifiedDate'] : undefined,
  }));
}

/** Decides every patch of an update. */
export function disposeAll(
  dataset: DatasetState,
  patches: readonly Patch[],
  choices: Choices,
  rules: Rules,
): readonly Disposition[] {
  const all = patches.map((patch) => dispose(dataset, patch, choices, rules));
  return all.map((one, index) => rules.decide(one, { dataset, all, index }));
}

/** Decides one patch against the record it names, under the target's choices. */
export function dispose(
  dataset: DatasetState,
  patch: Patch,
  choices: Choices,
  rules: Rules = serviceRules,
): Disposition {
  const records = dataset.exists ? dataset.records : rules.survivors(dataset, true);
  const record = recordUnder(records, patch.key, rules);
  const decide = decider(patch, record, choices);
  if (patch.op === 'replace' && patch.value === undefined) return decide.withoutValue();
  if (record === undefined) return unknownKey(dataset, patch, decide);
  if (patch.count > record.count) return ahead(dataset, patch, record, decide, choices);
  return record.value === null ? onRemoved(patch, record, decide) : onLive(patch, record, decide);
}

function unknownKey(dataset: DatasetState, patch: Patch, decide: Decider): Disposition {
  if (patch.count > 0) {
    const choice = patch.count > dataset.count || !dataset.exists ? 'unknown-key-count-ahead' : 'unknown-key-count';
    const why = `${show(patch.key)} does not exist and the patch says ${patch.count}`;
    // Whether the count of a deleted dataset still counts as its own is nowhere said.
    if (!dataset.exists && patch.count <= dataset.count) return decide.open('count for unknown key', why);
    // What a remove of a key that never existed does is a choice of its own; both at once is anybody's guess.
    return patch.op === 'remove'
      ? decide.open('count for unknown key', why)
      : decide.choice(choice, 'count for unknown key', why);
  }
  if (patch.op === 'remove')
    return decide.choice('remove-unknown', 'remove of unknown key', `${show(patch.key)} does not exist`);
  return decide.write(
    'sync-count/new-record-at-zero',
    'new record',
    `${show(patch.key)} does not exist and the patch says 0`,
  );
}

function ahead(
  dataset: DatasetState,
  patch: Patch,
  record: RecordState,
  decide: Decider,
  choices: Choices,
): Disposition {
  const choice = patch.count > dataset.count ? 'count-ahead-of-dataset' : 'count-ahead-of-record';
  const why = `${show(patch.key)} is at ${record.count} and the patch says ${patch.count}`;
  // A second removal with a count ahead meets two rules, each with a refusal of its own.
  if (record.value === null && patch.op === 'remove') return decide.open('count ahead', why);
  // A removed record may take any count, and a value that does not change as well: then a count ahead is one of them.
  const lax =
    record.value === null
      ? choices['recreate-at-zero'] !== 'refused' || choices['recreate-at-stale'] !== 'refused'
      : patch.value === record.value && choices['same-value-stale'] !== 'refused';
  if (lax) return decide.open('count ahead', why);
  // Accepting it there mixes two choices.
  if (record.value === null || patch.op === 'remove' || patch.value === record.value)
    return decide.openUnlessRefused(choice, 'count ahead', why);
  return decide.choice(choice, `count ahead by ${patch.count === record.count + 1 ? 'one' : 'many'}`, why);
}

function onLive(patch: Patch, record: RecordState, decide: Decider): Disposition {
  const why = `${show(patch.key)} is at ${record.count} and the patch says ${patch.count}`;
  if (patch.count === record.count) {
    if (patch.op === 'remove') return decide.write('record/remove-accepted', 'remove', why);
    if (patch.value === record.value)
      return decide.choice('same-value-current', patch.value === '' ? 'same empty value' : 'same value', why);
    return decide.write('sync-count/current-count-accepted', 'change', why);
  }
  if (patch.op === 'remove') {
    return decide.refuse('conflict/stale-remove-refused', 'stale remove', why);
  }
  if (patch.value === record.value) return decide.choice('same-value-stale', 'same value, stale', why);
  if (patch.count === 0) return decide.refuse('conflict/zero-against-existing', 'zero against existing', why);
  return decide.refuse('conflict/stale-refused', `stale by ${record.count - patch.count === 1 ? 'one' : 'many'}`, why);
}

function onRemoved(patch: Patch, record: RecordState, decide: Decider): Disposition {
  const why = `${show(patch.key)} was removed at ${record.count} and the patch says ${patch.count}`;
  if (patch.op === 'remove') {
    if (patch.count === record.count) return decide.choice('remove-tombstone-current', 'second remove', why);
    const choice = patch.count === 0 ? 'remove-tombstone-zero' : 'remove-tombstone-stale';
    return decide.choice(choice, 'stale second remove', why);
  }
  if (patch.count === record.count) return decide.write('record/tombstone-count-recreates', 'write after removal', why);
  if (patch.count === 0) return decide.choice('recreate-at-zero', 'write after removal at 0', why);
  return decide.choice('recreate-at-stale', 'stale write after removal', why);
}

/** Whether the patch brings another device date than the record's: a server may take that for a change, and decide by the count. */
export function bringsOtherDate(patch: Patch, record: RecordState | undefined): boolean {
  return record !== undefined && (patch.deviceDate ?? null) !== record.sentDate;
}

function maySeeAChange(
  choice: string,
  option: string | undefined,
  patch: Patch,
  record: RecordState | undefined,
): boolean {
  if (!/^(?:same-value|remove-tombstone)-/.test(choice) || !bringsOtherDate(patch, record)) return false;
  return option !== (choice.endsWith('-current') ? 'raises' : 'refused');
}

interface Decider {
  write(demand: string, kind: string, why: string): Disposition;
  refuse(demand: string, kind: string, why: string): Disposition;
  open(kind: string, why: string): Disposition;
  choice(choice: string, kind: string, why: string): Disposition;
  openUnlessRefused(choice: string, kind: string, why: string): Disposition;
  withoutValue(): Disposition;
}

function decider(patch: Patch, record: RecordState | undefined, choices: Choices): Decider {
  const value = patch.op === 'remove' ? null : (patch.value ?? '');
  const base = { patch, record, value, types: [] };
  const write: Decider['write'] = (demand, kind, why) => ({ ...base, effect: 'write', demand, kind, why });
  const refuse: Decider['refuse'] = (demand, kind, why) => ({
    ...base,
    effect: 'refuse',
    types: conflict,
    demand,
    kind,
    why,
  });
  const open: Decider['open'] = (kind, why) => ({ ...base, effect: 'open', demand: '', kind, why });
  const choice: Decider['choice'] = (id, kind, why) => {
    const option = choices[id];
    const demand = `consistency/${id}`;
    if (maySeeAChange(id, option, patch, record)) return open(kind, why);
    switch (option) {
      case undefined:
        return open(kind, why);
      case 'accepted':
      case 'raises':
      case 'tombstone':
        return write(demand, kind, why);
      case 'keeps':
        return { ...base, effect: 'keep', demand, kind, why };
      case 'ignored-raises':
      case 'ignored-keeps':
        return { ...base, effect: 'ignore', demand, kind, why };
      default: {
        const types =
          id.startsWith('remove-') && option === 'refused' && !id.endsWith('-stale') && !id.endsWith('-zero')
            ? []
            : (refusalTypes[option] ?? []);
        return { ...base, effect: 'refuse', types, demand, kind, why };
      }
    }
  };
  return {
    write,
    refuse,
    open,
    choice,
    openUnlessRefused(id, kind, why) {
      const decided = choice(id, kind, why);
      return decided.effect === 'refuse' ? decided : open(kind, why);
    },
    withoutValue() {
      const why = 'the replace has no Value';
      // Only where the count alone would be accepted: with a stale count two rules meet.
      if (patch.count !== (record?.count ?? 0)) return open('replace without value', why);
      if (choices['replace-without-value'] === 'refused') {
        return {
          ...base,
          effect: 'refuse',
          types: [],
          demand: 'consistency/replace-without-value',
          kind: 'replace without value',
          why,
        };
      }
      const option = choices['replace-without-value'];
      const demand = 'consistency/replace-without-value';
      // A removal of a key that is not there, or that changes nothing, meets other choices.
      const live = record !== undefined && record.value !== null;
      if (option === 'empty' && record?.value !== '') return write(demand, 'replace without value', why);
      if (option === 'removed' && live) return { ...write(demand, 'replace without value', why), value: null };
      return open('replace without value', why);
    },
  };
}
