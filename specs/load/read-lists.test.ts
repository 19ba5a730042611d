import { expect, test } from 'vitest';
import { LEVELS } from '../types/contract-types.ts';
import { readChoices, readRequirements } from './read-lists.ts';

const requirement = { id: 'group/name', title: 'It does.', level: 'observed', sources: ['S-01'] };
const choice = { id: 'c', question: 'Which?', options: { a: 'this', b: 'that' }, aws: null, sources: ['S-01'] };

const requirements = (...value: unknown[]): unknown => readRequirements(LEVELS, { file: 'r.yaml', path: '', value });
const choices = (...value: unknown[]): unknown => readChoices({ file: 'c.yaml', path: '', value });

test('reads entries with their defaults', () => {
  expect(requirements(requirement)).toEqual([{ ...requirement, group: 'group' }]);
  expect(requirements({ ...requirement, deep: true, detail: 'd', example: 'e' })).toMatchObject([{ deep: true }]);
  expect(choices(choice)).toEqual([{ ...choice, held: true }]);
  expect(choices({ ...choice, aws: 'b', held: false })).toMatchObject([{ aws: 'b', held: false }]);
});

test.each<[string, () => unknown, string]>([
  ['a repeated id', () => requirements(requirement, requirement), "r.yaml at 1: id 'group/name' stands twice"],
  ['an id without group', () => requirements({ ...requirement, id: 'name' }), 'at 0: id '],
  ['an unknown level', () => requirements({ ...requirement, level: 'sure' }), 'at 0/level: expected one of documented'],
  ['no source', () => requirements({ ...requirement, sources: [] }), 'at 0/sources: name at least one source'],
  [
    'a missing title',
    () => requirements({ ...requirement, title: undefined }),
    'at 0/title: expected a non-empty string',
  ],
  ['an AWS option that is none', () => choices({ ...choice, aws: 'c' }), 'c.yaml at 0/aws: expected one of a, b'],
  ['a single option', () => choices({ ...choice, options: { a: 'this' } }), 'at 0/options: a choice needs two options'],
])('refuses %s', (_, read, message) => {
  expect(read).toThrow(message);
});
