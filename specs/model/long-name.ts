import type { DatasetName } from './world.ts';

/** Names that a narrower limit than the documented one refuses. */
const long = 64;

/** Whom the refusal of a legal call breaks where the dataset's name is long: the shrinker keeps it so only if it matters. */
export function longName({ name }: DatasetName): readonly string[] {
  return name.length > long ? ['validation/boundary-accepted'] : [];
}
