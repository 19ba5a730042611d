import { expect, test } from 'vitest';
import { count, entries, fields, flag, items, need, readSpec, text, word } from './yaml-fields.ts';

const node = { file: 'x.yaml', path: 'a/0', value: { name: ' n ', size: -1, list: [1], on: 'yes' } };
const inner = fields(node, ['name', 'size', 'list', 'on']);

test('reads what is right', () => {
  expect(text(need(inner, 'name', node))).toBe('n');
  expect(items(need(inner, 'list', node)).map(count)).toEqual([1]);
  expect(word(need(inner, 'on', node), ['yes', 'no'])).toBe('yes');
});

test.each<[string, () => unknown, string]>([
  ['a wrong mapping', () => entries({ ...node, value: [] }), 'specs/x.yaml at a/0: expected a mapping'],
  ['an unknown key', () => fields(node, ['name']), "a/0: unknown key 'size'; known: name"],
  ['a missing key', () => need(inner, 'id', node), "a/0: 'id' is missing"],
  ['a wrong list', () => items(need(inner, 'name', node)), 'a/0/name: expected a list'],
  ['a wrong string', () => text(items(need(inner, 'list', node))[0]!), 'a/0/list/0: expected a non-empty string'],
  ['a wrong number', () => count(need(inner, 'size', node)), 'a/0/size: expected an integer from 0'],
  ['a wrong flag', () => flag(need(inner, 'on', node)), 'a/0/on: expected true or false'],
  ['a wrong word', () => word(need(inner, 'on', node), ['on', 'off']), 'a/0/on: expected one of on, off'],
  ['the top', () => text({ file: 'x.yaml', path: '', value: 1 }), 'specs/x.yaml at top: '],
  ['a missing file', () => readSpec('none.yaml'), 'specs/none.yaml: '],
])('names file, path and fault: %s', (_, read, message) => {
  expect(read).toThrow(message);
});
