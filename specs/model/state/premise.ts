import { type Answer, recordsOf } from '../../types/answer.ts';
import type { Premise } from '../../types/contract-types.ts';
import { requirementOf } from './consistency.ts';

/** Whether an answer puts a requirement to the test: one about refusals is not, where nothing was refused. */
export function isPutToTest(requirement: string, answer: Answer): boolean {
  const { premise } = requirementOf(requirement);
  return premise === undefined || happened[premise](answer);
}

const happened: { readonly [premise in Premise]: (answer: Answer) => boolean } = {
  refused: (answer) => answer.kind === 'failure' && answer.status < 500,
  'removed-shown': (answer) =>
    answer.kind === 'success' &&
    recordsOf(answer.output).some(({ Value: value }) => value === undefined || value === null),
};

/** What never happened, where a requirement with this premise was not exercised. */
export const neverHappened: { readonly [premise in Premise]: string } = {
  refused: 'the server never refused a call of this kind, so its refusals were not judged',
  'removed-shown': 'no answer showed a record without a value, so removed records were not judged',
};
