import type { Behaviour, JudgedPatch, Service } from '../../reference/core/behaviour.ts';
import { isRefusal } from '../../reference/core/refusal.ts';
import type { DatasetState } from '../../reference/core/world.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'quota';

/*
 * A minimum counts updates of up to 128 records each: how many a server must take at once is nowhere said.
 */

/** A server that does not keep one of the limits. */
function unlimited(id: string, title: string, requirement: string, message: RegExp, minimum: number): Mutant {
  return {
    id,
    title,
    requirement,
    group,
    minimum,
    mutate: (base) => ({
      ...base,
      quotaProblem: (service, dataset, judged) => {
        const problem = base.quotaProblem(service, dataset, judged);
        return problem !== undefined && message.test(problem.message) ? undefined : problem;
      },
    }),
  };
}

type Note = (dataset: DatasetState, amount: number) => void;

/** A server that never gives back some of what counts towards a limit of a dataset. */
function hoarding(
  id: string,
  title: string,
  limit: 'bytes' | 'records',
  minimum: number,
  watch: (base: Behaviour, note: Note) => Partial<Behaviour>,
): Mutant {
  return {
    id,
    title,
    requirement: 'quota/freed-space-usable',
    group,
    minimum,
    mutate(base) {
      const kept = new Map<DatasetState, number>();
      const note: Note = (dataset, amount) => void kept.set(dataset, (kept.get(dataset) ?? 0) + amount);
      return {
        ...base,
        ...watch(base, note),
        quotaProblem: (service, dataset, judged) =>
          base.quotaProblem(withLimit(service, limit, kept.get(dataset) ?? 0), dataset, judged),
      };
    },
  };
}

function withLimit(service: Service, limit: 'bytes' | 'records', less: number): Service {
  const { quotas } = service.options;
  return { ...service, options: { ...service.options, quotas: { ...quotas, [limit]: quotas[limit] - less } } };
}

/** Bytes of the values that a batch took away. */
function lost(judged: readonly JudgedPatch[], taken: (item: JudgedPatch) => boolean): number {
  return judged
    .filter((item) => item.judgement === 'write' && taken(item))
    .reduce((sum, { record }) => sum + Buffer.byteLength(record?.value ?? ''), 0);
}

export const quotaMutants: readonly Mutant[] = [
  {
    id: 'value-over-64k-refused',
    title: 'A value of more than 65,536 characters is refused as invalid.',
    requirement: 'quota/within-limits-accepted',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      readPatches: (service, input) => {
        const patches = base.readPatches(service, input);
        return !isRefusal(patches) && patches.some(({ value }) => (value?.length ?? 0) > 65_536)
          ? { refused: 'InvalidParameterException', message: 'Value too long' }
          : patches;
      },
    }),
  },
  unlimited(
    'any-number-of-datasets',
    'An identity may have any number of datasets.',
    'quota/datasets-per-identity',
    /datasets/,
    42,
  ),
  unlimited(
    'any-number-of-records',
    'A dataset may have any number of records.',
    'quota/records-per-dataset',
    /records/,
    4,
  ),
  unlimited('any-dataset-size', 'A dataset may be of any size.', 'quota/bytes-per-dataset', /size/, 4),
  {
    id: 'any-value-length',
    title: 'A value may be of any length.',
    requirement: 'quota/value-length',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      violations: (service, operation, input) =>
        base.violations(service, operation, input).filter((one) => !one.member.endsWith('.value')),
      quotaProblem: (service, dataset, judged) =>
        judged.some(({ patch }) => (patch.value ?? '').length > service.options.quotas.value)
          ? undefined
          : base.quotaProblem(service, dataset, judged),
    }),
  },
  {
    id: 'record-limit-one-less',
    title: 'Only 1,023 records fit into a dataset.',
    requirement: 'quota/within-limits-accepted',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      quotaProblem: (service, dataset, judged) =>
        base.quotaProblem(
          { ...service, options: { ...service.options, quotas: { ...service.options.quotas, records: 1023 } } },
          dataset,
          judged,
        ),
    }),
  },
  {
    id: 'limit-is-invalid-parameter',
    title: 'An update beyond a quota is answered with InvalidParameterException.',
    requirement: 'quota/refusal-type',
    group,
    minimum: 4,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) =>
        base.errorAnswer(
          refusal.refused === 'LimitExceededException' ? { ...refusal, refused: 'InvalidParameterException' } : refusal,
          operation,
        ),
    }),
  },
  {
    id: 'limit-stores-all-the-same',
    title: 'An update beyond a quota is answered with LimitExceededException, but stored.',
    requirement: 'quota/refusal-stores-nothing',
    group,
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterRefusal: (service, dataset, judged, claims, refusal) => {
        base.afterRefusal(service, dataset, judged, claims, refusal);
        if (refusal.refused === 'LimitExceededException') base.applyBatch(service, dataset, judged);
      },
    }),
  },
  {
    id: 'deleted-datasets-count',
    title: 'Deleted datasets count towards the 20 of an identity.',
    requirement: 'quota/freed-space-usable',
    group,
    minimum: 43,
    mutate(base) {
      const deleted = new Map<string, number>();
      const owner = (dataset: DatasetState): string => `${dataset.poolId} ${dataset.identityId}`;
      return {
        ...base,
        eraseDataset(service, dataset) {
          deleted.set(owner(dataset), (deleted.get(owner(dataset)) ?? 0) + 1);
          base.eraseDataset(service, dataset);
        },
        quotaProblem(service, dataset, judged) {
          const { quotas } = service.options;
          const datasets = quotas.datasets - (deleted.get(owner(dataset)) ?? 0);
          return base.quotaProblem(
            { ...service, options: { ...service.options, quotas: { ...quotas, datasets } } },
            dataset,
            judged,
          );
        },
      };
    },
  },
  hoarding(
    'removed-values-count',
    'The value of a removed record counts towards the size of its dataset.',
    'bytes',
    6,
    (base, note) => ({
      afterUpdate(service, dataset, judged) {
        note(
          dataset,
          lost(judged, ({ patch }) => patch.op === 'remove'),
        );
        base.afterUpdate(service, dataset, judged);
      },
    }),
  ),
  hoarding(
    'replaced-values-count',
    'Values that were replaced count towards the size of the dataset.',
    'bytes',
    6,
    (base, note) => ({
      afterUpdate(service, dataset, judged) {
        note(
          dataset,
          lost(judged, ({ patch }) => patch.op === 'replace'),
        );
        base.afterUpdate(service, dataset, judged);
      },
    }),
  ),
  hoarding(
    'removed-key-counts-again',
    'A removed record that is written again counts as one more record.',
    'records',
    8,
    (base, note) => ({
      afterUpdate(service, dataset, judged) {
        const removed = judged.filter(({ patch, record }) => patch.op === 'remove' && record?.value != null);
        note(dataset, removed.length);
        base.afterUpdate(service, dataset, judged);
      },
    }),
  ),
  hoarding(
    'deleted-records-count',
    'The records of a deleted dataset count towards the limit of its next life.',
    'records',
    7,
    (base, note) => ({
      eraseDataset(service, dataset) {
        note(dataset, [...dataset.records.values()].filter(({ value }) => value !== null).length);
        base.eraseDataset(service, dataset);
      },
    }),
  ),
];
