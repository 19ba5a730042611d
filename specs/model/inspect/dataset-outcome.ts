import { type Output, isObject } from '../../types/answer.ts';
import { inspectMove, isBefore, isEpochSeconds, isSameDate, quarterInSeconds, seenDate } from '../state/dates.ts';
import type { Choices } from '../state/choices.ts';
import type { Deviation } from '../state/deviation.ts';
import { touchedElsewhere } from '../state/elsewhere.ts';
import { show } from '../state/show.ts';
import type { DatasetState } from '../state/dataset-state.ts';
import { brokenStorageRelation } from '../rules/storage-relations.ts';
import { dataStorage, measures } from '../rules/used-storage.ts';

/** How a Dataset structure differs from the dataset. */
export function inspectDataset(
  dataset: DatasetState,
  shown: unknown,
  pointer: string,
  choices: Choices,
  pauses: number,
): readonly Deviation[] {
  const deviations: Deviation[] = [];
  const add = (member: string, expected: string, actual: unknown, ...suspects: readonly string[]): void =>
    void deviations.push({ pointer: `${pointer}/${member}`, expected, actual: show(actual), suspects });
  const agrees = 'dataset/describe-agrees';
  if (!isObject(shown)) return [{ pointer, expected: 'a dataset', actual: show(shown), suspects: [agrees] }];
  if (shown['DatasetName'] !== dataset.id.name) add('DatasetName', show(dataset.id.name), shown['DatasetName'], agrees);
  if (shown['IdentityId'] !== dataset.id.identity)
    add('IdentityId', show(dataset.id.identity), shown['IdentityId'], agrees);
  const records = [...dataset.records.values()];
  const live = records.filter((record) => record.value !== null).length;
  const option = choices['num-records'];
  const wanted = option === undefined ? [live, records.length] : [option === 'all' ? records.length : live];
  const apart = touchedElsewhere(dataset);
  if (!wanted.some((count) => count === shown['NumRecords'])) {
    const other = shown['NumRecords'] === (option === 'all' ? live : records.length);
    add(
      'NumRecords',
      [...new Set(wanted)].join(' or '),
      shown['NumRecords'],
      ...apart,
      ...(option !== undefined && other ? ['consistency/num-records'] : []),
      agrees,
    );
  }
  const storage = dataStorage(records, choices['data-storage']);
  if (storage !== null && shown['DataStorage'] !== storage)
    add(
      'DataStorage',
      String(storage),
      shown['DataStorage'],
      ...apart,
      ...(measures.some((measure) => dataStorage(records, measure) === shown['DataStorage'])
        ? ['consistency/data-storage']
        : []),
      'dataset/data-storage-agrees',
    );
  const relation = storage === null ? brokenStorageRelation(dataset, shown['DataStorage']) : null;
  if (relation !== null) add('DataStorage', relation, shown['DataStorage'], ...apart, 'dataset/data-storage-agrees');
  deviations.push(...inspectDatasetDates(dataset, shown, pointer, choices, pauses));
  return deviations;
}

function inspectDatasetDates(
  dataset: DatasetState,
  shown: Output,
  pointer: string,
  choices: Choices,
  pauses: number,
): readonly Deviation[] {
  const deviations: Deviation[] = [];
  const add = (member: string, expected: string, suspect: string): void =>
    void deviations.push({
      pointer: `${pointer}/${member}`,
      expected,
      actual: show(shown[member]),
      suspects: [suspect],
    });
  const { CreationDate: created, LastModifiedDate: modified } = shown;
  if (!isEpochSeconds(created)) add('CreationDate', 'a number of seconds since 1970', 'record/dates-are-epoch-seconds');
  else if (dataset.created !== null && !isSameDate(created, dataset.created))
    add('CreationDate', String(dataset.created), 'dataset/dates-agree');
  if (!isEpochSeconds(modified))
    add('LastModifiedDate', 'a number of seconds since 1970', 'record/dates-are-epoch-seconds');
  if (!isEpochSeconds(created) || !isEpochSeconds(modified)) return deviations;
  if (isBefore(modified, created))
    add('LastModifiedDate', `not before the creation, ${created}`, 'dataset/dates-agree');
  const written = [...dataset.records.values()].filter((record) => record.modified !== null);
  const latest = Math.max(...written.map((record) => record.modified?.date ?? 0));
  if (written.length > 0 && Math.abs(modified - latest) > quarterInSeconds)
    add('LastModifiedDate', `about ${latest}, the date of the latest record`, 'dataset/dates-agree');
  const first = dataset.deletedAt === null ? written.find((record) => record.count === 1)?.modified?.date : undefined;
  if (first !== undefined && Math.abs(created - first) > quarterInSeconds)
    add('CreationDate', `about ${first}, the date of a record of the first update`, 'dataset/dates-agree');
  if (dataset.still !== null && dataset.modified !== null && !isSameDate(modified, dataset.modified.date)) {
    const suspects = [...dataset.still, 'list-records/reading-changes-nothing', 'dataset/dates-agree'];
    const expected = `${dataset.modified.date}, as before`;
    return [...deviations, { pointer: `${pointer}/LastModifiedDate`, expected, actual: show(modified), suspects }];
  }
  const moved = dataset.updatedAtPause > (dataset.modified?.pauses ?? pauses);
  return [
    ...deviations,
    ...inspectMove(
      dataset.modified,
      moved ? pauses : 0,
      modified,
      `${pointer}/LastModifiedDate`,
      'dataset/dates-agree',
      choices,
    ),
  ];
}

/** The dataset with the dates that were shown. */
export function sawDataset(dataset: DatasetState, shown: unknown, pauses: number): DatasetState {
  if (!isObject(shown) || !dataset.exists) return dataset;
  const { CreationDate: created, DataStorage: storage } = shown;
  return {
    ...dataset,
    storage: typeof storage === 'number' ? { bytes: storage, records: dataset.records } : null,
    created: dataset.created ?? (isEpochSeconds(created) ? created : null),
    modified: seenDate(shown['LastModifiedDate'], pauses) ?? dataset.modified,
    still: isEpochSeconds(shown['LastModifiedDate']) ? [] : null,
  };
}

/** What a conforming target shows of a dataset. `at`: epoch seconds. */
export function sampleDataset(dataset: DatasetState, at: number, choices: Choices): Output {
  const records = [...dataset.records.values()];
  return {
    DatasetName: dataset.id.name,
    IdentityId: dataset.id.identity,
    CreationDate: dataset.created ?? at,
    LastModifiedDate:
      dataset.still === null ? Math.max(at, (dataset.modified?.date ?? 0) + 1) : (dataset.modified?.date ?? at),
    NumRecords:
      choices['num-records'] === 'all' ? records.length : records.filter((record) => record.value !== null).length,
    DataStorage: dataStorage(records, choices['data-storage']) ?? dataStorage(records, measures[0]) ?? 0,
  };
}
