import type { Answer } from '../../types/answer.ts';
import { type World, withToken } from '../state/world.ts';
import type { DatasetName } from '../state/dataset-state.ts';

/** A token that was given is good, whatever else was wrong with the listing. */
export function withShownToken(world: World, name: DatasetName, answer: Answer): World {
  const token = answer.kind === 'success' ? answer.output['SyncSessionToken'] : undefined;
  if (typeof token !== 'string' || token === '' || world.tokens.has(token)) return world;
  return withToken(world, name, token, undefined);
}
