import { randomBytes } from 'node:crypto';
import type { Service } from '../core/behaviour.ts';
import {
  type DatasetState,
  emptyWorld,
  type IdentityState,
  newDataset,
  newIdentity,
  newPool,
  type PoolState,
  type RecordState,
  type World,
} from '../core/world.ts';
import type { Change } from '../core/disk.ts';

type Row = readonly [key: string, value: string];
type Kind = 'dataset' | 'identity' | 'made' | 'meta' | 'pool' | 'record' | 'spent';

/** Keys under which a pool, an identity and a dataset are kept. */
export type Path = readonly [pool: string, identity: string, dataset: string];

function row(kind: Kind, path: readonly string[], value: unknown): Change {
  return { key: JSON.stringify([kind, ...path]), value: value === null ? null : JSON.stringify(value) };
}

export function metaRow({ sessions, secret }: World): Change {
  return row('meta', [], { sessions, secret: Buffer.from(secret).toString('base64') });
}

export function poolRow(key: string, pool: PoolState): Change {
  const { id, pushSync, streams, events, publishStarted } = pool;
  return row('pool', [key], { id, pushSync, streams, publishStarted, events: [...events] });
}

export function identityRow([pool, key]: readonly [string, string], { id, devices }: IdentityState): Change {
  const all = [...devices.values()].map((device) => ({ ...device, subscriptions: [...device.subscriptions] }));
  return row('identity', [pool, key], { id, devices: all });
}

export function datasetRow(path: Path, dataset: DatasetState): Change {
  return row('dataset', path, { ...dataset, records: undefined, deletedAt: dataset.deletedAt ?? null });
}

/** `record` undefined: there is none any more. */
export function recordRow(path: Path, key: string, record: RecordState | undefined): Change {
  return row('record', [...path, key], record ?? null);
}

export function spentRow(sessionId: string, expires: number | undefined): Change {
  return row('spent', [sessionId], expires ?? null);
}

export function madePoolRow(id: string, pool: { name: string; identities: Set<string> } | undefined): Change {
  return row('made', [id], pool === undefined ? null : { name: pool.name, identities: [...pool.identities] });
}

/** The world that these rows tell of, in any order. Without rows it is empty. */
export function worldFrom(rows: readonly Row[]): World {
  const world = emptyWorld(randomBytes(32));
  const read = rows.map(([key, value]) => {
    const [kind, ...path] = JSON.parse(key) as [Kind, ...string[]];
    return { kind, path, value: JSON.parse(value) as never };
  });
  // Pools before identities before datasets before records.
  const order: readonly Kind[] = ['meta', 'made', 'spent', 'pool', 'identity', 'dataset', 'record'];
  for (const kind of order)
    for (const { path, value } of read.filter((one) => one.kind === kind)) readers[kind](world, path, value);
  return world;
}

const readers: { readonly [K in Kind]: (world: World, path: readonly string[], value: never) => void } = {
  meta(world, _, { sessions, secret }: { sessions: number; secret: string }) {
    world.sessions = sessions;
    Object.assign(world, { secret: Buffer.from(secret, 'base64') });
  },
  made(world, [id = ''], { name, identities }: { name: string; identities: string[] }) {
    world.identityPools.set(id, { name, identities: new Set(identities) });
  },
  spent(world, [sessionId = ''], expires: number) {
    world.spent.set(sessionId, expires);
  },
  pool(world, [key = ''], value: Omit<PoolState, 'events' | 'identities'> & { events: [string, string][] }) {
    world.pools.set(key, { ...newPool(value.id), ...value, events: new Map(value.events) });
  },
  identity(
    world,
    [pool = '', key = ''],
    { id, devices }: { id: string; devices: { id: string; subscriptions: string[] }[] },
  ) {
    const identity = identityAt(world, pool, key, id);
    for (const device of devices)
      identity.devices.set(device.id, { ...device, subscriptions: new Set(device.subscriptions) } as never);
  },
  dataset(world, path, value: Omit<DatasetState, 'records' | 'deletedAt'> & { deletedAt: number | null }) {
    const [pool = '', identity = '', key = ''] = path;
    const dataset = { ...newDataset(value.poolId, value.identityId, value.name), ...value };
    const { datasets } = identityAt(world, pool, identity, value.identityId);
    datasets.set(key, { ...dataset, deletedAt: value.deletedAt ?? undefined });
  },
  record(world, [pool = '', identity = '', dataset = '', key = ''], value: RecordState) {
    world.pools.get(pool)?.identities.get(identity)?.datasets.get(dataset)?.records.set(key, value);
  },
};

function identityAt(world: World, poolKey: string, key: string, id: string): IdentityState {
  const pool = world.pools.get(poolKey) ?? newPool(poolKey);
  world.pools.set(poolKey, pool);
  const identity = pool.identities.get(key) ?? newIdentity(id);
  pool.identities.set(key, identity);
  return identity;
}

/** Where the data of these inputs is kept. */
export function pathOf({ behaviour }: Service, input: { readonly [member: string]: unknown }): Path {
  return [
    behaviour.poolKey(String(input['IdentityPoolId'])),
    behaviour.identityKey(String(input['IdentityId'])),
    behaviour.datasetKey(String(input['DatasetName'])),
  ];
}
