import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellPrint, shellQuote, shellWord } from './shell.ts';

const hostile = fc
  .array(
    fc.constantFrom("'", '"', '`', '$(echo x)', '$HOME', '\\', '\n', '!', '%s', '-n', '~', '*', '\r', '🦊', 'a', ' '),
  )
  .map((parts) => parts.join(''));

function bash(script: string): string {
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' });
}

test('bash takes a quoted text as it is', () => {
  const texts = fc.sample(hostile, { numRuns: 60, seed: 1 });
  const script = texts.map((text) => `printf '%s\\0' ${shellQuote(text)}`).join('\n');
  expect(bash(script).split('\0').slice(0, -1)).toEqual(texts);
});

test('pieces join to one word, and what is expanded is not split', () => {
  expect(bash(`x="two  words *"; printf '[%s]' ${shellWord(["it's ", { expand: '$x' }, '$x'])}`)).toBe(
    "[it's two  words *$x]",
  );
  expect(bash(`printf '[%s]' ${shellWord([])}`)).toBe('[]');
});

test('a printed text keeps its NULs and its last line end', () => {
  for (const text of ['a\0b\n', '\0', "'\0'%s\\0", '']) expect(bash(shellPrint([text]))).toBe(text);
  expect(bash(`t='x%s'; ${shellPrint(['a\0', { expand: '$t' }, '\0b'])}`)).toBe('a\0x%s\0b');
});
