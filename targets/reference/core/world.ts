import type { Json } from '../../../specs/types/wire.ts';

/** A stored record; `value` null means removed. Dates in epoch milliseconds, `deviceDate` in epoch seconds as sent. */
export interface RecordState {
  readonly key: string;
  readonly value: string | null;
  readonly count: number;
  readonly by: string | null;
  readonly modified: number;
  readonly deviceDate: number | null;
}

/** A dataset, or what is remembered of one that was deleted or only asked for: its counter outlives it (S-45). */
export interface DatasetState {
  readonly poolId: string;
  readonly identityId: string;
  readonly name: string;
  records: Map<string, RecordState>;
  count: number;
  exists: boolean;
  /** The count it had when it was last deleted. */
  deletedAt: number | undefined;
  created: number;
  modified: number;
  by: string | null;
  /** Serial of the newest session, and the lowest serial that still may write. */
  newestSession: number;
  oldestSession: number;
}

export interface DeviceState {
  readonly id: string;
  readonly platform: string;
  readonly token: string;
  /** Dataset keys. */
  readonly subscriptions: Set<string>;
}

export interface IdentityState {
  readonly id: string;
  readonly datasets: Map<string, DatasetState>;
  readonly devices: Map<string, DeviceState>;
}

export interface PoolState {
  readonly id: string;
  readonly identities: Map<string, IdentityState>;
  pushSync: { readonly [member: string]: Json } | null;
  streams: { readonly [member: string]: Json } | null;
  readonly events: Map<string, string>;
  /** Start of the last bulk publish, epoch milliseconds. */
  publishStarted: number | undefined;
}

/** A pool that was made through the Cognito Identity API. */
interface MadePool {
  readonly name: string;
  readonly identities: Set<string>;
}

/** Everything one endpoint remembers. */
export interface World {
  readonly pools: Map<string, PoolState>;
  /** By pool id. */
  readonly identityPools: Map<string, MadePool>;
  /** Session ids that an accepted update has used, with the time they would have expired anyway. */
  readonly spent: Map<string, number>;
  /** Serial of the last session token. */
  sessions: number;
  readonly secret: Uint8Array;
}

export function emptyWorld(secret: Uint8Array): World {
  return { pools: new Map(), identityPools: new Map(), spent: new Map(), sessions: 0, secret };
}

export function newPool(id: string): PoolState {
  return { id, identities: new Map(), pushSync: null, streams: null, events: new Map(), publishStarted: undefined };
}

export function newIdentity(id: string): IdentityState {
  return { id, datasets: new Map(), devices: new Map() };
}

export function newDataset(poolId: string, identityId: string, name: string): DatasetState {
  return {
    poolId,
    identityId,
    name,
    records: new Map(),
    count: 0,
    exists: false,
    deletedAt: undefined,
    created: 0,
    modified: 0,
    by: null,
    newestSession: 0,
    oldestSession: 0,
  };
}
