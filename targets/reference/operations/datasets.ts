import type { Input } from '../../../specs/types/wire.ts';
import type { Output, Part, Service } from '../core/behaviour.ts';
import { readCursor, writeCursor } from '../core/cursor.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { datasetPath, knownIdentity } from '../rules/storage.ts';
import type { DatasetState } from '../core/world.ts';

export const datasets: Part<
  'createDataset' | 'createdDate' | 'describable' | 'doomedDatasets' | 'eraseDataset' | 'listedDatasets'
> = {
  createDataset(service, dataset) {
    dataset.exists = true;
    dataset.created = service.behaviour.now(service);
  },

  describable: (dataset) => dataset.exists,
  createdDate: (dataset) => dataset.created,

  listedDatasets(service, identity) {
    if (identity === undefined) return [];
    const existing = [...identity.datasets.values()].filter((dataset) => service.behaviour.describable(dataset));
    return existing.sort((a, b) => (a.name < b.name ? -1 : 1));
  },

  doomedDatasets: (_service, _identity, dataset) => [dataset],

  eraseDataset(service, dataset) {
    dataset.exists = false;
    dataset.records = new Map();
    dataset.deletedAt = dataset.count;
    if (service.options.choices['deletion-count'] === 'raised') dataset.count += 1;
  },
};

function unknownDataset(name: string): Refusal {
  return refuse('ResourceNotFoundException', `No such Dataset: ${name}`);
}

/** DescribeDataset (P-03). */
export function describeDataset(service: Service, input: Input): Output | Refusal {
  const path = datasetPath(input);
  const dataset = service.behaviour.findDataset(service, path);
  if (!service.behaviour.describable(dataset)) return unknownDataset(path.name);
  return { Dataset: service.behaviour.renderDataset(service, dataset) };
}

/** DeleteDataset (P-05): answers with the dataset as it was (S-63). */
export function deleteDataset(service: Service, input: Input): Output | Refusal {
  const { behaviour } = service;
  const path = datasetPath(input);
  const dataset = behaviour.findDataset(service, path);
  if (!behaviour.describable(dataset)) return unknownDataset(path.name);
  const output = { Dataset: behaviour.renderDataset(service, dataset) };
  const identity = knownIdentity(service, path.poolId, path.identityId);
  for (const doomed of behaviour.doomedDatasets(service, identity, dataset)) {
    behaviour.eraseDataset(service, doomed);
  }
  return output;
}

/** ListDatasets (P-04). */
export function listDatasets(service: Service, input: Input): Output | Refusal {
  const { behaviour, options } = service;
  const { poolId, identityId } = datasetPath(input);
  const all = behaviour.listedDatasets(service, knownIdentity(service, poolId, identityId));
  const scope = `datasets/${poolId}/${identityId}`;
  const cursor = readCursor(input['NextToken'], scope);
  if (cursor === 'damaged') return refuse('InvalidParameterException', 'NextToken not valid for these inputs');
  const start = cursor === undefined ? 0 : countUpTo(all, cursor.key);
  const page = behaviour.slicePage(all, start, (input['MaxResults'] ?? options.pageSize) as number);
  const last = page.next === undefined ? undefined : all[page.next - 1];
  return {
    Count: page.items.length,
    Datasets: page.items.map((dataset) => behaviour.renderDataset(service, dataset)),
    NextToken: last === undefined ? null : writeCursor({ scope, key: last.name, count: 0 }),
  };
}

function countUpTo(sorted: readonly DatasetState[], name: string): number {
  return sorted.filter((dataset) => dataset.name <= name).length;
}
