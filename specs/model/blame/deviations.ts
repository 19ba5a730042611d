import { isTold } from '../state/consistency.ts';
import { type Answer, type Failure, answerClass } from '../../types/answer.ts';
import { contract } from '../../contract.ts';
import type { Allowance, AllowedRefusal, Moment, Prediction } from '../state/prediction.ts';
import type { Deviation } from '../state/deviation.ts';
import { show } from '../state/show.ts';
import type { World } from '../state/world.ts';

/** What came of one call. */
export interface Verdict {
  readonly deviations: readonly Deviation[];
  /** What was allowed, as a class: `ok` or error types. Part of failure keys. */
  readonly expected: string;
  readonly actual: string;
  readonly why: string;
  readonly world: World;
  /** The world if what was done is what was foreseen, and only told wrongly; null where the answer is of another kind. */
  readonly foreseen: World | null;
  /** The model knows the target's state all the same: nothing that was stored is in question. */
  readonly certain: boolean;
}

/**
 * Holds an answer against the allowed outcomes. `asked`, `answered`: epoch seconds when the call was made, by our clock and
 * by the answer's.
 */
export function judge(prediction: Prediction, answer: Answer, asked: number, answered: number | null = null): Verdict {
  const moment = { asked, answered };
  const expected = prediction.open ? 'any' : prediction.allowed.map(className).join(' or ');
  const actual = answerClass(answer);
  const why = prediction.allowed.map((one) => one.why).join('; ');
  if (prediction.open)
    return {
      deviations: openDeviations(answer),
      expected,
      actual,
      why,
      world: prediction.astray(),
      foreseen: null,
      certain: true,
    };
  const fitting = prediction.allowed.filter((one) => fits(one, answer));
  // Where several refusals are allowed, the one that explains the answer best counts.
  const allowance = fitting.find((one) => deviationsFrom(one, answer, moment).length === 0) ?? fitting[0];
  if (allowance === undefined) {
    const deviation = {
      pointer: answer.kind === 'failure' ? 'error' : 'status',
      expected,
      actual: describe(answer),
      suspects: blamed(prediction, answer),
    };
    return {
      deviations: [deviation],
      expected,
      actual,
      why,
      world: prediction.astray(),
      foreseen: null,
      certain: false,
    };
  }
  const deviations = deviationsFrom(allowance, answer, moment);
  const certain = deviations.every((one) => isTold(one.suspects[0] ?? ''));
  const foreseen = settle(allowance, answer, moment);
  return {
    deviations,
    expected,
    actual,
    why,
    world: certain ? foreseen : prediction.astray(),
    foreseen,
    certain,
  };
}

/** Where the request itself tells no culprit, whoever demands the allowed refusals is suspected. */
function blamed(prediction: Prediction, answer: Answer): readonly string[] {
  if (isUnreadable(answer)) return unreadable;
  const suspects = prediction.blame(answer);
  if (suspects.length > 0) return suspects;
  const demanded = prediction.allowed.flatMap((one) => (one.kind === 'refusal' ? one.typeSuspects : []));
  return demanded.length > 0 ? [...new Set(demanded)] : ['wire/no-server-error'];
}

function className(allowance: Allowance): string {
  if (allowance.kind === 'success') return 'ok';
  return allowance.types[0] ?? 'client error';
}

function fits(allowance: Allowance, answer: Answer): boolean {
  if (allowance.kind === 'success') return answer.kind === 'success';
  if (answer.kind !== 'failure') return false;
  // A wrong type or status is a difference of its own; a server error is no refusal.
  return answer.status < 500 || allowance.types.includes(answer.type ?? '');
}

function deviationsFrom(allowance: Allowance, answer: Answer, moment: Moment): readonly Deviation[] {
  if (allowance.kind === 'success') return answer.kind === 'success' ? allowance.inspect(answer.output, moment) : [];
  return answer.kind === 'failure' ? refusalDeviations(allowance, answer) : [];
}

function refusalDeviations(allowance: AllowedRefusal, answer: Failure): readonly Deviation[] {
  if (allowance.inspect !== undefined) return allowance.inspect(answer);
  if (allowance.types.length === 0) return [];
  if (answer.type === null || !allowance.types.includes(answer.type)) {
    return [
      {
        pointer: 'error',
        expected: allowance.types.join(' or '),
        actual: describe(answer),
        suspects: [...allowance.typeSuspects, ...undeclared(answer)],
      },
    ];
  }
  const status = statusOf(answer.type);
  if (status !== answer.status) {
    const suspects =
      answer.type === 'ResourceConflictException' ? ['conflict/status-and-type'] : allowance.typeSuspects;
    return [
      {
        pointer: 'status',
        expected: String(status),
        actual: String(answer.status),
        suspects: [...suspects, 'wire/error-is-declared'],
      },
    ];
  }
  return allowance.message?.(answer.message) ?? [];
}

/** An error that is of no type known is one of all errors at once, as far as this answer tells. */
export function undeclared({ type }: Failure): readonly string[] {
  const known = type !== null && (type in contract.errors || type in contract.commonErrors);
  return known ? [] : ['wire/error-is-declared'];
}

function settle(allowance: Allowance, answer: Answer, moment: Moment): World {
  if (allowance.kind === 'refusal') return allowance.after();
  return allowance.after(answer.kind === 'success' ? answer.output : {}, moment);
}

function openDeviations(answer: Answer): readonly Deviation[] {
  const broken = answer.kind === 'silence' || (answer.kind === 'failure' && answer.status >= 500);
  if (!broken) return [];
  const suspects = isUnreadable(answer) ? unreadable : ['wire/no-server-error'];
  return [{ pointer: 'status', expected: 'an answer', actual: describe(answer), suspects }];
}

const unreadable = ['wire/answers-have-the-modelled-shape'];

/** A success whose body is no object has no member at all. */
function isUnreadable(answer: Answer): boolean {
  return answer.kind === 'silence' && answer.status !== undefined;
}

/** The documented status of an error type (W-32); 400 for types that no operation declares. */
export function statusOf(type: string): number {
  return contract.errors[type] ?? contract.commonErrors[type] ?? 400;
}

function describe(answer: Answer): string {
  if (answer.kind === 'success') return `${answer.status}, accepted`;
  if (answer.kind === 'failure')
    return `${answer.status} ${answer.type ?? 'without type'}${answer.message === null ? '' : `: ${show(answer.message)}`}`;
  return `no usable answer: ${answer.reason}`;
}
