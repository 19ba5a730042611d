import fc from 'fast-check';
import type { ListStep, PatchStep, RaceCall, Sequence, Step, UpdateStep } from '../specs/types/sequence.ts';
import { drop, list, put, refs, sequence, together, update } from './build.ts';

/** Races: what each client does is settled, what comes of it is not. Every value is written once, so that it tells whose it is. */

const keys = ['a', 'b', 'c', 'e', 'f', 'g'];

function listing(actor: number): ListStep {
  return list({ actor });
}

/** Patches of these keys, at the counts that the actor was shown last. */
function patching(actor: number, ...patched: readonly string[]): UpdateStep {
  return update(
    patched.map((key): PatchStep => put(key, '', { at: 'known' })),
    { actor, token: 'own' },
  );
}

/**
 * A race on one dataset; the other one is for the same calls one at a time. In the end one client writes and another looks: nobody is in
 * their way then.
 */
function race(...steps: readonly Step[]): Sequence {
  const closing = [listing(0), patching(0, 'a'), listing(1)];
  return sequence(valued([...steps, ...closing]), refs('d', 'alone'));
}

function valued(steps: readonly Step[]): readonly Step[] {
  let values = 0;
  const patched = (patch: PatchStep): PatchStep => ({ ...patch, value: `v${(values += 1)}` });
  const filled = (one: UpdateStep): UpdateStep => ({ ...one, patches: one.patches?.map(patched) ?? null });
  const inLane = (call: RaceCall): RaceCall => (call.do === 'update' ? filled(call) : call);
  return steps.map((step): Step => {
    if (step.do === 'together') return { ...step, lanes: step.lanes.map((lane) => lane.map(inLane)) };
    return step.do === 'update' ? filled(step) : step;
  });
}

/** All list; then all patch at once: the same record, or each their own. */
export function lockstep(actors: number, rounds: readonly ('same' | 'apart')[]): Sequence {
  const all = Array.from({ length: actors }, (_, actor) => actor);
  return race(
    ...rounds.flatMap((round) => [
      together(...all.map((actor) => [listing(actor)])),
      together(...all.map((actor) => [patching(actor, ...(round === 'same' ? ['a'] : apart(actor)))])),
    ]),
  );
}

/** Two that write at once; the datasets beside are for the same calls one at a time, and for each client's alone. */
export function meeting(rounds: readonly ('same' | 'apart')[]): Sequence {
  return { ...lockstep(2, rounds), datasets: refs('d', 'alone', 'left', 'right') };
}

/** Records of the actor's own: one, or two for the first. */
function apart(actor: number): readonly string[] {
  const own = keys.slice(actor, actor + 1);
  return actor === 0 ? [...own, ...keys.slice(-1)] : own;
}

/** Some write batches of the same records, others only look. */
export function mixed(writers: readonly (readonly (readonly string[])[])[], looks: number): Sequence {
  const writing = writers.map((batches, actor) =>
    batches.flatMap((batch): readonly RaceCall[] => [listing(actor), patching(actor, ...batch)]),
  );
  const reader = writers.length;
  return race(
    together(
      ...writing,
      Array.from({ length: looks }, () => listing(reader)),
    ),
  );
}

/** One writes batches, one after the other; at each the others look. */
export function beside(batches: readonly (readonly string[])[], looks: number): Sequence {
  const readers = [1, 2].map((actor) => Array.from({ length: looks }, () => listing(actor)));
  return race(...batches.flatMap((batch_) => [listing(0), together([patching(0, ...batch_)], ...readers)]));
}

/** A dataset is deleted while others write to it and look. */
export function deletion(first: readonly string[], second: readonly string[]): Sequence {
  return race(
    patching(0, 'a', 'b'),
    together([listing(0)], [listing(1)], [listing(2)]),
    together([patching(0, ...first)], [drop()], [patching(1, ...second)]),
    listing(2),
  );
}

const batch = (most: number): fc.Arbitrary<readonly string[]> =>
  fc.shuffledSubarray(keys.slice(0, 3), { minLength: 1, maxLength: most });
const writer = (most: number, times: number): fc.Arbitrary<readonly (readonly string[])[]> =>
  fc.array(batch(most), { minLength: times, maxLength: times });

/** Clients that know many records and seldom meet. */
const scattered: fc.Arbitrary<Sequence> = fc
  .array(fc.array(fc.shuffledSubarray(keys, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 4 }), {
    minLength: 2,
    maxLength: 2,
  })
  .map((writers) => mixed(writers, 2));

export const races: fc.Arbitrary<Sequence> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        actors: fc.integer({ min: 2, max: 4 }),
        rounds: fc.array(fc.constantFrom('same' as const, 'apart' as const), { minLength: 2, maxLength: 3 }),
      })
      .map(({ actors, rounds }) => lockstep(actors, rounds)),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        writers: fc.array(writer(3, 2), { minLength: 2, maxLength: 3 }),
        looks: fc.integer({ min: 3, max: 6 }),
      })
      .map(({ writers, looks }) => mixed(writers, looks)),
  },
  { weight: 1, arbitrary: scattered },
  { weight: 1, arbitrary: writer(3, 3).map((batches) => beside(batches, 1)) },
  {
    weight: 1,
    arbitrary: fc.record({ first: batch(2), second: batch(2) }).map(({ first, second }) => deletion(first, second)),
  },
);
