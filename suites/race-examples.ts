import { list, put, refs, sequence, together, update } from '../generators/build.ts';
import type { ListStep, PatchStep, Sequence, Step, UpdateStep } from '../specs/sequence.ts';

const actors = [0, 1, 2];
const listing = (actor: number): ListStep => list({ actor });
const updating = (actor: number, ...patches: readonly PatchStep[]): UpdateStep =>
  update(patches, { actor, token: 'own' });
const known = { at: 'known' } as const;

/** On one dataset, and on another for the same calls one at a time. */
function race(...steps: readonly Step[]): Sequence {
  return sequence(steps, refs('d', 'alone'));
}

/** All list, then all patch one record at once; then somebody looks. */
const lockstep = race(
  together(...actors.map((actor) => [listing(actor)])),
  together(...actors.map((actor) => [updating(actor, put('a', `a${actor}`, known))])),
  together(...actors.map((actor) => [listing(actor)])),
  together(...actors.map((actor) => [updating(actor, put('a', `b${actor}`, known))])),
  listing(0),
);

export const raceExamples: readonly Sequence[] = [lockstep];
