import type { CheckStep } from '../../specs/types/check-step.ts';
import { ownPool, type Sequence } from '../../specs/types/sequence.ts';
import type { KnownPool, Isolation } from './isolation.ts';

/** The shared place, where plays that need pools of their own get them made: by `prepare`, when they begin. */
export function withOwnGround(isolation: Isolation, prepare: NonNullable<Isolation['prepare']>): Isolation {
  const grounds = new Map<number, ReadonlyMap<number, KnownPool>>();
  return {
    ...isolation,
    prepare,
    // Recordings are judged again when their pools are gone, so what they were called is kept.
    furnish: (serial, pools) => void grounds.set(serial, pools),
    name(ref, serial) {
      const named = isolation.name(ref, serial);
      const own = grounds.get(serial)?.get(ref.pool);
      if (own !== undefined) return { ...named, pool: own.pool, identity: own.identities[ref.identity] ?? '' };
      // Nobody is asked while it is rehearsed.
      return ref.pool === ownPool ? { ...named, pool: 'own', identity: String(ref.identity) } : named;
    },
  };
}

/** What a play does to end its use of the ground it was given; null: it cannot begin. */
export async function takeGround(
  isolation: Isolation,
  sequence: Sequence,
  serial: number,
  onRequest: () => void,
): Promise<(() => Promise<void>) | null> {
  if (isolation.prepare === undefined || !needsOwnGround(sequence)) return () => Promise.resolve();
  const numbers = new Map<number, number>();
  for (const { pool, identity } of sequence.datasets) numbers.set(pool, Math.max(numbers.get(pool) ?? 0, identity + 1));
  const ground = await isolation.prepare(numbers, onRequest);
  if (ground === null) return null;
  isolation.furnish?.(serial, ground.pools);
  return ground.leave;
}

/** Whether others may keep datasets where a sequence is played. */
export function isShared(isolation: Isolation, sequence: Sequence): boolean {
  return isolation.shared && !(isolation.prepare !== undefined && needsOwnGround(sequence));
}

/** Whether a step can be played only where nobody else is, or even anything can be named that was never made. */
export function isOutOfReach(step: CheckStep, isolation: Isolation, shared: boolean): boolean {
  if (step.free !== true || !isolation.shared) return false;
  return shared || ['IdentityPoolId', 'IdentityId'].some((member) => step.input?.[member] !== undefined);
}

function needsOwnGround({ datasets, steps }: Sequence): boolean {
  return (
    datasets.some(({ pool }) => pool === ownPool) || steps.some((step) => step.do === 'check' && step.free === true)
  );
}
