import { withEarlier } from '../inspect/after-update.ts';
import { type Answer, type Output, isObject } from '../../types/answer.ts';
import { inspectDataset, sampleDataset, sawDataset } from '../inspect/dataset-outcome.ts';
import { dataStorage } from '../rules/used-storage.ts';
import type { Allowance, Exercise, Prediction } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import type { Deviation } from '../state/deviation.ts';
import { onlyRefusals } from '../inspect/listed-records.ts';
import { refusedDemand } from '../state/refused-trace.ts';
import { elsewhere, touchedElsewhere } from '../state/elsewhere.ts';
import { show } from '../state/show.ts';
import { type World, datasetKey, datasetOf, mapTokens, withDataset, withTrace } from '../state/world.ts';
import type { DatasetName, DatasetState } from '../state/dataset-state.ts';

const notFound = ['ResourceNotFoundException'];

/** Predicts DescribeDataset. */
export function predictDescribe(world: World, id: DatasetName, usual: Choices): Prediction {
  const dataset = datasetOf(world, id);
  const choices = world.rules.options(usual, dataset);
  const context = existence(dataset);
  const read = (): World => withTrace(world, id, { kind: 'read' });
  const allowed: Allowance = dataset.exists
    ? {
        kind: 'success',
        why: 'the dataset exists',
        inspect: (output) =>
          afterRefusals(dataset, inspectDataset(dataset, output['Dataset'], '/Dataset', choices, world.pauses)),
        after: (output) =>
          withTrace(withDataset(world, sawDataset(dataset, output['Dataset'], world.pauses)), id, { kind: 'read' }),
        sample: (at) => ({ Dataset: sampleDataset(dataset, at, choices) }),
      }
    : {
        kind: 'refusal',
        why: absence(dataset),
        types: notFound,
        typeSuspects: ['dataset/describe-unknown'],
        after: read,
      };
  const exercises: Exercise[] = dataset.exists
    ? [
        { requirement: 'dataset/describe-agrees', context: size(dataset) },
        { requirement: 'dataset/data-storage-agrees', context: size(dataset) },
        ...(choices['num-records'] === undefined || [...dataset.records.values()].every(({ value }) => value !== null)
          ? []
          : [{ requirement: 'consistency/num-records', context: size(dataset) }]),
        ...(dataStorage([...dataset.records.values()], choices['data-storage']) === null
          ? []
          : [{ requirement: 'consistency/data-storage', context: size(dataset) }]),
        { requirement: 'dataset/dates-agree', context: dataset.modified === null ? 'first look' : 'second look' },
      ]
    : [
        { requirement: 'dataset/describe-unknown', context },
        ...(dataset.deletedAt === null ? [] : [{ requirement: 'dataset/delete-erases', context: 'describe' }]),
        ...(dataset.since.some((trace) => trace.kind === 'read')
          ? [{ requirement: 'list-records/creates-nothing', context: 'describe' }]
          : []),
        ...apart(dataset),
      ];
  const blame = (answer: Answer): readonly string[] => {
    if (answer.kind === 'silence') return ['wire/no-server-error'];
    if (dataset.exists)
      return serverError(answer, [
        ...touchedElsewhere(dataset),
        ...(dataset.since.some((trace) => trace.kind === 'accepted')
          ? ['dataset/created-by-update']
          : elsewhere(dataset)),
        'dataset/describe-agrees',
      ]);
    return phantomSuspects(dataset, 'dataset/describe-unknown');
  };
  return {
    allowed: [allowed],
    open: dataset.doubt,
    exercises: dataset.doubt ? [] : exercises,
    blame,
    astray: () => doubtful(world, dataset),
  };
}

/** Predicts DeleteDataset. */
export function predictDelete(world: World, id: DatasetName, usual: Choices): Prediction {
  const dataset = datasetOf(world, id);
  const choices = world.rules.options(usual, dataset);
  const allowed: Allowance = dataset.exists
    ? {
        kind: 'success',
        why: 'the dataset exists',
        inspect: (output) => inspectDeleted(dataset, output),
        after: () => worldAfterDeletion(world, dataset, choices),
        sample: (at) => ({ Dataset: sampleDataset(dataset, at, choices) }),
      }
    : {
        kind: 'refusal',
        why: absence(dataset),
        types: notFound,
        typeSuspects: ['dataset/delete-unknown'],
        after: () => withTrace(world, id, { kind: 'deletion-refused' }),
      };
  const exercises: Exercise[] = dataset.exists
    ? [{ requirement: 'dataset/delete-accepted', context: size(dataset) }]
    : [{ requirement: 'dataset/delete-unknown', context: existence(dataset) }];
  const blame = (answer: Answer): readonly string[] => {
    if (answer.kind === 'silence') return ['wire/no-server-error'];
    if (!dataset.exists) return phantomSuspects(dataset, 'dataset/delete-unknown');
    return serverError(answer, [
      ...touchedElsewhere(dataset),
      'dataset/delete-accepted',
      ...(dataset.since.some((trace) => trace.kind === 'accepted')
        ? ['dataset/created-by-update']
        : elsewhere(dataset)),
    ]);
  };
  return {
    allowed: [allowed],
    open: dataset.doubt,
    exercises: dataset.doubt ? [] : exercises,
    blame,
    astray: () => doubtful(world, dataset),
  };
}

/** What the answer of a deletion shows of the dataset is nowhere told (S-63), but it is that of this one. */
function inspectDeleted(dataset: DatasetState, output: Output): readonly Deviation[] {
  const shown = output['Dataset'];
  const name = isObject(shown) ? (shown['DatasetName'] ?? dataset.id.name) : undefined;
  if (name === dataset.id.name) return [];
  return [
    {
      pointer: '/Dataset/DatasetName',
      expected: show(dataset.id.name),
      actual: show(name),
      suspects: ['dataset/delete-accepted'],
    },
  ];
}

function worldAfterDeletion(world: World, dataset: DatasetState, choices: Choices): World {
  const option = choices['deletion-count'];
  const after: DatasetState = {
    ...dataset,
    exists: false,
    updatedAtPause: world.pauses,
    deletedAt: dataset.count,
    count: dataset.count + (option === 'raised' ? 1 : 0),
    records: new Map(),
    erased: dataset.records,
    earlier: withEarlier(dataset),
    created: null,
    modified: null,
    storage: null,
  };
  const traced = withTrace(withDataset(world, world.rules.deleted(after, dataset)), dataset.id, { kind: 'deleted' });
  return mapTokens(traced, datasetKey(dataset.id), (state) => ({ ...state, uncertain: true }));
}

/** Suspects, shared with ListDatasets. */
export function phantomSuspects(dataset: DatasetState, own: string): readonly string[] {
  const others = elsewhere(dataset);
  // What happened elsewhere may have nothing to do with it: then the shrinker leaves it out, and the deletion remains.
  const deleted = dataset.deletedAt === null ? [] : ['dataset/delete-erases'];
  const refused = dataset.since
    .slice(dataset.since.findLastIndex(({ kind }) => kind === 'deleted') + 1)
    .flatMap((trace) => (trace.kind === 'refused' ? [refusedDemand(trace)] : []));
  const suspects = [...others, ...(deleted.length > 0 ? refused : []), ...deleted];
  for (const trace of dataset.since) {
    if (trace.kind === 'refused') suspects.push(refusedDemand(trace));
    if (trace.kind === 'read' && dataset.deletedAt === null) suspects.push('list-records/creates-nothing');
  }
  return [...new Set([...suspects, own])];
}

/** Where nothing but refused updates came since the last clean listing, they are suspected first; shared with ListDatasets. */
export function afterRefusals(dataset: DatasetState, deviations: readonly Deviation[]): readonly Deviation[] {
  const refused = onlyRefusals(dataset);
  return deviations.map((one) => ({ ...one, suspects: [...new Set([...refused, ...one.suspects])] }));
}

function apart(dataset: DatasetState): readonly Exercise[] {
  return elsewhere(dataset).map((requirement) => ({ requirement, context: existence(dataset) }));
}

/** Suspects, shared with ListDatasets. */
export function serverError(answer: Answer, others: readonly string[]): readonly string[] {
  return answer.kind === 'failure' && answer.status >= 500 ? ['wire/no-server-error', ...others] : others;
}

function doubtful(world: World, dataset: DatasetState): World {
  return withDataset(world, { ...dataset, doubt: true });
}

function existence(dataset: DatasetState): string {
  if (dataset.exists) return dataset.deletedAt === null ? 'exists' : 'created again';
  return dataset.deletedAt === null ? 'unknown' : 'deleted';
}

function absence(dataset: DatasetState): string {
  return dataset.deletedAt === null ? 'the dataset does not exist' : 'the dataset was deleted';
}

function size(dataset: DatasetState): string {
  const removed = [...dataset.records.values()].some((record) => record.value === null);
  return `${Math.min(dataset.records.size, 3)}${removed ? ', some removed' : ''}`;
}
