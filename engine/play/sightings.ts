import type { Sequence } from '../../specs/types/sequence.ts';
import { type Failing, type Failure, failuresOf } from './failure.ts';
import type { Played } from './played.ts';

/** A failure as it was met, with the calls that led to it. */
export interface Example extends Failing {
  readonly played: readonly Played[];
  /** Numbers the play: it tells where on the target it was. */
  readonly serial: number;
}

/** All that was seen of one failure key. */
export interface Sighting {
  /** The best example so far: not the consequence of another failure, and with the fewest calls. */
  readonly best: Example;
  /** Others, for the case that the best does not fail again. */
  readonly others: readonly Example[];
  readonly count: number;
  /** Sequences and requests until it was first seen. */
  readonly sequences: number;
  readonly requests: number;
}

type Examples = Pick<Sighting, 'best' | 'others'>;

/** A play so far. */
export interface NotedPlay {
  readonly sequence: Sequence;
  readonly serial: number;
  readonly played: readonly Played[];
}

export interface Progress {
  readonly sequences: number;
  readonly requests: number;
}

export interface Sightings {
  /**
   * Notes the failures of the last of these calls, which were played in this order; returns those whose key is new. `again`: they
   * are judged again with more known, so what was noted of them gives way.
   */
  readonly note: (play: NotedPlay, progress: Progress, again?: boolean) => readonly Failure[];
  readonly all: () => ReadonlyMap<string, Sighting>;
}

/** Kept beside the best example. */
const spares = 3;

/** `selected`: the requirements that are judged; failures of others are left alone. */
export function createSightings(selected: ReadonlySet<string>): Sightings {
  const sightings = new Map<string, Sighting>();
  /** The failures of each play that were counted: one that is judged again does not count twice. */
  const counted = new Map<number, Set<string>>();
  const isCounted = (serial: number, name: string): boolean => {
    const known = counted.get(serial) ?? new Set();
    counted.set(serial, known);
    const before = known.has(name);
    known.add(name);
    return before;
  };
  return {
    note({ sequence, serial, played }, progress, again = false) {
      const last = played.at(-1);
      if (last === undefined || last.deviations.length === 0) return [];
      const fresh: Failure[] = [];
      for (const failure of failuresOf(last)) {
        // Whatever its cause, a check of a selected requirement that is violated counts.
        if (!failure.suspects.some((suspect) => selected.has(suspect))) continue;
        const example = { sequence, serial, failure, played: [...played] };
        const once = isCounted(serial, `${failure.key}|${last.call}`) ? 0 : 1;
        const known = sightings.get(failure.key);
        if (known === undefined) {
          sightings.set(failure.key, { best: example, others: [], count: 1, ...progress });
          fresh.push(failure);
        } else
          sightings.set(failure.key, {
            ...known,
            ...ranked(again ? without(known, example) : known, example),
            count: known.count + once,
          });
      }
      return fresh;
    },
    all: () => sightings,
  };
}

/** What was seen of this failure elsewhere, where there is anything. */
function without({ best, others }: Sighting, example: Example): Examples {
  const [first, ...rest] = [best, ...others].filter(
    (one) => one.sequence !== example.sequence || one.failure.step !== example.failure.step,
  );
  return first === undefined ? { best: example, others: [] } : { best: first, others: rest };
}

function ranked(known: Examples, example: Example): Examples {
  // The same step of the same sequence again proves no more than before.
  const same = [known.best, ...known.others].some(
    (one) => one.sequence === example.sequence && one.failure.step === example.failure.step,
  );
  if (same && !better(example, known.best)) return known;
  // A target that fails at every call must not fill the memory with examples.
  if (known.others.length >= spares && !better(example, known.best)) return known;
  return better(example, known.best)
    ? { best: example, others: [known.best, ...known.others].slice(0, spares) }
    : { best: known.best, others: [...known.others, example] };
}

function better(one: Example, other: Example): boolean {
  if (one.failure.secondary !== other.failure.secondary) return other.failure.secondary;
  return one.failure.calls < other.failure.calls;
}
