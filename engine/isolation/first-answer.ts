import { type Answer, answerClass } from '../../specs/types/answer.ts';
import { credentialErrors } from '../../specs/credential-errors.ts';
import type { Operation, Reply } from '../../specs/types/wire.ts';
import type { Problem } from '../interface/hint.ts';

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

/** What is wrong with a target that does not answer as Cognito Sync does. `given`: the identities were named by the caller. */
export function problemOf({ operation, reply, answer }: Asked, url: string, given: boolean): Problem {
  const where = `[${operation === 'UpdateRecords' ? 'POST' : 'GET'}] ${operation} at ${url}`;
  if (reply.kind === 'failure') return withoutAnswer(reply, where);
  if (answer.kind === 'failure' && refusesCredentials(answer)) return credentialProblem(answer, where, given);
  if (answer.kind === 'failure' && answer.type !== null && answer.status < 500) {
    const refused = `${where}: ${answer.status} ${answer.type}.`;
    return given
      ? { text: `${refused} Do the identity pool and the identities given exist there?` }
      : { text: `${refused} It does not take made-up identities.`, hint: { code: 'name-identities' } };
  }
  const type = reply.headers['content-type'] ?? 'no content type';
  return {
    text: `${where}: ${reply.status} (${type}) is not an answer of Cognito Sync. Is this the right endpoint and port?`,
  };
}

type NoAnswer = Extract<Reply, { kind: 'failure' }>;

const silences: { readonly [Reason in NoAnswer['reason']]: (detail: string, where: string) => Problem } = {
  unreachable: (detail, where) => ({
    text: `${where}: nothing answers (${detail}). Is the server running, and is the port right?`,
  }),
  timeout: (detail, where) => ({
    text: `${where}: no answer in time (${detail}). Is it hanging?`,
    hint: { code: 'allow-more-time' },
  }),
  closed: (detail, where) => ({
    text: `${where}: the connection was closed before the answer was complete (${detail}).`,
  }),
  'too-large': (detail, where) => ({
    text: `${where}: the answer is larger than any answer of this operation can be (${detail}).`,
  }),
  'not-http': (detail, where) => ({ text: `${where}: what answers does not speak HTTP (${detail}).` }),
  aborted: () => ({ text: 'interrupted before the first answer' }),
};

function withoutAnswer({ reason, detail }: NoAnswer, where: string): Problem {
  return silences[reason](detail, where);
}

/** A denial does not tell whether it is about the caller or about the identities that were asked for. */
function credentialProblem(answer: Extract<Answer, { kind: 'failure' }>, where: string, given: boolean): Problem {
  const identities = !isDenial(answer) ? 'not-concerned' : given ? 'given' : 'made-up';
  const too = { given: ' or the identities given', 'made-up': ' or made-up identities', 'not-concerned': '' };
  return {
    text: `${where}: ${answer.status} ${answer.type}: the target refuses these credentials${too[identities]}.`,
    hint: { code: 'other-credentials', identities },
  };
}
