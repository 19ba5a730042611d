import type { CheckStep, Expectation, HttpEdit, Symbolic } from '../specs/types/check-step.ts';
import { credentialErrors } from '../specs/credential-errors.ts';
import type { Operation } from '../specs/types/wire.ts';

/** Short words for checks that are written by hand. */

interface CheckExtras {
  readonly dataset?: number;
  readonly http?: HttpEdit;
  readonly save?: NonNullable<CheckStep['save']>;
  readonly free?: boolean;
  readonly needs?: readonly string[];
  readonly gives?: readonly string[];
}

type Members = { readonly [member: string]: Symbolic };

export function check(operation: Operation, input: Members, expect: Expectation, extras: CheckExtras = {}): CheckStep {
  return { do: 'check', operation, dataset: extras.dataset ?? 0, input, expect, ...extras };
}

export function accepted(requirement: string, context: string, output?: Members): Expectation {
  return { outcome: 'accepted', requirement, context, ...(output === undefined ? {} : { output }) };
}

/** A refusal with any client error, or with one of these types. */
export function refused(requirement: string, context: string, as?: Expectation['as']): Expectation {
  return { outcome: 'refused', requirement, context, ...(as === undefined ? {} : { as }) };
}

/**
 * A refusal because of the signature. `first`: the error type that AWS answers; others that say the same will do. A server that
 * takes a signature made with a wrong secret takes any, so that may be what this one comes from.
 */
export function refusedSignature(requirement: string, context: string, first: string): Expectation {
  return {
    ...refused(requirement, context, [...new Set([first, ...credentialErrors, 'NotAuthorizedException'])]),
    anyStatus: true,
    typeRequirement: 'authorization/refusal-type',
    ...(requirement === wrongSecret ? {} : { within: wrongSecret }),
  };
}

const wrongSecret = 'authorization/wrong-secret-refused';

/** Anything but a server error. */
export function answered(requirement: string, context: string): Expectation {
  return { outcome: 'answered', requirement, context };
}

/** A patch at the key's current count. */
export function patch(key: string, value: Symbolic, extra: Members = {}): Members {
  return { Op: 'replace', Key: key, Value: value, SyncCount: { $: 'count', key }, ...extra };
}
