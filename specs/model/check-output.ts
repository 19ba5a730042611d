import { isObject, type Output } from '../answer.ts';
import type { Expectation } from '../check-step.ts';
import type { Deviation } from './prediction.ts';
import { show } from './show.ts';

/** How an output differs from what a check wants of it. Members that the check does not name are free. */
export function expectedOutput(expect: Expectation, output: Output): readonly Deviation[] {
  return [...differences(expect.output ?? {}, output, '')].map((one) => ({ ...one, suspects: [expect.requirement] }));
}

interface Difference {
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
}

function* differences(wanted: unknown, actual: unknown, pointer: string): Generator<Difference> {
  if (isObject(wanted) && wanted['$'] === 'any') {
    if (isMissing(actual)) yield { pointer, expected: 'a value', actual: show(actual) };
  } else if (isObject(wanted) && wanted['$'] === 'one-of') {
    const options: readonly unknown[] = Array.isArray(wanted['values']) ? wanted['values'] : [];
    if (!options.some((option) => [...differences(option, actual, pointer)].length === 0))
      yield { pointer, expected: options.map(show).join(' or '), actual: show(actual) };
  } else if (isObject(wanted) && isObject(actual)) {
    for (const [name, value] of Object.entries(wanted)) yield* differences(value, actual[name], `${pointer}/${name}`);
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
export function sampleOutput(expect: Expectation, saved: readonly string[]): Output {
  const sample = (wanted: unknown): unknown => {
    if (!isObject(wanted)) return wanted;
    if (wanted['$'] === 'any') return 'rehearsed';
    if (wanted['$'] === 'one-of') return Array.isArray(wanted['values']) ? sample(wanted['values'][0]) : null;
    return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, sample(value)]));
  };
  const output = sample(expect.output ?? {});
  const named = Object.fromEntries(saved.map((member) => [member, 'rehearsed']));
  return { ...named, ...(isObject(output) ? output : {}) };
}
