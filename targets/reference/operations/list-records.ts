import type { Input } from '../../../specs/types/wire.ts';
import type { Output, Part, Service } from '../core/behaviour.ts';
import { readCursor, writeCursor } from '../core/cursor.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { datasetPath } from '../rules/storage.ts';

export const listing: Part<
  | 'afterList'
  | 'compareRecords'
  | 'deletedFlag'
  | 'isNewer'
  | 'listedRecords'
  | 'shownCount'
  | 'shownDatasetCount'
  | 'shownExists'
  | 'sinceProblem'
  | 'slicePage'
> = {
  sinceProblem(service, dataset, since) {
    const { choices } = service.options;
    if (since <= dataset.count) return undefined;
    const known = dataset.exists || dataset.deletedAt !== undefined;
    const option = choices[known ? 'since-above' : 'since-above-unknown-dataset'];
    if (option === 'empty') return undefined;
    return refuse('InvalidParameterException', `No such SyncCount: ${since} exists for this Dataset`);
  },

  isNewer: (record, since) => record.count > since,

  compareRecords(service, a, b) {
    const order = service.options.choices['record-order'];
    if (order === 'count' && a.count !== b.count) return a.count - b.count;
    const byKey = a.key < b.key ? -1 : Number(a.key > b.key);
    return order === 'other' ? -byKey : byKey;
  },

  listedRecords(service, dataset, since) {
    const { behaviour } = service;
    const newer = [];
    for (const record of dataset.records.values()) if (behaviour.isNewer(record, since)) newer.push(record);
    return newer.sort((a, b) => behaviour.compareRecords(service, a, b));
  },

  slicePage(items, start, size) {
    const end = start + size;
    return { items: items.slice(start, end), next: end < items.length ? end : undefined };
  },

  shownCount(service, { page, newer, all }) {
    const { choices } = service.options;
    const counted = { page, matching: newer, total: all }[choices['list-count']];
    if (choices['list-count-removed'] === 'counted') return counted.length;
    return counted.filter(({ value }) => value !== null).length;
  },

  shownDatasetCount(service, dataset) {
    return dataset.exists || service.options.choices['deleted-dataset-count'] === 'last' ? dataset.count : 0;
  },

  shownExists: (dataset) => dataset.exists,

  deletedFlag(service, dataset, since) {
    const { choices } = service.options;
    if (dataset.deletedAt === undefined || since > dataset.deletedAt) return false;
    if (!dataset.exists && choices['deleted-flag-while-deleted'] === 'false') return false;
    return since > 0 || choices['deleted-flag-from-start'] === 'true';
  },

  afterList: () => {},
};

/** ListRecords (P-02): answers for unknown datasets too, without creating them (S-22, S-43). */
export function listRecords(service: Service, input: Input): Output | Refusal {
  const { behaviour, options } = service;
  const path = datasetPath(input);
  const sent = input['SyncSessionToken'];
  const claims = typeof sent === 'string' ? behaviour.readToken(service, sent) : undefined;
  const tokenProblem = typeof sent === 'string' ? behaviour.tokenProblem(service, claims, path, 'list') : undefined;
  if (tokenProblem !== undefined) return tokenProblem;
  const dataset = behaviour.findDataset(service, path);
  const buried = !dataset.exists && dataset.deletedAt !== undefined;
  if (buried && options.choices['list-after-deletion'] === 'not-found') {
    return refuse('ResourceNotFoundException', `Dataset ${path.name} was deleted`);
  }
  const since = (input['LastSyncCount'] ?? 0) as number;
  const sinceProblem = behaviour.sinceProblem(service, dataset, since);
  if (sinceProblem !== undefined) return sinceProblem;

  const scope = `records/${path.poolId}/${path.identityId}/${path.name}/${since}`;
  const newer = behaviour.listedRecords(service, dataset, since);
  const cursor = readCursor(input['NextToken'], scope);
  if (cursor === 'damaged') return refuse('InvalidParameterException', 'NextToken not valid for these inputs');
  // The cursor names the last record given, so that writes between two pages move nothing across the border.
  const start = cursor === undefined ? 0 : firstAfter(service, newer, cursor);
  const page = behaviour.slicePage(newer, start, (input['MaxResults'] ?? options.pageSize) as number);
  const last = page.next === undefined ? undefined : newer[page.next - 1];
  const output: Output = {
    Count: behaviour.shownCount(service, { page: page.items, newer, all: [...dataset.records.values()] }),
    DatasetDeletedAfterRequestedSyncCount: behaviour.deletedFlag(service, dataset, since),
    DatasetExists: behaviour.shownExists(dataset),
    DatasetSyncCount: behaviour.shownDatasetCount(service, dataset),
    LastModifiedBy: dataset.exists ? dataset.by : null,
    MergedDatasetNames: null,
    NextToken: last === undefined ? null : writeCursor({ scope, key: last.key, count: last.count }),
    Records: page.items.map((record) => behaviour.renderRecord(service, dataset, record)),
    SyncSessionToken: behaviour.issueToken(service, dataset, path, claims),
  };
  behaviour.afterList(service, dataset);
  return output;
}

function firstAfter(
  service: Service,
  records: ReturnType<typeof listing.listedRecords>,
  cursor: { key: string; count: number },
): number {
  const border = { ...cursor, value: null, by: null, modified: 0, deviceDate: null };
  const index = records.findIndex((record) => service.behaviour.compareRecords(service, record, border) > 0);
  return index < 0 ? records.length : index;
}
