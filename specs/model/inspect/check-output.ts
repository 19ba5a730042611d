import { isObject, type Output } from '../../types/answer.ts';
import type { Expectation } from '../../types/check-step.ts';
import type { Deviation } from '../state/deviation.ts';
import { show } from '../state/show.ts';
import type { UsedStorage } from '../rules/used-storage.ts';

/** What the symbol `storage` stands for. */
type StorageOf = (of: unknown) => UsedStorage;

/** How an output differs from what a check wants of it. Members that the check does not name are free. */
export function expectedOutput(expect: Expectation, output: Output, storage: StorageOf): readonly Deviation[] {
  return [...differences(expect.output ?? {}, output, '', storage)].map(({ broken, ...one }) => ({
    ...one,
    suspects: [broken ?? expect.requirement],
  }));
}

interface Difference {
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
  /** Whom it breaks, if not the requirement of the check. */
  readonly broken?: string;
}

function* differences(wanted: unknown, actual: unknown, pointer: string, storage: StorageOf): Generator<Difference> {
  if (isObject(wanted) && wanted['$'] === 'any') {
    if (isMissing(actual)) yield { pointer, expected: 'a value', actual: show(actual) };
  } else if (isObject(wanted) && wanted['$'] === 'one-of') {
    const options: readonly unknown[] = Array.isArray(wanted['values']) ? wanted['values'] : [];
    if (!options.some((option) => [...differences(option, actual, pointer, storage)].length === 0))
      yield { pointer, expected: options.map(show).join(' or '), actual: show(actual) };
  } else if (isObject(wanted) && (wanted['$'] === 'amount' || wanted['$'] === 'storage')) {
    const { least, most, requirement } = storage(wanted['of']);
    if (typeof actual !== 'number' || !Number.isInteger(actual) || actual < 0)
      yield { pointer, expected: 'a number of bytes', actual: show(actual) };
    else if (wanted['$'] === 'storage' && (actual < least || actual > most)) {
      const expected = least === most ? String(most) : least > 0 ? `at least ${least}` : `at most ${most}`;
      yield { pointer, expected, actual: show(actual), broken: requirement };
    }
  } else if (isObject(wanted) && wanted['$'] === 'item') {
    const by = String(wanted['by']);
    const like = isObject(wanted['like']) ? wanted['like'] : {};
    if (!Array.isArray(actual)) yield { pointer, expected: 'a list', actual: show(actual) };
    else
      for (const [index, item] of actual.entries())
        if (isObject(item) && item[by] === like[by]) yield* differences(like, item, `${pointer}/${index}`, storage);
  } else if (isObject(wanted) && isObject(actual)) {
    for (const [name, value] of Object.entries(wanted))
      yield* differences(value, actual[name], `${pointer}/${name}`, storage);
    // An empty object wants an empty one: what was never set must not show.
    if (Object.keys(wanted).length === 0 && pointer !== '' && Object.values(actual).some((value) => !isMissing(value)))
      yield { pointer, expected: 'nothing in it', actual: show(actual) };
  } else if (isMissing(wanted)) {
    // Nothing in it is nothing.
    const empty = isObject(actual) && Object.values(actual).every(isMissing);
    if (!isMissing(actual) && !empty) yield { pointer, expected: 'nothing', actual: show(actual) };
  } else if (JSON.stringify(wanted) !== JSON.stringify(actual)) {
    yield { pointer, expected: show(wanted), actual: show(actual) };
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A conforming output, for rehearsals; later calls need what `saved` names. */
export function sampleOutput(expect: Expectation, saved: readonly string[], storage: StorageOf): Output {
  const sample = (wanted: unknown): unknown => {
    if (!isObject(wanted)) return wanted;
    if (wanted['$'] === 'any') return 'rehearsed';
    if (wanted['$'] === 'amount') return 0;
    if (wanted['$'] === 'storage') return storage(wanted['of']).least;
    if (wanted['$'] === 'item') return [sample(wanted['like'])];
    if (wanted['$'] === 'one-of') return Array.isArray(wanted['values']) ? sample(wanted['values'][0]) : null;
    return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, sample(value)]));
  };
  const output = sample(expect.output ?? {});
  const named = Object.fromEntries(saved.map((member) => [member, 'rehearsed']));
  return { ...named, ...(isObject(output) ? output : {}) };
}
