import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { contract } from '../contract.ts';
import { citedFacts, facts, readFacts } from './facts.ts';

const folder = fileURLToPath(new URL('./', import.meta.resolve('#specs/api.yaml')));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
const read = (name: string): string => readFileSync(folder + name, 'utf8');
const cited = new Set(files.filter((name) => name !== 'facts.yaml').flatMap((name) => citedFacts(read(name))));

test('every fact that a file of the contract cites is written down', () => {
  expect([...cited].filter((id) => !facts().has(id))).toEqual([]);
});

test('every fact that is written down is cited', () => {
  const within = [...facts().values()].flatMap(({ says, where }) => citedFacts(`${says} ${where}`));
  const used = new Set([...cited, ...within]);
  expect([...facts().keys()].filter((id) => !used.has(id))).toEqual([]);
});

test('facts cite only facts', () => {
  const within = [...facts().values()].flatMap(({ says, where }) => citedFacts(`${says} ${where}`));
  expect(within.filter((id) => !facts().has(id))).toEqual([]);
});

test('every requirement and choice cites a fact, or names its source in words', () => {
  const sources = [...contract.requirements, ...contract.choices].flatMap((one) => one.sources);
  const bare = sources.filter((source) => citedFacts(source).length === 0);
  expect(bare.filter((source) => source.length < 30)).toEqual([]);
});

test('every scenario of the evidence is a fact', () => {
  const scenarios = files.filter((name) => name.startsWith('evidence')).map((name) => name.slice(-9, -5));
  expect(scenarios.length).toBeGreaterThan(15);
  expect(scenarios.filter((id) => !facts().has(id))).toEqual([]);
});

test('citations may be ranges', () => {
  expect(citedFacts('Seen (S-02, E-12 to E-14), and E-12 again; not UTF-8 or A-1')).toEqual([
    'S-02',
    'E-12',
    'E-13',
    'E-14',
  ]);
});

const fact = { id: 'S-01', evidence: 'observed', says: 'It does.', where: 'seen' };

test.each<[string, unknown, string]>([
  ['a repeated id', [fact, fact], "facts.yaml at 1: id 'S-01' stands twice"],
  ['another form of id', [{ ...fact, id: 'S1' }], "at 0: id 'S1' is not"],
  ['an unknown kind of evidence', [{ ...fact, evidence: 'sure' }], 'at 0/evidence: expected one of documented'],
  ['a fact without a source', [{ ...fact, where: ' ' }], 'at 0/where: expected a non-empty string'],
])('refuses %s', (_, value, message) => {
  expect(() => readFacts({ file: 'facts.yaml', path: '', value })).toThrow(message);
});
