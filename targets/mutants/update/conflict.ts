import { refuse } from '../../reference/core/refusal.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'conflict';

export const conflictMutants: readonly Mutant[] = [
  {
    id: 'last-write-wins',
    title: 'Counts are not checked at all.',
    requirement: 'conflict/stale-refused',
    group: 'conflict',
    minimum: 4,
    mutate: (base) => ({ ...base, countMatches: () => true }),
  },
  {
    id: 'stale-by-one-accepted',
    title: 'A count one behind the record, but not 0, is taken for the current one.',
    requirement: 'conflict/stale-refused',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      countMatches: (current, sent) => base.countMatches(current, sent) || (sent > 0 && sent === current - 1),
    }),
  },
  {
    id: 'zero-forces',
    title: 'Count 0 overwrites an existing record.',
    requirement: 'conflict/zero-against-existing',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) => {
        const judgement = base.judgePatch(service, dataset, record, patch);
        const forced = patch.op === 'replace' && patch.count === 0 && record !== undefined && record.value !== null;
        return forced && typeof judgement === 'object' ? 'write' : judgement;
      },
    }),
  },
  {
    id: 'stale-remove-accepted',
    title: 'A remove is not checked for its count.',
    requirement: 'conflict/stale-remove-refused',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        patch.op === 'remove' && record !== undefined && record.value !== null && patch.count < record.count
          ? 'write'
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
  {
    id: 'conflict-is-400',
    title: 'A conflict is answered with status 400.',
    requirement: 'conflict/status-and-type',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) => {
        const answer = base.errorAnswer(refusal, operation);
        return answer.status === 409 ? { ...answer, status: 400 } : answer;
      },
    }),
  },
  {
    id: 'conflict-has-other-type',
    title: 'A conflict is called ConflictException.',
    requirement: 'conflict/status-and-type',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) => {
        const answer = base.errorAnswer(refusal, operation);
        return answer.status === 409 ? { ...answer, errorType: 'ConflictException' } : answer;
      },
    }),
  },
  {
    id: 'only-first-patch-checked',
    title: 'Only the first patch of a batch is checked for its count.',
    requirement: 'conflict/one-stale-refuses-batch',
    group,
    minimum: 4,
    mutate: (base) => ({ ...base, firstRefusal: (judged) => base.firstRefusal(judged.slice(0, 1)) }),
  },
  {
    id: 'only-last-patch-checked',
    title: 'Only the last patch of a batch is checked for its count.',
    requirement: 'conflict/one-stale-refuses-batch',
    group,
    minimum: 4,
    mutate: (base) => ({ ...base, firstRefusal: (judged) => base.firstRefusal(judged.slice(-1)) }),
  },
  {
    id: 'refused-batch-half-applied',
    title: 'The patches before the stale one are stored although the update is refused.',
    requirement: 'conflict/refused-changes-nothing',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterRefusal: (service, dataset, judged) => {
        const stale = judged.findIndex(({ judgement }) => typeof judgement === 'object');
        if (stale > 0) base.applyBatch(service, dataset, judged.slice(0, stale));
      },
    }),
  },
  {
    id: 'refused-update-raises-count',
    title: "A refused update raises the dataset's count.",
    requirement: 'conflict/refused-changes-nothing',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterRefusal: (_service, dataset, judged) => {
        if (judged.length > 0) dataset.count += 1;
      },
    }),
  },
  {
    id: 'conflict-without-message',
    title: 'The message of a conflict does not name the key and the counts.',
    requirement: 'conflict/message',
    group,
    minimum: 4,
    mutate: (base) => ({ ...base, conflict: () => refuse('ResourceConflictException', 'Conflict') }),
  },
];
