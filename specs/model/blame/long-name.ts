import type { Patch } from '../state/disposition.ts';
import type { DatasetName } from '../state/dataset-state.ts';

/** Names that a narrower limit than the documented one refuses. */
const long = 64;
/** The same of values. */
const longText = 1_000;

/** Whom the refusal of a legal call breaks where the dataset's name is long: the shrinker keeps it so only if it matters. */
export function longName({ name }: DatasetName): readonly string[] {
  return name.length > long ? ['validation/boundary-accepted'] : [];
}

/** The same where a patch carries a long value. */
export function longValue({ value }: Patch): readonly string[] {
  return (value?.length ?? 0) > longText ? ['quota/within-limits-accepted'] : [];
}
