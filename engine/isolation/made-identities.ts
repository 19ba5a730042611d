import { type Answer, answerClass, readAnswer } from '../../specs/types/answer.ts';
import type { HttpRequest, Input } from '../../specs/types/wire.ts';
import type { PoolEntry, RunContext } from '../interface/options.ts';
import { withOwnGround } from './own-pools.ts';
import { givenIdentities, type KnownPool, type Isolation } from './isolation.ts';

/** Pools and identities that the target made for a run. */
export interface Identities {
  /** null: none could be made; `problem` says why. */
  readonly isolation: Isolation | null;
  readonly problem: string | null;
  readonly requests: number;
  /** Deletes the pools again. Does not stop when the run does. */
  readonly remove: () => Promise<void>;
}

/** As many as the catalogue can use. */
const wanted = { pools: 2, identities: 2 };

/**
 * Makes pools with identities through the target's own Cognito Identity API, at the same address. Each pool is in the
 * ledger, by a name that nobody else has, before it is made. Plays that need pools of their own get them made when they begin.
 */
export async function makeIdentities(context: RunContext): Promise<Identities> {
  let requests = 0;
  const factory = createFactory(context);
  const count = (): void => {
    requests += 1;
  };
  const made: Made[] = [];
  const remove = (): Promise<void> => factory.remove(made, count);
  for (let number = 0; number < wanted.pools; number += 1) {
    const one = await factory.make(wanted.identities, count);
    made.push(one);
    if (one.known === null) return { isolation: null, problem: one.problem, requests, remove };
  }
  const pools = made.flatMap(({ known }) => known ?? []);
  const prepare: NonNullable<Isolation['prepare']> = async (numbers, onRequest) => {
    const ground = new Map<number, KnownPool>();
    const own: Made[] = [];
    const leave = (): Promise<void> => factory.remove(own, onRequest);
    for (const [number, identities] of numbers) {
      const one = await factory.make(identities, onRequest);
      own.push(one);
      if (one.known === null) {
        await leave();
        return null;
      }
      ground.set(number, one.known);
    }
    return { pools: ground, leave };
  };
  return { isolation: withOwnGround(givenIdentities(pools, context.runId), prepare), problem: null, requests, remove };
}

/** A pool that was asked for. `entry`: what must be deleted again, null: nothing came of it. */
interface Made {
  readonly known: KnownPool | null;
  readonly entry: PoolEntry | null;
  readonly problem: string | null;
}

interface Factory {
  readonly make: (identities: number, onRequest: () => void) => Promise<Made>;
  readonly remove: (made: readonly Made[], onRequest: () => void) => Promise<void>;
}

function createFactory(context: RunContext): Factory {
  let number = 0;
  const ask = async (operation: string, input: Input, onRequest: () => void, signal?: AbortSignal): Promise<Answer> => {
    onRequest();
    return readAnswer(await context.target.send(identityCall(operation, input), signal));
  };
  const said = (operation: string, answer: Answer): string => `its ${operation} answered ${answerClass(answer)}`;
  return {
    async make(count, onRequest) {
      const planned: PoolEntry = { identityPoolName: `csc-${context.runId}-${number++}`, identityPoolId: null };
      await context.ledger.planned([planned]);
      const input = { IdentityPoolName: planned.identityPoolName, AllowUnauthenticatedIdentities: true };
      const created = await ask('CreateIdentityPool', input, onRequest, context.signal);
      const pool = textIn(created, 'IdentityPoolId');
      if (pool === null) {
        // Nothing came of it, unless the answer was lost.
        if (created.kind === 'failure') await context.ledger.deleted([planned]);
        return { known: null, entry: null, problem: said('CreateIdentityPool', created) };
      }
      const entry = { ...planned, identityPoolId: pool };
      await context.ledger.planned([entry]);
      const identities = new Set<string>();
      for (let index = 0; index < count; index += 1) {
        const got = await ask('GetId', { IdentityPoolId: pool }, onRequest, context.signal);
        const identity = textIn(got, 'IdentityId');
        if (identity === null) return { known: null, entry, problem: said('GetId', got) };
        identities.add(identity);
      }
      return { known: { pool, identities: [...identities] }, entry, problem: null };
    },
    async remove(made, onRequest) {
      const gone: PoolEntry[] = [];
      for (const entry of made.flatMap((one) => one.entry ?? [])) {
        const answer = await ask('DeleteIdentityPool', { IdentityPoolId: entry.identityPoolId }, onRequest);
        if (isGone(answer)) gone.push(entry);
      }
      if (gone.length > 0) await context.ledger.deleted(gone);
    },
  };
}

/** A request of Cognito Identity, which is JSON 1.1 with the operation in a header. */
export function identityCall(operation: string, input: Input): HttpRequest {
  return {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityService.${operation}`,
    },
    body: JSON.stringify(input),
  };
}

/** Whether a deletion leaves nothing behind. */
export function isGone(answer: Answer): boolean {
  return answer.kind === 'success' || (answer.kind === 'failure' && answer.type === 'ResourceNotFoundException');
}

function textIn(answer: Answer, member: string): string | null {
  const value = answer.kind === 'success' ? answer.output[member] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}
