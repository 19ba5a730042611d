import { isRefusal, refusesCredentials } from '../../engine/isolation/first-answer.ts';
import { identityCall, isGone } from '../../engine/isolation/made-identities.ts';
import type { LedgerEntry, PoolEntry, RunContext } from '../../engine/interface/options.ts';
import { eachConcurrently } from '../../engine/traffic/each-concurrently.ts';
import { type Answer, answerClass, isObject, readAnswer } from '../../specs/types/answer.ts';
import { bind } from '../../specs/bind.ts';
import type { HttpRequest, Input } from '../../specs/types/wire.ts';
import type { LedgerFile } from './ledger.ts';

/** Something of a run that could not be deleted. */
export interface Left {
  readonly entry: LedgerEntry | PoolEntry;
  readonly reason: string;
}

export interface CleanUp {
  readonly deleted: number;
  readonly left: readonly Left[];
  /** The target answered at all, and not only to refuse the credentials. */
  readonly reached: boolean;
}

/** Deletes by exact name what a ledger holds as created: datasets first, then the pools they may be in. */
export async function cleanUp(ledger: LedgerFile, concurrency: number, context: RunContext): Promise<CleanUp> {
  const left: Left[] = [];
  let deleted = 0;
  let reached = false;
  const ask = async (request: HttpRequest): Promise<Answer> => {
    const answer = readAnswer(await context.target.send(request, context.signal));
    reached ||= answer.kind !== 'silence' && !refusesCredentials(answer);
    return answer;
  };
  const note = async (entry: LedgerEntry | PoolEntry, answer: Answer): Promise<void> => {
    if (!isGone(answer)) {
      left.push({ entry, reason: `the deletion was answered with ${answerClass(answer)}` });
      return;
    }
    deleted += 1;
    await context.ledger.deleted([entry]);
  };
  const going = (): boolean => context.signal?.aborted !== true;

  await eachConcurrently(concurrency, ledger.entries.filter(isOpen), async (entry) => {
    if (!going()) return;
    const { identityPoolId: IdentityPoolId, identityId: IdentityId, datasetName: DatasetName } = entry;
    await note(entry, await ask(bind('DeleteDataset', { IdentityPoolId, IdentityId, DatasetName })));
  });
  for (const pool of ledger.pools.filter(isOpen)) {
    if (!going()) break;
    const id = pool.identityPoolId ?? (await poolCalled(pool.identityPoolName, ask));
    if (typeof id !== 'string') {
      // Without an id the creation was never answered: it may not have come to anything.
      if (id === null) await note(pool, { kind: 'success', status: 200, output: {} });
      else left.push({ entry: pool, reason: `ListIdentityPools was answered with ${answerClass(id)}` });
      continue;
    }
    await note(pool, await ask(identityCall('DeleteIdentityPool', { IdentityPoolId: id })));
  }
  return { deleted, left, reached };
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'planned';
}

/** The id of a pool by its name: null when there is none; the answer when it cannot be told. */
async function poolCalled(
  name: string,
  ask: (request: HttpRequest) => Promise<Answer>,
): Promise<string | null | Answer> {
  let input: Input = { MaxResults: 60 };
  for (;;) {
    const answer = await ask(identityCall('ListIdentityPools', input));
    // A target without this API has made nothing through it.
    if (isRefusal(answer)) return null;
    if (answer.kind !== 'success') return answer;
    const { IdentityPools: pools, NextToken: next } = answer.output;
    const found = (Array.isArray(pools) ? pools : []).find(
      (pool) => isObject(pool) && pool['IdentityPoolName'] === name,
    );
    const id = isObject(found) ? found['IdentityPoolId'] : undefined;
    if (typeof id === 'string') return id;
    if (typeof next !== 'string' || next === input['NextToken']) return null;
    input = { MaxResults: 60, NextToken: next };
  }
}
