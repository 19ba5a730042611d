import { contract } from '../../specs/contract.ts';
import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { Isolation } from './isolation.ts';

/** The key of an identity in its pool. */
export function identityKey({ pool, identity }: Pick<DatasetName, 'pool' | 'identity'>): string {
  return JSON.stringify([pool, identity]);
}

/**
 * The place with plays let in only while an identity has room for their datasets: where plays share identities,
 * many at a time would otherwise fill them, and a right server refuse. `taken`: datasets of others, by identity key.
 * First come, first served; a play that is too large for what is left enters when it is alone.
 */
export function withRoom(isolation: Isolation, taken: ReadonlyMap<string, number>): Isolation {
  const inside = new Map<string, number>();
  const waiting: (() => boolean)[] = [];
  const next = (): void => {
    while (waiting[0]?.() === true) waiting.shift();
  };
  return {
    ...isolation,
    async enter(visit) {
      const needed = new Map<string, number>();
      for (const one of visit.datasets) needed.set(identityKey(one), (needed.get(identityKey(one)) ?? 0) + 1);
      const move = (direction: 1 | -1): void => {
        for (const [key, count] of needed) inside.set(key, (inside.get(key) ?? 0) + direction * count);
      };
      await new Promise<void>((enter) => {
        waiting.push(() => {
          const fits = [...needed].every(([key, count]) => {
            const now = inside.get(key) ?? 0;
            return now === 0 || now + count + (taken.get(key) ?? 0) <= contract.limits.datasetsPerIdentity;
          });
          if (!fits) return false;
          move(1);
          enter();
          return true;
        });
        next();
      });
      const leave = await isolation.enter?.(visit);
      return () => {
        leave?.();
        move(-1);
        next();
      };
    },
  };
}
