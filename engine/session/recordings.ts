import { exercisesOf } from '../play/coverage.ts';
import { failuresOf } from '../play/failure.ts';
import type { Recording } from '../play/rejudge.ts';

/** Plays of a run that are judged again when hypotheses are tried on them. */
export interface Recordings {
  /** Notes a play that is over. `again`: it was noted before, and is judged by more now. */
  readonly note: (recording: Recording, again?: boolean) => void;
  /** Plays without a deviation. */
  readonly clean: () => readonly Recording[];
  readonly failing: () => readonly Recording[];
}

/** Clean plays kept for each requirement and context: enough to contradict a wrong hypothesis. */
const perContext = 1;
const perRequirement = 4;
/** Failing plays kept for each failure key. */
const perFailure = 4;
/** Clean plays kept at most, which bounds the memory: a play takes some 20 kB. */
const mostClean = 300;

/** The longest play worth keeping, in calls: judging one again takes as long as judging it took. */
const longest = 120;

/** Records that the calls of a play may send and show, all together: the model asks its rules about each, once for each hypothesis. */
const mostRecords = 600;

/** Whether judging a play again a thousand times takes little enough. */
export function isLight({ played }: Recording): boolean {
  if (played.length > longest) return false;
  const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
  const records = played.flatMap(({ exchanges }) =>
    exchanges.map(
      ({ input, answer }) =>
        lengthOf(input['RecordPatches']) + (answer.kind === 'success' ? lengthOf(answer.output['Records']) : 0),
    ),
  );
  return records.reduce((sum, many) => sum + many, 0) <= mostRecords;
}

export function createRecordings(): Recordings {
  const clean = new Set<Recording>();
  const failing = new Set<Recording>();
  const counts = new Map<string, number>();
  const isNew = (key: string, most: number): boolean => (counts.get(key) ?? 0) < most;
  const raise = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const forget = ({ serial }: Recording): void => {
    for (const kept of [clean, failing]) for (const one of kept) if (one.serial === serial) kept.delete(one);
  };
  return {
    note(recording, again = false) {
      if (again) forget(recording);
      const { played } = recording;
      if (played.length === 0 || !isLight(recording) || played.some((one) => one.race !== undefined)) return;
      const failures = played.flatMap(failuresOf).map(({ key }) => key);
      if (failures.length > 0) {
        if (failures.some((key) => isNew(key, perFailure))) failing.add(recording);
        for (const key of new Set(failures)) raise(key);
        return;
      }
      const exercises = played.flatMap(exercisesOf);
      const keys = new Set(exercises.map(({ requirement, context }) => `${requirement} ${context}`));
      const requirements = new Set(exercises.map(({ requirement }) => requirement));
      const tells =
        [...keys].some((key) => isNew(key, perContext)) || [...requirements].some((one) => isNew(one, perRequirement));
      if (!tells || clean.size >= mostClean) return;
      clean.add(recording);
      for (const key of [...keys, ...requirements]) raise(key);
    },
    clean: () => [...clean],
    failing: () => [...failing],
  };
}
