import { type Answer, answerClass } from '../../specs/types/answer.ts';
import { credentialErrors } from '../../specs/credential-errors.ts';
import type { Operation, Reply } from '../../specs/types/wire.ts';

/** A client error that is not about credentials. */
export function isRefusal(answer: Answer): boolean {
  return (
    answer.kind === 'failure' &&
    answer.type !== null &&
    answer.status >= 400 &&
    answer.status < 500 &&
    !credentialErrors.includes(answer.type)
  );
}

/**
 * What a target may answer that does not know a pool or an identity: that there is none, that it is no valid one, or, as IAM
 * does of a pool that the caller does not have, that access is denied (W-25).
 */
export function isStrange(answer: Answer): boolean {
  return isDenial(answer) || (answer.kind === 'failure' && answer.status < 500 && unknown.has(answer.type ?? ''));
}

/** Whether it is not for this caller: because of the credentials, or because of the pool. */
export function isDenial(answer: Answer): boolean {
  return answer.kind === 'failure' && answer.status < 500 && denials.has(answer.type ?? '');
}

const unknown: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'ResourceNotFoundException',
  'ValidationException',
]);

const denials: ReadonlySet<string> = new Set(['AccessDeniedException', 'NotAuthorizedException']);

/** A call of the set-up and what came back. */
export interface Asked {
  readonly operation: Operation;
  readonly reply: Reply;
  readonly answer: Answer;
}

/** Whether it was answered as an operation of Cognito Sync is. */
export function speaks(asked: Asked): boolean {
  return asked.answer.kind === 'success' && Object.keys(asked.answer.output).length > 0;
}

/** Whether an answer is about who asks, not about what. */
export function refusesCredentials(answer: Answer): boolean {
  return answer.kind === 'failure' && credentialErrors.includes(answer.type ?? '');
}

/** Evidence that a target does not ask who is calling: how it answers a ListRecords without a signature. Null when it refuses it. */
export function unverifiedBy({ answer }: Asked): string | null {
  const refused = answer.kind === 'failure' && (answer.status === 401 || answer.status === 403);
  if (refused || refusesCredentials(answer)) return null;
  const said = answer.kind === 'success' ? String(answer.status) : answerClass(answer);
  return `a ListRecords without a signature is answered ${said}`;
}

/** What is wrong with a target that does not answer as Cognito Sync does, and what to do. `given`: the identities were named by the caller. */
export function complaint({ operation, reply, answer }: Asked, url: string, given: boolean): string {
  const where = `[${operation === 'UpdateRecords' ? 'POST' : 'GET'}] ${operation} at ${url}`;
  if (reply.kind === 'failure') {
    switch (reply.reason) {
      case 'unreachable':
        return `${where}: nothing answers (${reply.detail}). Is the server running, and is the port right?`;
      case 'timeout':
        return `${where}: no answer in time (${reply.detail}). Is it hanging? --cli-read-timeout SECONDS changes how long to wait.`;
      case 'closed':
        return `${where}: the connection was closed before the answer was complete (${reply.detail}).`;
      case 'too-large':
        return `${where}: the answer is larger than any answer of this operation can be (${reply.detail}).`;
      case 'not-http':
        return `${where}: what answers does not speak HTTP (${reply.detail}).`;
      case 'aborted':
        return 'interrupted before the first answer';
    }
  }
  if (answer.kind === 'failure' && answer.type !== null && credentialErrors.includes(answer.type)) {
    const { what, otherwise } = isDenial(answer) ? deniedTo(given) : { what: '', otherwise: '' };
    return `${where}: ${answer.status} ${answer.type}: the target refuses these credentials${what}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --profile${otherwise}; see doctor.`;
  }
  if (answer.kind === 'failure' && answer.type !== null && answer.status < 500) {
    const hint = given
      ? 'Do the identity pool and the identities given exist there?'
      : 'It does not take made-up identities: name ones that exist with --identity-pool-id and --identity-id.';
    return `${where}: ${answer.status} ${answer.type}. ${hint}`;
  }
  const type = reply.headers['content-type'] ?? 'no content type';
  return `${where}: ${reply.status} (${type}) is not an answer of Cognito Sync. Is this the right endpoint and port?`;
}

/** A denial does not tell whether it is about the caller or about what was asked for. */
function deniedTo(given: boolean): { readonly what: string; readonly otherwise: string } {
  return given
    ? {
        what: ' or the identities given',
        otherwise: ', or name others that these credentials may use with --identity-pool-id and --identity-id',
      }
    : {
        what: ' or made-up identities',
        otherwise: ', or name identities that exist with --identity-pool-id and --identity-id',
      };
}
