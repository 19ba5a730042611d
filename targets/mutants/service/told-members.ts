import type { Answer } from '../../reference/core/behaviour.ts';
import { datasetPath } from '../../reference/rules/storage.ts';
import { type Mutant, withAnswers } from '../base/mutant.ts';

/** A server whose successes of some operations have another content type. */
function typed(id: string, title: string, type: string, only?: string, minimum = 1): Mutant {
  return {
    id,
    title,
    requirement: 'wire/success-is-json',
    group: 'wire',
    minimum,
    mutate: (base) =>
      withAnswers(base, (_service, operation, _input, answer) =>
        answer.status === 200 && (only === undefined || operation === only)
          ? { ...answer, headers: { ...answer.headers, 'content-type': type } }
          : answer,
      ),
  };
}

/** A server whose errors name another type in the body than in the header. */
function naming(id: string, title: string, nameOf: (type: string) => string, minimum: number): Mutant {
  return {
    id,
    title,
    requirement: 'wire/error-type-agrees',
    group: 'wire',
    minimum,
    mutate: (base) =>
      withAnswers(base, (_service, _operation, _input, answer) =>
        answer.errorType === undefined
          ? answer
          : { ...answer, body: { ...answer.body, __type: nameOf(answer.errorType) } },
      ),
  };
}

type Names = (names: {
  readonly own: string;
  readonly identity: string;
  readonly others: readonly string[];
}) => string[];

/** A server whose listings name merged datasets that are none. */
function merging(id: string, title: string, minimum: number, names: Names): Mutant {
  return {
    id,
    title,
    requirement: 'list-records/merged-names',
    group: 'list-records',
    minimum,
    mutate: (base) =>
      withAnswers(base, (service, operation, input, answer): Answer => {
        if (operation !== 'ListRecords' || answer.status !== 200) return answer;
        const { poolId, identityId, name } = datasetPath(input);
        const identity = service.world.pools.get(base.poolKey(poolId))?.identities.get(base.identityKey(identityId));
        const existing = base.listedDatasets(service, identity).map((dataset) => dataset.name);
        const own = existing.filter((one) => one === name);
        const others = existing.filter((one) => one !== name);
        const merged = names({ own: own[0] ?? '', identity: identityId, others });
        return merged.length === 0 ? answer : { ...answer, body: { ...answer.body, MergedDatasetNames: merged } };
      }),
  };
}

/** Members and headers that clients read, though seldom. */
export const toldMemberMutants: readonly Mutant[] = [
  typed('success-as-html', 'Every success is sent as text/html.', 'text/html; charset=utf-8'),
  typed(
    'success-in-latin-1',
    'Every success says that it is written in ISO-8859-1.',
    'application/json; charset=ISO-8859-1',
  ),
  typed('update-as-plain-text', 'The answer of UpdateRecords is sent as text/plain.', 'text/plain', 'UpdateRecords', 2),
  typed(
    'datasets-as-bytes',
    'The answer of ListDatasets is sent as a stream of bytes.',
    'application/octet-stream',
    'ListDatasets',
  ),
  naming(
    'body-names-internal-error',
    'The body of every error names InternalErrorException.',
    () => 'InternalErrorException',
    1,
  ),
  naming(
    'body-names-conflict-otherwise',
    'The body of a conflict names ConcurrentModificationException.',
    (type) => (type === 'ResourceConflictException' ? 'ConcurrentModificationException' : type),
    4,
  ),
  merging('merged-names-list-itself', 'MergedDatasetNames lists the dataset itself.', 3, ({ own }) =>
    own === '' ? [] : [own],
  ),
  merging(
    'merged-names-list-others',
    'MergedDatasetNames lists the other datasets of the identity.',
    3,
    ({ others }) => [...others],
  ),
  merging(
    'merged-names-list-identities',
    'MergedDatasetNames lists identities in place of datasets.',
    3,
    ({ own, identity }) => (own === '' ? [] : [identity]),
  ),
  {
    id: 'unknown-dataset-has-author',
    title: 'The listing of an unknown dataset tells the identity as LastModifiedBy.',
    requirement: 'list-records/unknown-dataset',
    group: 'list-records',
    minimum: 1,
    mutate: (base) =>
      withAnswers(base, (_service, operation, input, answer) =>
        operation === 'ListRecords' && answer.body['DatasetExists'] === false
          ? { ...answer, body: { ...answer.body, LastModifiedBy: String(input['IdentityId']) } }
          : answer,
      ),
  },
  {
    id: 'batch-dated-by-place',
    title: 'Each record of an update is dated five minutes before the one that stands ahead of it.',
    requirement: 'record/last-modified-is-server-time',
    group: 'record',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      applyBatch: (service, dataset, judged) =>
        base.applyBatch(service, dataset, judged).map((record, place) => {
          const dated = { ...record, modified: record.modified - Math.min(place, 2) * 300_000 };
          dataset.records.set(base.recordKey(record.key), dated);
          return dated;
        }),
    }),
  },
];
