import { allRequirements } from '../../specs/model/state/consistency.ts';
import { select } from '../common/patterns.ts';
import { UsageError } from '../common/usage-error.ts';
import type { Settings } from './settings.ts';

/**
 * Ids of the requirements to judge. Those that only the preset `deep` can afford are left out of the others, unless
 * `--requirements` asks for them.
 */
export function selectRequirements(settings: Pick<Settings, 'requirements' | 'exclude' | 'preset'>): readonly string[] {
  const ids = allRequirements.map(({ id }) => id);
  const affordable = allRequirements.filter(({ deep }) => deep !== true || settings.preset === 'deep');
  const included = new Set(
    settings.requirements?.flatMap((pattern) => select(pattern, ids, '--requirements')) ??
      affordable.map(({ id }) => id),
  );
  for (const pattern of settings.exclude ?? []) {
    for (const id of select(pattern, ids, '--exclude')) included.delete(id);
  }
  if (included.size === 0) throw new UsageError('--exclude leaves no requirement to judge.');
  return ids.filter((id) => included.has(id));
}
