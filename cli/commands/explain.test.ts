import { expect, test } from 'vitest';
import type { Terminal } from '../settings/terminal.ts';
import { explain } from './explain.ts';

async function explained(id: string): Promise<string> {
  let out = '';
  const terminal: Terminal = {
    out: (text) => void (out += text),
    err: () => {},
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
  };
  await explain({ words: [id], settings: {}, terminal });
  return out;
}

test('a requirement is explained with the facts behind it, ranges included', async () => {
  const text = await explained('conflict/message');
  expect(text).toMatch(/What is known\n {4}S-02 \(observed\) The message of a conflict is /);
  expect(text).toMatch(/\n {4}E-13 \(observed\) [^[]*\[issue 65 of\s+amazon-cognito-js, 2018\]\n/);
});

test('a choice is explained with what is known, and what is not', async () => {
  expect(await explained('duplicate-keys')).toMatch(/\n {4}S-19 \(unknown\) What two patches for one key do\./);
});
