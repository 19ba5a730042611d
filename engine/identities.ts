import { type Answer, answerClass, readAnswer } from '../specs/answer.ts';
import type { HttpRequest, Input } from '../specs/wire.ts';
import type { PoolEntry, RunContext } from './options.ts';
import { givenPlace, type KnownPool, type Place } from './place.ts';

/** Pools and identities that the target made for a run. */
export interface Identities {
  /** null: none could be made; `problem` says why. */
  readonly place: Place | null;
  readonly problem: string | null;
  readonly requests: number;
  /** Deletes the pools again. Does not stop when the run does. */
  readonly remove: () => Promise<void>;
}

/** As many as the catalogue can use. */
const wanted = { pools: 2, identities: 2 };

/**
 * Makes pools with identities through the target's own Cognito Identity API, at the same address. Each pool is in the
 * ledger, by a name that nobody else has, before it is made.
 */
export async function makeIdentities(context: RunContext): Promise<Identities> {
  const pools: KnownPool[] = [];
  const entries: PoolEntry[] = [];
  let requests = 0;
  const ask = async (operation: string, input: Input, signal?: AbortSignal): Promise<Answer> => {
    requests += 1;
    return readAnswer(await context.target.send(identityCall(operation, input), signal));
  };
  const remove = async (): Promise<void> => {
    const gone: PoolEntry[] = [];
    for (const entry of entries) {
      const answer = await ask('DeleteIdentityPool', { IdentityPoolId: entry.identityPoolId });
      if (isGone(answer)) gone.push(entry);
    }
    if (gone.length > 0) await context.ledger.deleted(gone);
  };
  const end = (problem: string | null): Identities => ({
    place: problem === null ? givenPlace(pools, context.runId) : null,
    problem,
    requests,
    remove,
  });
  const said = (operation: string, answer: Answer): string => `its ${operation} answered ${answerClass(answer)}`;

  for (let number = 0; number < wanted.pools; number += 1) {
    const planned: PoolEntry = { identityPoolName: `csc-${context.runId}-${number}`, identityPoolId: null };
    await context.ledger.planned([planned]);
    const input = { IdentityPoolName: planned.identityPoolName, AllowUnauthenticatedIdentities: true };
    const created = await ask('CreateIdentityPool', input, context.signal);
    const pool = textIn(created, 'IdentityPoolId');
    if (pool === null) {
      // Nothing came of it, unless the answer was lost.
      if (created.kind === 'failure') await context.ledger.deleted([planned]);
      return end(said('CreateIdentityPool', created));
    }
    const entry = { ...planned, identityPoolId: pool };
    entries.push(entry);
    await context.ledger.planned([entry]);
    const identities = new Set<string>();
    for (let index = 0; index < wanted.identities; index += 1) {
      const got = await ask('GetId', { IdentityPoolId: pool }, context.signal);
      const identity = textIn(got, 'IdentityId');
      if (identity === null) return end(said('GetId', got));
      identities.add(identity);
    }
    pools.push({ pool, identities: [...identities] });
  }
  return end(null);
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
