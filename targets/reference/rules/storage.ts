import type { DatasetPath, Part, Service } from '../core/behaviour.ts';
import { type IdentityState, type PoolState, newDataset, newIdentity, newPool } from '../core/world.ts';

export const storage: Part<'datasetKey' | 'findDataset' | 'findRecord' | 'identityKey' | 'poolKey' | 'recordKey'> = {
  poolKey: (poolId) => poolId,
  identityKey: (identityId) => identityId,
  datasetKey: (name) => name,
  recordKey: (key) => key,
  findRecord: (service, dataset, key) => dataset.records.get(service.behaviour.recordKey(key)),
  findDataset(service, path) {
    const identity = identityOf(service, path.poolId, path.identityId);
    const key = service.behaviour.datasetKey(path.name);
    let dataset = identity.datasets.get(key);
    if (dataset === undefined) {
      dataset = newDataset(path.poolId, path.identityId, path.name);
      identity.datasets.set(key, dataset);
    }
    return dataset;
  },
};

/** The pool, made on first use: in an open endpoint every pool exists. */
export function poolOf(service: Service, poolId: string): PoolState {
  const key = service.behaviour.poolKey(poolId);
  let pool = service.world.pools.get(key);
  if (pool === undefined) {
    pool = newPool(poolId);
    service.world.pools.set(key, pool);
  }
  return pool;
}

export function identityOf(service: Service, poolId: string, identityId: string): IdentityState {
  const pool = poolOf(service, poolId);
  const key = service.behaviour.identityKey(identityId);
  let identity = pool.identities.get(key);
  if (identity === undefined) {
    identity = newIdentity(identityId);
    pool.identities.set(key, identity);
  }
  return identity;
}

/** The pool if anything was ever kept for it. */
export function knownPool(service: Service, poolId: string): PoolState | undefined {
  return service.world.pools.get(service.behaviour.poolKey(poolId));
}

/** The identity if anything was ever kept for it. */
export function knownIdentity(service: Service, poolId: string, identityId: string): IdentityState | undefined {
  return knownPool(service, poolId)?.identities.get(service.behaviour.identityKey(identityId));
}

export function datasetPath(input: { readonly [member: string]: unknown }): DatasetPath {
  return {
    poolId: String(input['IdentityPoolId']),
    identityId: String(input['IdentityId']),
    name: String(input['DatasetName']),
  };
}
