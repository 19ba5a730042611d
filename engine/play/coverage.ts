import type { Exercise } from '../../specs/model/state/prediction.ts';
import type { Played } from './played.ts';

/** How often each requirement was put to the test, in how many model contexts, and how often it held. */
export interface Coverage {
  readonly note: (played: Played) => void;
  readonly exercised: (requirement: string) => number;
  readonly contexts: (requirement: string) => number;
  /** How often it held in a play where nothing had gone wrong before. */
  readonly held: (requirement: string) => number;
  /** How often it was put to the test where no earlier answer of the play had left the state unknown. */
  readonly onSureGround: (requirement: string) => number;
}

interface Tally {
  exercised: number;
  held: number;
  sure: number;
  readonly contexts: Set<string>;
}

export function createCoverage(): Coverage {
  const tallies = new Map<string, Tally>();
  const tally = (requirement: string): Tally => {
    let known = tallies.get(requirement);
    if (known === undefined) {
      known = { exercised: 0, held: 0, sure: 0, contexts: new Set() };
      tallies.set(requirement, known);
    }
    return known;
  };
  return {
    note(played) {
      for (const { requirement, context } of exercisesOf(played)) {
        const known = tally(requirement);
        known.exercised += 1;
        if (!played.afterDeviation) known.sure += 1;
        if (!played.afterDeviation && played.deviations.length === 0) known.held += 1;
        known.contexts.add(context);
      }
    },
    exercised: (requirement) => tallies.get(requirement)?.exercised ?? 0,
    contexts: (requirement) => tallies.get(requirement)?.contexts.size ?? 0,
    held: (requirement) => tallies.get(requirement)?.held ?? 0,
    onSureGround: (requirement) => tallies.get(requirement)?.sure ?? 0,
  };
}

/** What a judged call put to the test. Every answer tests the wire, but for those of races, which are only held against each other; a call that broke something tested that too. */
export function exercisesOf(played: Played): readonly Exercise[] {
  const wire = [
    'wire/answers-have-the-modelled-shape',
    'wire/no-server-error',
    ...(played.actual === 'ok'
      ? ['wire/success-is-200', 'wire/success-is-json']
      : ['wire/error-is-declared', 'wire/error-type-agrees']),
  ].filter(() => played.race === undefined);
  const broken = played.deviations.flatMap((one) => one.suspects.slice(0, 1));
  return [
    ...played.exercises,
    ...wire.map((requirement) => ({ requirement, context: played.operation })),
    ...broken
      .filter((requirement) => !played.exercises.some((one) => one.requirement === requirement))
      .map((requirement) => ({ requirement, context: 'broken' })),
  ];
}
