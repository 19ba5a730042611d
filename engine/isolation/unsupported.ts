import type { Answer } from '../../specs/types/answer.ts';
import { contract } from '../../specs/contract.ts';
import type { HttpRequest } from '../../specs/types/wire.ts';
import type { Asked } from './first-answer.ts';

/** A call of a path that no API has: how a target answers it is how it answers what it does not implement. */
export const nowhere: HttpRequest = { method: 'GET', path: '/csc-no-such-path', headers: {} };

const unknown: ReadonlySet<string> = new Set([
  'NotImplemented',
  'NotImplementedException',
  'UnknownOperationException',
]);

const asThere = 'as is a path that does not exist';
/** Silences that say nothing of the call. */
const mute: ReadonlySet<string> = new Set(['aborted', 'timeout', 'unreachable']);

/**
 * Evidence that an operation is not implemented, or null. A modelled error is an answer of the operation itself.
 * `elsewhere`: the answer to `nowhere`.
 */
export function missing({ operation, answer }: Asked, elsewhere: Answer): string | null {
  if (answer.kind === 'success') return null;
  if (answer.kind === 'silence') {
    const alike = elsewhere.kind === 'silence' && elsewhere.reason === answer.reason && !mute.has(answer.reason);
    return alike
      ? `answered by ${answer.reason === 'closed' ? 'a closed connection' : answer.reason}, ${asThere}`
      : null;
  }
  const said = `answered ${answer.status} ${answer.type ?? 'without an error type'}`;
  const silent = answer.type === null && [404, 405].includes(answer.status);
  if (unknown.has(answer.type ?? '') || silent || answer.status === 501) return said;
  const alike = elsewhere.kind === 'failure' && elsewhere.status === answer.status && elsewhere.type === answer.type;
  const own = answer.status < 500 && contract.operations[operation].errors.includes(answer.type ?? '');
  return alike && !own ? `${said}, ${asThere}` : null;
}

/** Answers that other credentials or other settings would change. */
const denials: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidConfigurationException',
  'NotAuthorizedException',
]);

/** Evidence that these credentials cannot use an operation, or null. */
export function denied(answer: Answer): string | null {
  if (answer.kind !== 'failure') return null;
  const refused = denials.has(answer.type ?? '') || answer.status === 401 || answer.status === 403;
  return refused ? `answered ${answer.status} ${answer.type ?? 'without an error type'}` : null;
}
