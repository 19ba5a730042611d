import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linearize } from '../../engine/linearize/linearize.ts';
import { simulateKeyValue, simulateRegister } from '../../tests/fixtures/simulated-texts.ts';
import { wingGongLowe } from '../../tests/fixtures/wing-gong-lowe.ts';
import { keyValueModel } from './key-value-model.ts';
import { main } from './main.ts';
import { registerModel } from './register-model.ts';

const register = (...lines: readonly string[]): string =>
  lines.map((line) => `INFO  jepsen.util - ${line.replaceAll(' ', '\t')}`).join('\n');
const edn = (process: number, type: string, f: string, value: string | null): string =>
  `{:process ${process}, :type :${type}, :f :${f}, :key "k", :value ${value === null ? 'nil' : JSON.stringify(value)}}`;

const files: Readonly<Record<string, string>> = {
  'ok.edn': [
    edn(0, 'invoke', 'append', 'a"b'),
    edn(1, 'invoke', 'get', null),
    edn(0, 'ok', 'append', 'a"b'),
    edn(1, 'ok', 'get', ''),
    edn(1, 'invoke', 'get', null),
    edn(1, 'ok', 'get', 'a"b'),
  ].join('\n'),
  'bad.edn': [
    edn(0, 'invoke', 'put', 'a'),
    edn(0, 'ok', 'put', 'a'),
    edn(1, 'invoke', 'get', null),
    edn(1, 'ok', 'get', ''),
  ].join('\n'),
  'ok.log': register(
    '0 :invoke :write 1',
    '1 :invoke :cas [1 2]',
    '0 :ok :write 1',
    '1 :ok :cas [1 2]',
    '2 :invoke :read nil',
    '2 :ok :read 2',
  ),
  // A write that timed out takes effect at any later time; a refused swap and a read that timed out do not.
  'late.log': register(
    '0 :invoke :write 7',
    '0 :info :write :timed-out',
    '1 :invoke :read nil',
    '1 :ok :read nil',
    '1 :invoke :cas [3 4]',
    '1 :fail :cas [3 4]',
    '1 :invoke :read nil',
    '1 :fail :read :timed-out',
    '1 :invoke :read nil',
    '1 :ok :read 7',
  ),
  'bad.log': register('0 :invoke :write 1', '0 :ok :write 1', '1 :invoke :cas [1 2]', '1 :fail :cas [1 2]'),
  'torn.edn': edn(0, 'ok', 'get', 'x'),
  'other.txt': 'hello\n',
  'empty.txt': '',
};

describe('histories in files', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const run = (...args: readonly string[]): { code: number; out: string[]; err: string[] } => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = main(
      args,
      (line) => void out.push(line),
      (line) => void err.push(line),
    );
    return { code, out, err };
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'histories-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('get a verdict each, on a line each', () => {
    const names = ['ok.edn', 'bad.edn', 'ok.log', 'late.log', 'bad.log'];
    const { code, out } = run(...names.map(at), '--output', 'json');
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { file: at('ok.edn'), verdict: 'linearizable', calls: 3 },
      { file: at('bad.edn'), verdict: 'not-linearizable', calls: 2, core: 2 },
      { file: at('ok.log'), verdict: 'linearizable', calls: 3 },
      { file: at('late.log'), verdict: 'linearizable', calls: 4 },
      { file: at('bad.log'), verdict: 'not-linearizable', calls: 2, core: 2 },
    ]);
    expect(code).toBe(1);
  });

  test('are told in words without --output json', () => {
    const { code, out } = run(at('ok.edn'));
    expect(code).toBe(0);
    expect(out).toEqual([expect.stringMatching(/ok\.edn: linearizable, 3 calls, \d+ configurations, [\d.]+ ms$/)]);
  });

  test.each([
    ['torn.edn', /torn\.edn:1: process 0 has no call in flight/],
    ['other.txt', /other\.txt:1 is neither/],
    ['empty.txt', /empty\.txt has no lines/],
    ['missing.txt', /missing\.txt cannot be read/],
  ])('%s is refused with its place', (name, message) => {
    const { code, out, err } = run(at('ok.edn'), at(name));
    expect({ code, out }).toEqual({ code: 64, out: [] });
    expect(err.join('\n')).toMatch(message);
  });

  test('need a name, and an output that exists', () => {
    expect(run()).toMatchObject({ code: 64 });
    expect(run(at('ok.edn'), '--output', 'yaml')).toMatchObject({ code: 64 });
    expect(run(at('ok.edn'), '--nonsense')).toMatchObject({ code: 64 });
  });
});

describe('the models agree with the search as published', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const faults = seed % 2 === 0 ? 0 : 0.1;
    const unanswered = seed % 3 === 0 ? 0.1 : 0;
    const texts = simulateKeyValue({ clients: 4, calls: 16, seed, faults, unanswered, keys: 1 });
    expect(linearize(keyValueModel(texts), texts).verdict).toBe(said(wingGongLowe(keyValueModel(texts), texts)));
    const values = simulateRegister({ clients: 4, calls: 20, seed, faults, unanswered });
    expect(linearize(registerModel, values).verdict).toBe(said(wingGongLowe(registerModel, values)));
  });
});

function said(legal: boolean): string {
  return legal ? 'linearizable' : 'not-linearizable';
}
