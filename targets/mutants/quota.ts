import type { Mutant } from './mutant.ts';

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

export const quotaMutants: readonly Mutant[] = [
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
    18,
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
    minimum: 16,
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
];
