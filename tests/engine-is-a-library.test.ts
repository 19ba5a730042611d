import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The string literals of a text that name a flag of the command line. */
function flagsIn(text: string): readonly string[] {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/ .*$/gm, '');
  return [...withoutComments.matchAll(/(['"`])(?:(?!\1)[^\\\n]|\\.)*?(--[a-z][a-z-]*)/g)].map(
    (match) => match[2] ?? '',
  );
}

test('the engine names no flag: it returns codes and data, which the command line words', () => {
  const files = readdirSync(join(root, 'engine'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const naming = files.flatMap((name) =>
    flagsIn(readFileSync(join(root, 'engine', name), 'utf8')).map((flag) => `engine/${name}: ${flag}`),
  );
  expect(files.length).toBeGreaterThan(80);
  expect(naming).toEqual([]);
});

test('the reader of strings sees a flag in each kind of string', () => {
  expect(flagsIn("const a = 'use --seed'; const b = `run with --concurrency ${n}`; // --not-this")).toEqual([
    '--seed',
    '--concurrency',
  ]);
});
