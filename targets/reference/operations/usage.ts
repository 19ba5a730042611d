import type { Input, Json } from '../../../specs/types/wire.ts';
import type { Output, Part, Service } from '../core/behaviour.ts';
import { readCursor, writeCursor } from '../core/cursor.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { totalStorage } from '../rules/sizes.ts';
import { datasetPath, knownIdentity, knownPool } from '../rules/storage.ts';
import type { DatasetState, PoolState } from '../core/world.ts';

export const usage: Part<'identityUsage' | 'poolUsage'> = {
  identityUsage(service, poolId, identityId, identity) {
    const existing = reckoned(service, service.behaviour.listedDatasets(service, identity));
    return {
      DataStorage: shownStorage(service, existing, 'identity-usage-storage'),
      DatasetCount: existing.length,
      IdentityId: identityId,
      IdentityPoolId: poolId,
      LastModifiedDate: newestDate(service, existing),
    };
  },

  poolUsage(service, poolId, pool) {
    const existing = pool === undefined ? [] : datasetsOf(service, pool);
    return {
      DataStorage: shownStorage(service, existing, 'pool-usage-storage'),
      IdentityPoolId: poolId,
      LastModifiedDate: newestDate(service, existing),
      SyncSessionsCount: null,
    };
  },
};

/** Those that a reckoning once in a while has come to. */
function reckoned(service: Service, existing: readonly DatasetState[]): readonly DatasetState[] {
  const wait = reckoningMs[service.options.choices['identity-usage-delay']];
  // Nothing is asked of the clock, which may be another than the one that dated the dataset.
  if (wait === 0) return existing;
  const latest = service.behaviour.now(service) - wait;
  return existing.filter((dataset) => dataset.created <= latest);
}

const indexBytes = 64;
const reckoningMs = { 'at-once': 0, later: 800, 'much-later': 86_400_000 };

function datasetsOf(service: Service, pool: PoolState): readonly DatasetState[] {
  return [...pool.identities.values()].flatMap((identity) => service.behaviour.listedDatasets(service, identity));
}

function shownStorage(
  service: Service,
  existing: readonly DatasetState[],
  choice: 'identity-usage-storage' | 'pool-usage-storage',
): number {
  const option = service.options.choices[choice];
  // What has not been reckoned yet shows as nothing.
  if (option === 'later') return 0;
  // Each dataset has an index of its own.
  return totalStorage(service, existing) + (option === 'other' ? existing.length * indexBytes : 0);
}

function newestDate(service: Service, list: readonly DatasetState[]): Json {
  if (list.length === 0) return null;
  return service.behaviour.shownDate(
    service,
    list.reduce((newest, dataset) => Math.max(newest, dataset.modified), 0),
  );
}

/** DescribeIdentityUsage (P-06). An identity without datasets uses nothing. */
export function describeIdentityUsage(service: Service, input: Input): Output {
  const { poolId, identityId } = datasetPath(input);
  const identity = knownIdentity(service, poolId, identityId);
  return { IdentityUsage: service.behaviour.identityUsage(service, poolId, identityId, identity) };
}

/** DescribeIdentityPoolUsage (P-07). */
export function describeIdentityPoolUsage(service: Service, input: Input): Output {
  const { poolId } = datasetPath(input);
  return { IdentityPoolUsage: service.behaviour.poolUsage(service, poolId, knownPool(service, poolId)) };
}

/** ListIdentityPoolUsage (P-08, P-21): the pools anything was kept for. */
export function listIdentityPoolUsage(service: Service, input: Input): Output | Refusal {
  const { behaviour, options, world } = service;
  const all = [...world.pools.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const cursor = readCursor(input['NextToken'], 'pools');
  if (cursor === 'damaged') return refuse('InvalidParameterException', 'NextToken not valid for these inputs');
  const start = cursor === undefined ? 0 : all.filter((pool) => pool.id <= cursor.key).length;
  const size = (input['MaxResults'] ?? options.pageSize) as number;
  const page = behaviour.slicePage(all, start, size);
  const last = page.next === undefined ? undefined : all[page.next - 1];
  return {
    Count: { page: page.items.length, total: all.length, other: last === undefined ? 0 : 1 }[
      options.choices['pool-list-count']
    ],
    IdentityPoolUsages: page.items.map((pool) => behaviour.poolUsage(service, pool.id, pool)),
    MaxResults: size,
    NextToken: last === undefined ? null : writeCursor({ scope: 'pools', key: last.id, count: 0 }),
  };
}
