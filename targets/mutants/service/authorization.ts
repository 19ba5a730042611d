import type { Answer, Behaviour } from '../../reference/core/behaviour.ts';
import type { Refusal } from '../../reference/core/refusal.ts';
import { verifyingOptions } from '../../reference/server/verifying.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'authorization';

const options = verifyingOptions('us-east-1');

function verifying(
  id: string,
  title: string,
  requirement: string,
  minimum: number,
  change: (base: Behaviour) => Partial<Behaviour>,
): Mutant {
  const mutate = (base: Behaviour): Behaviour => ({ ...base, ...change(base) });
  return { id, title, requirement: `authorization/${requirement}`, group, minimum, options, mutate };
}

/** A wrong signature answered in another way. */
function answering(
  id: string,
  title: string,
  requirement: string,
  answerOf: (refusal: Refusal) => Pick<Answer, 'status' | 'errorType'>,
): Mutant {
  return verifying(id, title, requirement, 1, (base) => ({
    errorAnswer: (refusal, operation) =>
      refusal.refused === 'InvalidSignatureException'
        ? { ...answerOf(refusal), body: { message: refusal.message } }
        : base.errorAnswer(refusal, operation),
  }));
}

export const authorizationMutants: readonly Mutant[] = [
  verifying('any-secret', 'Any signature will do that has the form of one.', 'wrong-secret-refused', 1, () => ({
    signaturesEqual: () => true,
  })),
  verifying('any-key', 'The access key is not looked at, only the secret.', 'unknown-key-refused', 1, () => ({
    secretOf: ({ options: { credentials } }) => credentials?.secretAccessKey,
  })),
  verifying(
    'declared-hash-trusted',
    'The hash of a body is taken from x-amz-content-sha256.',
    'altered-body-refused',
    2,
    (base) => ({
      bodyHash: (request) => String(request.headers['x-amz-content-sha256'] ?? base.bodyHash(request)),
    }),
  ),
  verifying('any-date', 'The date of a signature is not checked.', 'date-far-off-refused', 1, () => ({
    clockProblem: () => undefined,
  })),
  verifying('dates-ahead-taken', 'A signature dated years ahead is taken.', 'date-far-off-refused', 1, (base) => ({
    clockProblem: (service, signedAt) =>
      Number(signedAt.slice(0, 4)) > new Date(base.now(service)).getUTCFullYear()
        ? undefined
        : base.clockProblem(service, signedAt),
  })),
  verifying('any-region', 'A signature for another region is taken.', 'other-region-refused', 1, (base) => ({
    scopeProblem: (service, scope) =>
      base.scopeProblem(service, { ...scope, region: service.options.region ?? scope.region }),
  })),
  verifying('any-service', 'A signature for another service is taken.', 'other-service-refused', 1, (base) => ({
    scopeProblem: (service, scope) => base.scopeProblem(service, { ...scope, name: 'cognito-sync' }),
  })),
  verifying('deletion-needs-no-signature', 'Anybody may delete a dataset.', 'unsigned-refused', 3, (base) => ({
    demandsSignature: (service, operation) =>
      operation !== 'DeleteDataset' && base.demandsSignature(service, operation),
  })),
  answering(
    'wrong-signature-is-200',
    'A wrong signature is told of with status 200.',
    'wrong-secret-refused',
    ({ refused }) => ({ status: 200, errorType: refused }),
  ),
  answering('wrong-signature-is-500', 'A wrong signature ends in an internal error.', 'refusal-type', () => ({
    status: 500,
    errorType: 'InternalErrorException',
  })),
  answering(
    'wrong-signature-without-type',
    'A wrong signature is refused without an error type.',
    'refusal-type',
    () => ({
      status: 403,
    }),
  ),
  verifying(
    'wrong-signature-stored-all-the-same',
    'An update with a wrong signature is refused, but stored.',
    'refusal-stores-nothing',
    3,
    (base) => {
      let problem: Refusal | undefined;
      return {
        signatureProblem: (service, request, operation) => {
          problem = base.signatureProblem(service, request, operation);
          return operation === 'UpdateRecords' ? undefined : problem;
        },
        intercept: (service, operation, input, answer) => {
          const shown = problem === undefined ? answer : base.errorAnswer(problem, operation);
          return base.intercept(service, operation, input, shown);
        },
      };
    },
  ),
];
