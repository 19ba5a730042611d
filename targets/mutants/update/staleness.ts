import type { Mutant } from '../base/mutant.ts';

const group = 'conflict';

/** A server that does not see a stale patch if the value, once `folded`, is the stored one. */
function staleAlike(id: string, title: string, folded: (value: string) => number | string): Mutant {
  return {
    id,
    title,
    requirement: 'conflict/stale-refused',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) => {
        const [stored, sent] = [record?.value ?? null, patch.value];
        const alike = stored !== null && sent !== null && stored !== sent && folded(stored) === folded(sent);
        return alike && patch.count > 0 && patch.count < (record?.count ?? 0)
          ? 'write'
          : base.judgePatch(service, dataset, record, patch);
      },
    }),
  };
}

/** Checks of counts that are almost right. */
export const stalenessMutants: readonly Mutant[] = [
  {
    id: 'count-compared-as-text',
    title: 'A count is stale only if it is smaller as a text: 9 is not smaller than 10.',
    requirement: 'conflict/stale-refused',
    group,
    minimum: 22,
    mutate: (base) => ({
      ...base,
      countMatches: (current, sent) =>
        base.countMatches(current, sent) || (sent > 0 && sent < current && String(sent) > String(current)),
    }),
  },
  {
    id: 'count-compared-in-a-byte',
    title: 'Counts are compared by their lowest byte.',
    requirement: 'conflict/zero-against-existing',
    group,
    minimum: 514,
    mutate: (base) => ({
      ...base,
      countMatches: (current, sent) =>
        base.countMatches(current, sent) || (sent < current && (sent & 0xff) === (current & 0xff)),
    }),
  },
  {
    id: 'stale-with-same-length-accepted',
    title: 'A stale patch, not at 0, is refused only if its value has another length than the stored one.',
    requirement: 'conflict/stale-refused',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        patch.count > 0 &&
        record !== undefined &&
        patch.count < record.count &&
        patch.value?.length === record.value?.length
          ? 'write'
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
  staleAlike(
    'stale-in-another-case-accepted',
    'A stale patch, not at 0, is accepted if its value is the stored one but for case.',
    (value) => value.toLowerCase(),
  ),
  staleAlike(
    'stale-with-same-number-accepted',
    'A stale patch, not at 0, is accepted if its value is the stored number in another form.',
    (value) => (/^\d+(\.\d+)?$/.test(value) ? Number(value) : value),
  ),
  {
    id: 'far-stale-accepted',
    title: 'A count that is three or more behind is taken for that of a new device, and accepted.',
    requirement: 'conflict/stale-refused',
    group,
    minimum: 10,
    mutate: (base) => ({
      ...base,
      countMatches: (current, sent) => base.countMatches(current, sent) || (sent > 0 && current - sent >= 3),
    }),
  },
  {
    id: 'checked-against-dataset',
    title: 'A remove is checked against the count of the dataset.',
    requirement: 'record/remove-accepted',
    group: 'record',
    minimum: 6,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) =>
        patch.op === 'remove' && record?.count === patch.count && record.value !== null && record.count < dataset.count
          ? base.conflict(patch.key, dataset.count, patch.count)
          : base.judgePatch(service, dataset, record, patch),
    }),
  },
  {
    id: 'stale-remove-in-batch-accepted',
    title: 'A stale remove is refused alone, and done beside other patches.',
    requirement: 'conflict/one-stale-refuses-batch',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      firstRefusal: (judged) =>
        base.firstRefusal(judged.length > 1 ? judged.filter(({ patch }) => patch.op !== 'remove') : judged),
    }),
  },
  {
    id: 'removed-key-free-for-all',
    title: 'A record that was written again after its removal takes any count once.',
    requirement: 'conflict/stale-refused',
    group,
    minimum: 6,
    mutate: (base) => {
      const reborn = new WeakSet<object>();
      return {
        ...base,
        makeRecord: (service, dataset, record, patch, count) => {
          const made = base.makeRecord(service, dataset, record, patch, count);
          if (record?.value === null && made.value !== null) reborn.add(made);
          return made;
        },
        judgePatch: (service, dataset, record, patch) =>
          record !== undefined && reborn.has(record) && patch.op === 'replace' && patch.count > 0
            ? 'write'
            : base.judgePatch(service, dataset, record, patch),
      };
    },
  },
  {
    id: 'message-shows-dataset-count',
    title: "The message of a conflict names the dataset's count instead of the record's.",
    requirement: 'conflict/message',
    group,
    minimum: 6,
    mutate: (base) => ({
      ...base,
      judgePatch: (service, dataset, record, patch) => {
        const judgement = base.judgePatch(service, dataset, record, patch);
        return typeof judgement === 'object' && judgement.refused === 'ResourceConflictException'
          ? base.conflict(patch.key, dataset.count, patch.count)
          : judgement;
      },
    }),
  },
];
