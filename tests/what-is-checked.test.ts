import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { whatIsChecked } from '../cli/common/what-is-checked.ts';
import { contract } from '../specs/contract.ts';
import { allRequirements } from '../specs/model/state/consistency.ts';
import { declaredMembers, readMembers } from '../specs/load/members.ts';
import { readSentences } from '../specs/load/sentences.ts';

const sentences = readSentences();

test('the page is current; npm run docs makes it again', () => {
  const page = readFileSync(new URL('../docs/what-is-checked.md', import.meta.url), 'utf8');
  expect(page).toBe(whatIsChecked());
});

test('every requirement, choice and sentence has an entry of the page', () => {
  const entries = [...whatIsChecked().matchAll(/^- \*\*`([^`]+)`\*\* \S/gm)].map(([, id]) => id ?? '');
  const known = [...allRequirements, ...contract.choices, ...sentences].map(({ id }) => id);
  expect(entries.toSorted()).toEqual(known.toSorted());
});

test('every member of every answer is judged, or listed with the reason why not', () => {
  const declared = declaredMembers(Object.values(contract.operations));
  expect([...readMembers().keys()].toSorted()).toEqual([...declared].toSorted());
});

test('every requirement and choice that a sentence or a member names exists', () => {
  const requirements = new Set(allRequirements.map(({ id }) => id));
  const choices = new Set(contract.choices.map(({ id }) => id));
  const fates = [...sentences.map(({ fate }) => fate), ...readMembers().values()];
  const astray = fates.flatMap((fate) => {
    if (fate.kind === 'checked') return fate.requirements.filter((named) => !requirements.has(named));
    if (fate.kind === 'choice') return choices.has(fate.choice) ? [] : [fate.choice];
    return [];
  });
  expect(astray).toEqual([]);
});

test.each([
  ['no fate', {}, "expected one of 'checked-by', 'choice' and 'not-checked'"],
  ['two fates', { choice: 'a', 'not-checked': 'b' }, "expected one of 'checked-by', 'choice' and 'not-checked'"],
  ['a page that there is not', { pages: ['java'], choice: 'a' }, 'expected one of api, cli, dotnet'],
  ['no requirement', { 'checked-by': [] }, 'expected at least one entry'],
])('a sentence with %s is refused', (_, part, message) => {
  const value = [{ id: 'one', pages: ['api'], says: 'Something.', ...part }];
  expect(() => readSentences({ file: 'sentences.yaml', path: '', value })).toThrow(message);
});
