import type { Choices } from '../state/choices.ts';
import { type World, datasetKey, sameButPool } from '../state/world.ts';
import type { DatasetName, TokenState } from '../state/dataset-state.ts';
import type { TokenVerdict } from '../state/token-verdict.ts';

/** Judges a session token for UpdateRecords (S-31 to S-39). */
export function tokenVerdict(world: World, id: DatasetName, token: unknown, choices: Choices): TokenVerdict {
  const states = typeof token === 'string' ? (world.tokens.get(token) ?? []) : [];
  const own = states.find((state) => state.dataset === datasetKey(id));
  return world.rules.token(serviceVerdict(world, id, token, choices), own);
}

function serviceVerdict(world: World, id: DatasetName, token: unknown, choices: Choices): TokenVerdict {
  if (typeof token !== 'string') {
    return refuse('session-token/required', [], 'session-token/required', 'the session token is missing');
  }
  const states = world.tokens.get(token) ?? [];
  const own = states.find((state) => state.dataset === datasetKey(id));
  if (own === undefined)
    return foreign(
      id,
      states.map((state) => state.dataset),
    );
  if (own.uncertain)
    return open('the dataset was deleted, or touched in another identity pool, after the token was given');
  const dataset = datasetKey(id);
  const isOlder = givenSince(world, token, own.serial, (other) => other === dataset);
  if (own.spent) {
    // What has been asked of the target is a used token that nothing else speaks against.
    const otherReason = endedOtherwise(own, isOlder || continuedBy(world, token, own), choices);
    if (choices['spent-token-update'] === 'accepted' && otherReason !== null) return open(otherReason);
    return byChoice('spent-token-update', choices, 'an accepted update has used the token');
  }
  if (own.outlived)
    return byChoice('token-after-other-update', choices, 'an update with another token was accepted since');
  if (givenSince(world, token, own.serial, (other) => sameButPool(other, dataset)))
    return open('a newer token was given in another identity pool');
  if (isOlder) return byChoice('older-token', choices, 'a newer token was given');
  // Whether a session goes on with the token that was presented, or only with the one that was given for it, is not said (S-38).
  if (choices['older-token'] !== 'accepted' && continuedBy(world, token, own))
    return open('a newer token was given for this one');
  const demands = ['session-token/accepted'];
  if (own.presented) demands.unshift('session-token/usable-for-reads');
  if (own.conflicted) demands.unshift('session-token/survives-conflict');
  return { ...accept, demands };
}

/** Why a token may be refused even where one that was used is not; null: for no reason. */
export function endedOtherwise({ outlived }: TokenState, isOlder: boolean, choices: Choices): string | null {
  if (outlived && choices['token-after-other-update'] !== 'accepted')
    return 'an update with another token was accepted since';
  return isOlder && choices['older-token'] !== 'accepted' ? 'a newer token was given' : null;
}

const accept: TokenVerdict = {
  verdict: 'accept',
  demand: 'session-token/accepted',
  demands: [],
  types: [],
  typeDemand: '',
  why: 'the token is fresh',
};

function refuse(demand: string, types: readonly string[], typeDemand: string, why: string): TokenVerdict {
  return { verdict: 'refuse', demand, demands: [], types, typeDemand, why };
}

function open(why: string): TokenVerdict {
  return { ...accept, verdict: 'open', why };
}

function byChoice(id: string, choices: Choices, why: string): TokenVerdict {
  const option = choices[id];
  const demand = `consistency/${id}`;
  if (option === undefined) return open(why);
  return option === 'refused' ? refuse(demand, [], demand, why) : { ...accept, demands: [demand], why };
}

function foreign(id: DatasetName, givenFor: readonly string[]): TokenVerdict {
  const types = ['InvalidParameterException'];
  const type = 'session-token/refusal-type';
  const other = givenFor[0];
  if (other === undefined)
    return refuse('session-token/made-up-refused', types, type, 'ListRecords never gave this token');
  const [pool, identity] = other.split('\n');
  // The token does not name the pool (S-32), so a server may take one of another pool.
  if (pool !== id.pool) return open('the token was given in another identity pool');
  if (identity !== id.identity)
    return refuse('session-token/other-identity-refused', types, type, 'the token was given to another identity');
  return refuse('session-token/other-dataset-refused', types, type, 'the token was given for another dataset');
}

/** Whether another token was given for this one: it has its place in the order of sessions, and was given later. */
function continuedBy(world: World, text: string, { dataset, serial }: TokenState): boolean {
  const later = [...world.tokens].slice([...world.tokens.keys()].indexOf(text) + 1);
  return later.some(([, states]) => states.some((state) => state.dataset === dataset && state.serial === serial));
}

/** Whether another token was given after this one, for a dataset that `counts`. */
function givenSince(world: World, text: string, serial: number, counts: (dataset: string) => boolean): boolean {
  for (const [other, states] of world.tokens) {
    if (other !== text && states.some((state) => counts(state.dataset) && state.serial > serial)) return true;
  }
  return false;
}
