import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import { type DatasetRef, ownPool } from '../../specs/types/sequence.ts';
import type { Send } from '../exchange/channel.ts';

/** Where sequences live on the target, so that they do not meet. */
export interface Isolation {
  /** How many pools and identities of each pool a sequence may use. */
  readonly pools: number;
  readonly identities: number;
  /** Whether an identity may hold datasets of others. */
  readonly shared: boolean;
  /** The real name of a sequence's dataset. `serial` numbers the plays of a run: each is on fresh ground. */
  readonly name: (ref: DatasetRef, serial: number) => DatasetName;
  /** The device that an update must name; undefined: none. */
  readonly device?: (dataset: DatasetName) => string | undefined;
  /** Makes pools that nobody else uses: for each number, with so many identities. null: it could not. */
  readonly prepare?: (numbers: ReadonlyMap<number, number>, onRequest: () => void) => Promise<Ground | null>;
  /** Gives the play with this serial the pools that were made for it, by their numbers. */
  readonly furnish?: (serial: number, pools: ReadonlyMap<number, KnownPool>) => void;
  /** Waits until a play may begin, and resolves to what ends it. */
  readonly enter?: (visit: Visit) => Promise<() => void>;
}

/** Pools of one play, and what deletes them. */
interface Ground {
  readonly pools: ReadonlyMap<number, KnownPool>;
  readonly leave: () => Promise<void>;
}

/** What a play is about to use. */
export interface Visit {
  /** The datasets of its sequence. */
  readonly own: readonly DatasetName[];
  /** Every dataset that may come into being, `own` among them. */
  readonly datasets: readonly DatasetName[];
  readonly send: Send;
}

/** A target that takes any identity: every play gets identities of its own, and dataset names stay as they are. */
export function freshIdentities(region: string, runId: string): Isolation {
  return {
    pools: 2,
    identities: 2,
    shared: false,
    name: (ref, serial) => ({
      pool:
        ref.pool === ownPool
          ? `${region}:${runId}-0009-4000-8000-${hex(serial, 12)}`
          : `${region}:${runId}-0000-4000-8000-${hex(ref.pool, 12)}`,
      identity: `${region}:${runId}-${hex(ref.identity, 4)}-4000-8000-${hex(serial, 12)}`,
      // A server that mixes up identities must not mix up plays: names differ as well. The width is fixed, so that no play's
      // names begin like another's.
      name: `${serial.toString(36).padStart(4, '0')}.${ref.name}`.slice(0, 128),
    }),
  };
}

/** The place with identities of its own in every pool, for a target where an identity belongs to the pool that it was first seen in. */
export function withOwnIdentities(isolation: Isolation): Isolation {
  return {
    ...isolation,
    name: (ref, serial) => ({
      ...isolation.name(ref, serial),
      identity: isolation.name({ ...ref, identity: ref.identity + 16 * (ref.pool + 1) }, serial).identity,
    }),
  };
}

/** A pool with the identities in it that plays may use. */
export interface KnownPool {
  readonly pool: string;
  readonly identities: readonly string[];
}

/** Identities that exist: plays share them, told apart by the names of their datasets. */
export function givenIdentities(pools: readonly KnownPool[], runId: string): Isolation {
  return {
    pools: pools.length,
    identities: Math.min(...pools.map(({ identities }) => identities.length)),
    shared: true,
    name: (ref, serial) => {
      const { pool, identities } = pools[ref.pool % pools.length] ?? { pool: '', identities: [] };
      return {
        pool,
        // Each play begins with another, so that they fill up alike.
        identity: identities[(ref.identity + serial) % identities.length] ?? '',
        name: `csc-${runId}-${serial.toString(36)}-${ref.name}`.slice(0, 128),
      };
    },
  };
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0').slice(-digits);
}
