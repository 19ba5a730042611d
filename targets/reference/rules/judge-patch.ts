import type { Judgement, Part, Patch, Service } from '../core/behaviour.ts';
import { refuse } from '../core/refusal.ts';
import type { DatasetState, RecordState } from '../core/world.ts';

/** Whether one patch may be applied: the count it carries against the count of its record (S-01, S-03). */
export const judging: Part<'conflict' | 'countMatches' | 'judgePatch' | 'sameValue'> = {
  countMatches: (current, sent) => current === sent,

  sameValue: (record, patch) => patch.op === 'replace' && record.value === patch.value,

  conflict: (key, current, sent) =>
    refuse('ResourceConflictException', `Current SyncCount for: ${key} is: ${current} not: ${sent}`),

  judgePatch(service, dataset, record, patch) {
    if (record === undefined) return judgeUnknown(service, dataset, patch);
    if (service.behaviour.countMatches(record.count, patch.count)) return judgeCurrent(service, record, patch);
    if (patch.count > record.count) return judgeAhead(service, dataset, record, patch);
    return judgeStale(service, record, patch);
  },
};

function judgeUnknown(service: Service, dataset: DatasetState, patch: Patch): Judgement {
  const { behaviour, options } = service;
  const { choices } = options;
  if (!behaviour.countMatches(0, patch.count)) {
    const choice = patch.count > dataset.count ? 'unknown-key-count-ahead' : 'unknown-key-count';
    // A negative count was never anybody's count, so no choice covers it.
    const option = patch.count < 0 ? 'conflict' : choices[choice];
    if (option === 'conflict') return behaviour.conflict(patch.key, 0, patch.count);
    if (option === 'invalid') return noSuchCount(patch.count);
    if (option === 'not-found') return refuse('ResourceNotFoundException', `No such record: ${patch.key}`);
  }
  if (patch.op === 'replace') return 'write';
  const option = choices['remove-unknown'];
  if (option === 'refused') return refuse('InvalidParameterException', `No such record: ${patch.key}`);
  if (option === 'ignored-raises') return 'raise';
  return option === 'ignored-keeps' ? 'ignore' : 'write';
}

function judgeCurrent(service: Service, record: RecordState, patch: Patch): Judgement {
  if (patch.op === 'remove' && record.value === null) {
    const option = service.options.choices['remove-tombstone-current'];
    if (option === 'refused') return refuse('InvalidParameterException', `Record already removed: ${patch.key}`);
    return option === 'keeps' ? 'keep' : 'write';
  }
  return service.behaviour.sameValue(record, patch) ? 'same' : 'write';
}

function judgeAhead(service: Service, dataset: DatasetState, record: RecordState, patch: Patch): Judgement {
  const choice = patch.count > dataset.count ? 'count-ahead-of-dataset' : 'count-ahead-of-record';
  const option = service.options.choices[choice];
  if (option === 'conflict') return service.behaviour.conflict(patch.key, record.count, patch.count);
  if (option === 'invalid') return noSuchCount(patch.count);
  return judgeCurrent(service, record, patch);
}

function judgeStale(service: Service, record: RecordState, patch: Patch): Judgement {
  const option = staleOption(service, record, patch);
  if (option === 'accepted' || option === 'raises') return 'write';
  if (option === 'keeps') return 'keep';
  return service.behaviour.conflict(patch.key, record.count, patch.count);
}

function staleOption(service: Service, record: RecordState, patch: Patch): string {
  const { behaviour, options } = service;
  const { choices } = options;
  if (record.value === null) {
    if (patch.op === 'replace') return choices[patch.count === 0 ? 'recreate-at-zero' : 'recreate-at-stale'];
    return choices[patch.count === 0 ? 'remove-tombstone-zero' : 'remove-tombstone-stale'];
  }
  return behaviour.sameValue(record, patch) ? choices['same-value-stale'] : 'refused';
}

function noSuchCount(count: number): Judgement {
  return refuse('InvalidParameterException', `No such SyncCount: ${count} exists for this Dataset`);
}
