import type { Answer } from '../../specs/types/answer.ts';
import { contract, outputProblems } from '../../specs/contract.ts';
import { statusOf } from '../../specs/model/blame/deviations.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { Operation } from '../../specs/types/wire.ts';
import type { Exchange } from './call.ts';
import { headerDeviations } from './header-rules.ts';

const dates = /(?:Date|Time)$/;

/** How answers differ from the API model itself: types of members, declared errors, status of success. */
export function shapeDeviations(
  operation: Operation,
  exchanges: readonly Exchange[],
  foreseen: readonly Deviation[],
  expected: string,
): readonly Deviation[] {
  return exchanges.flatMap((one) => [...headerDeviations(one), ...bodyDeviations(operation, one, foreseen, expected)]);
}

function bodyDeviations(
  operation: Operation,
  { answer }: Exchange,
  foreseen: readonly Deviation[],
  expected: string,
): readonly Deviation[] {
  if (answer.kind === 'success') {
    // A date of a wrong type has a requirement of its own.
    const problems = outputProblems(operation, answer.output).filter(
      (problem) => !(dates.test(problem.pointer) && foreseen.length > 0),
    );
    const shape = problems.map((problem) => ({
      ...problem,
      suspects: [
        dates.test(problem.pointer) ? 'record/dates-are-epoch-seconds' : 'wire/answers-have-the-modelled-shape',
      ],
    }));
    const shown = Object.keys(answer.output);
    if (isForeign(operation, shown)) {
      const suspects = ['wire/answers-have-the-modelled-shape'];
      const actual = shown.slice(0, 3).join(', ');
      shape.push({ pointer: '', expected: `members of ${operation}`, actual, suspects });
    }
    if (answer.status === 200) return shape;
    return [
      ...shape,
      { pointer: 'status', expected: '200', actual: String(answer.status), suspects: ['wire/success-is-200'] },
    ];
  }
  // A type that was asked for needs no declaration.
  const asked = answer.kind === 'failure' && answer.type !== null && expected.includes(answer.type);
  return answer.kind === 'failure' && foreseen.length === 0 && !asked
    ? errorDeviations(operation, answer.status, answer.type)
    : [];
}

/** A success without any member to judge: it has none at all and the wrong status, or others than the operation's. */
export function saysNothing(operation: Operation, answer: Answer): boolean {
  if (answer.kind !== 'success') return false;
  const shown = Object.keys(answer.output);
  return shown.length === 0 ? answer.status !== 200 : isForeign(operation, shown);
}

function isForeign(operation: Operation, shown: readonly string[]): boolean {
  const known = contract.operations[operation].output ?? [];
  return shown.length > 0 && known.length > 0 && !known.some(({ name }) => shown.includes(name));
}

function errorDeviations(operation: Operation, status: number, type: string | null): readonly Deviation[] {
  const suspects = ['wire/error-is-declared'];
  const spec = contract.operations[operation];
  if (type === null)
    return [{ pointer: 'error', expected: 'an error type', actual: `${status} without a type`, suspects }];
  // Refusing whatever follows a deletion is a reading of the documentation (choice list-after-deletion).
  const afterDeletion = operation === 'ListRecords' && type === 'ResourceNotFoundException';
  const declared = afterDeletion || spec.errors.includes(type) || Object.hasOwn(contract.commonErrors, type);
  if (!declared) return [{ pointer: 'error', expected: `an error that ${operation} declares`, actual: type, suspects }];
  const documented = statusOf(type);
  return documented === status
    ? []
    : [{ pointer: 'status', expected: `${documented} for ${type}`, actual: String(status), suspects }];
}
