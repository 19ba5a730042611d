import type { CheckStep } from '../../specs/types/check-step.ts';
import { ownPool, type Sequence } from '../../specs/types/sequence.ts';
import type { KnownPool, Place } from './place.ts';

/** The shared place, where plays that need pools of their own get them made: by `prepare`, when they begin. */
export function withOwnGround(place: Place, prepare: NonNullable<Place['prepare']>): Place {
  const grounds = new Map<number, ReadonlyMap<number, KnownPool>>();
  return {
    ...place,
    prepare,
    // Recordings are judged again when their pools are gone, so what they were called is kept.
    furnish: (serial, pools) => void grounds.set(serial, pools),
    name(ref, serial) {
      const named = place.name(ref, serial);
      const own = grounds.get(serial)?.get(ref.pool);
      if (own !== undefined) return { ...named, pool: own.pool, identity: own.identities[ref.identity] ?? '' };
      // Nobody is asked while it is rehearsed.
      return ref.pool === ownPool ? { ...named, pool: 'own', identity: String(ref.identity) } : named;
    },
  };
}

/** What a play does to end its use of the ground it was given; null: it cannot begin. */
export async function takeGround(
  place: Place,
  sequence: Sequence,
  serial: number,
  onRequest: () => void,
): Promise<(() => Promise<void>) | null> {
  if (place.prepare === undefined || !needsOwnGround(sequence)) return () => Promise.resolve();
  const numbers = new Map<number, number>();
  for (const { pool, identity } of sequence.datasets) numbers.set(pool, Math.max(numbers.get(pool) ?? 0, identity + 1));
  const ground = await place.prepare(numbers, onRequest);
  if (ground === null) return null;
  place.furnish?.(serial, ground.pools);
  return ground.leave;
}

/** Whether others may keep datasets where a sequence is played. */
export function isShared(place: Place, sequence: Sequence): boolean {
  return place.shared && !(place.prepare !== undefined && needsOwnGround(sequence));
}

/** Whether a step can be played only where nobody else is, or even anything can be named that was never made. */
export function isOutOfReach(step: CheckStep, place: Place, shared: boolean): boolean {
  if (step.free !== true || !place.shared) return false;
  return shared || ['IdentityPoolId', 'IdentityId'].some((member) => step.input?.[member] !== undefined);
}

function needsOwnGround({ datasets, steps }: Sequence): boolean {
  return (
    datasets.some(({ pool }) => pool === ownPool) || steps.some((step) => step.do === 'check' && step.free === true)
  );
}
