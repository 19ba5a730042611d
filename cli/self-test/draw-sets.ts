import fc from 'fast-check';
import type { Mutant } from '../../targets/mutants/base/mutant.ts';

/**
 * Draws `many` sets of `size` mutants, the same for the same seed. The members of a set break different requirements, so that a
 * finding tells which of them it is about.
 */
export function drawSets(mutants: readonly Mutant[], size: number, many: number, seed: number): readonly string[][] {
  const ready = mutants.filter(({ deep }) => deep !== true);
  const shuffled = fc.shuffledSubarray([...ready], { minLength: ready.length, maxLength: ready.length });
  return fc.sample(shuffled, { seed, numRuns: many }).map((all) => {
    const requirements = new Set<string>();
    const apart = all.filter(({ requirement }) => {
      if (requirements.has(requirement)) return false;
      requirements.add(requirement);
      return true;
    });
    return apart.slice(0, size).map(({ id }) => id);
  });
}
