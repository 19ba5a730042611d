import type { Mutant } from './mutant.ts';

/** A server that stores something else than the value that was sent; null: nothing. */
export function storing(id: string, title: string, change: (value: string) => string | null): Mutant {
  return {
    id,
    title,
    requirement: 'record/value-exact',
    group: 'record',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      storedValue: (patch) => {
        const value = base.storedValue(patch);
        return value === null ? null : change(value);
      },
    }),
  };
}
