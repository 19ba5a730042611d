import { expect, test } from 'vitest';
import type { Answer } from '../../specs/types/answer.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { denied, missing } from './unsupported.ts';

const failure = (status: number, type: string | null): Answer => ({ kind: 'failure', status, type, message: null });
const closed: Answer = { kind: 'silence', reason: 'closed' };
const notFound = failure(404, 'UnknownOperationException');

function evidence(answer: Answer, elsewhere: Answer, operation: Operation = 'DescribeDataset'): string | null {
  const reply = { kind: 'failure', reason: 'closed', detail: '', ms: 1 } as const;
  return missing({ operation, reply, answer }, elsewhere);
}

test.each([
  [404, 'UnknownOperationException'],
  [400, 'UnknownOperationException'],
  [501, 'InternalFailure'],
  [501, null],
  [404, null],
  [405, null],
])('%s %s says that there is no such operation', (status, type) => {
  expect(evidence(failure(status, type), closed)).toBe(`answered ${status} ${type ?? 'without an error type'}`);
});

test.each([failure(500, 'InternalFailure'), failure(400, 'SerializationException'), closed])(
  'what answers like a path that does not exist is not there (%o)',
  (answer) => {
    expect(evidence(answer, answer)).toMatch(/, as is a path that does not exist$/);
    expect(evidence(answer, notFound)).toBeNull();
  },
);

test('an error that the operation declares is its own, and a call without an answer in time says nothing', () => {
  const own = failure(404, 'ResourceNotFoundException');
  expect(evidence(own, own)).toBeNull();
  expect(evidence(own, own, 'ListDatasets')).not.toBeNull();
  const late: Answer = { kind: 'silence', reason: 'timeout' };
  expect(evidence(late, late)).toBeNull();
});

test('a denial is about who asks', () => {
  expect(denied(failure(403, 'AccessDeniedException'))).toBe('answered 403 AccessDeniedException');
  expect(denied(failure(401, null))).toBe('answered 401 without an error type');
  expect(denied(failure(404, 'ResourceNotFoundException'))).toBeNull();
});
