import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseSpec } from './parse-spec.ts';

const folder = mkdtempSync(join(tmpdir(), 'parse-spec-'));
const built = join(folder, 'x.built.json');
afterAll(() => rmSync(folder, { recursive: true }));

test('without a built file the text is parsed', () => {
  expect(parseSpec('a: [1, x]', built)).toEqual({ a: [1, 'x'] });
});

test('the built file speaks for its own text, and for no other', () => {
  writeFileSync(built, JSON.stringify({ text: 'a: 1', value: 'from the build' }));
  expect(parseSpec('a: 1', built)).toBe('from the build');
  expect(parseSpec('a: 2', built)).toEqual({ a: 2 });
});
