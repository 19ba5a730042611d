import type { RequirementResult } from '../engine/events.ts';

/** The results by group, groups in the order in which they first appear. */
export function byGroup(
  results: readonly RequirementResult[],
): readonly (readonly [string, readonly RequirementResult[]])[] {
  const groups = new Map<string, RequirementResult[]>();
  for (const result of results) {
    const members = groups.get(result.group);
    if (members === undefined) groups.set(result.group, [result]);
    else members.push(result);
  }
  return [...groups];
}
