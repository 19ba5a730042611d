import { expect, test } from 'vitest';
import { sayDoes, saySupport } from './say-finding.ts';

const title = 'A stale patch is refused.';
const diagnosis = {
  id: 'staleness/first-only',
  says: 'checks only the first patch of a batch',
  failing: 31,
  allFailing: 31,
  clean: 412,
  exceptions: 0,
};

test('the sentence says what the server does, and how far it was seen to hold', () => {
  const finding = { title, does: diagnosis.says, diagnosis };
  expect(sayDoes(finding)).toBe('The server checks only the first patch of a batch.');
  expect(saySupport(finding)).toBe(
    'This explains 31 of 31 recorded failing sequences; 412 recorded passing ones agree with it.',
  );
  expect(saySupport({ title, diagnosis: { ...diagnosis, exceptions: 2 } })).toContain('sequences, 2 of them in part;');
});

test('without a hypothesis nothing is claimed, and an older finding says what is required', () => {
  expect(saySupport({ title, does: 'answers with 200' })).toBe('');
  expect(sayDoes({ title })).toBe(title);
});
