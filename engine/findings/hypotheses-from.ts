import { otherOptions } from '../../specs/model/explain/by-feature.ts';
import type { Hypothesis } from '../../specs/model/explain/hypothesis.ts';
import { type Misreport, misreported, toldWrongly } from '../../specs/model/explain/told.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import { isTold } from '../../specs/model/state/consistency.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { failuresOf } from '../play/failure.ts';
import type { Counterexample } from './rejudging.ts';
import { memberOf, sayBreach } from './say-breach.ts';

/** Hypotheses that what was seen suggests: they have the members and operations of the wrong answers as their parameters. */
export function hypothesesFrom<T>(
  counterexamples: readonly Counterexample<T>[],
  choices: Choices,
): readonly Hypothesis[] {
  const seen = counterexamples.flatMap(wrongAnswers);
  const asked = new Set(counterexamples.map(({ failure }) => failure.requirement.replace(/^consistency\//, '')));
  return unique([
    ...seen.flatMap(({ deviation, operation }) => misreportsBy(deviation, operation).map(misreported)),
    ...[...asked].flatMap((choice) => otherOptions(choice, choices[choice])),
    ...shownWrongly(seen.filter(({ requirement }) => isTold(requirement))),
  ]);
}

/** That what is wrong in these counterexamples is only shown wrongly, and right otherwise. */
export function onlyShownWrongly<T>(counterexamples: readonly Counterexample<T>[]): readonly Hypothesis[] {
  return unique(shownWrongly(counterexamples.flatMap(wrongAnswers)));
}

function shownWrongly(seen: readonly WrongAnswer[]): readonly Hypothesis[] {
  return seen.flatMap(({ deviation, operation, requirement }) => {
    if (!isShown(deviation)) return [];
    const wanted = plain(deviation.expected);
    const alike = (other: Deviation): boolean =>
      memberOf(other) === memberOf(deviation) && plain(other.expected) === wanted && /[a-z]/.test(wanted);
    return [toldWrongly(requirement, sayBreach(deviation, operation), alike)];
  });
}

/** What is expected, without names and numbers. */
function plain(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').replaceAll(/\d+(?:\.\d+)?/g, '#');
}

interface WrongAnswer {
  readonly deviation: Deviation;
  readonly operation: Operation;
  readonly requirement: string;
}

function wrongAnswers<T>({ recording, failure }: Counterexample<T>): readonly WrongAnswer[] {
  const breaking = recording.played.filter((one) =>
    failuresOf(one).some(({ requirement }) => requirement === failure.requirement),
  );
  return breaking.flatMap(({ operation, deviations }) =>
    deviations.map((deviation) => ({ deviation, operation, requirement: deviation.suspects[0] ?? '' })),
  );
}

const isShown = ({ pointer }: Deviation): boolean => pointer.startsWith('/');

/** Operations whose answers another operation shows as well: what is wrong in them alone is only shown wrongly. */
const shownElsewhere: ReadonlySet<Operation> = new Set(['UpdateRecords', 'DescribeDataset', 'DeleteDataset']);

function misreportsBy(deviation: Deviation, operation: Operation): readonly Misreport[] {
  const member = memberOf(deviation);
  if (member === undefined) return errorsAsSuccess(deviation);
  const isMember = (other: Deviation): boolean => isShown(other) && memberOf(other) === member;
  return [
    ...(shownElsewhere.has(operation)
      ? [
          {
            id: `${operation}-${member}`,
            member: `${operation}/${member}`,
            suspects: deviation.suspects,
            says: `shows a wrong ${member} in answers of ${operation}`,
            is: (other: Deviation, of: Operation) => of === operation && isMember(other),
          },
        ]
      : []),
    ...(deviation.actual === 'nothing'
      ? [
          {
            id: `without-${member}`,
            says: `leaves ${member} out of its answers`,
            is: (other: Deviation) => isMember(other) && other.actual === 'nothing',
          },
        ]
      : []),
  ];
}

/** An error type beside a status that says success. */
const asSuccess = /^2\d\d [A-Z]\w+(?:Exception|Error)/;

function errorsAsSuccess({ actual }: Deviation): readonly Misreport[] {
  return asSuccess.test(actual)
    ? [
        {
          id: 'errors-as-success',
          says: 'answers errors with the status of a success',
          is: (other: Deviation) => !isShown(other) && asSuccess.test(other.actual),
        },
      ]
    : [];
}

function unique(all: readonly Hypothesis[]): readonly Hypothesis[] {
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
