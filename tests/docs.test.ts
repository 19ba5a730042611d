import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commands } from '../cli/commands.ts';
import { runProgram } from '../cli/program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = ['README.md', 'ARCHITECTURE.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

interface Shown {
  readonly page: string;
  readonly line: string;
}

/** Every line of a page that calls the program: in a block for a shell or a CI job, or between backticks. */
function shown(page: string): readonly Shown[] {
  const text = read(page);
  const blocks = [...text.matchAll(/^ *```(\w*)\n([^]*?)^ *```/gm)];
  const fenced = blocks
    .filter(([, language]) => ['sh', 'bash', 'console', 'yaml'].includes(language ?? ''))
    .flatMap(([, , block]) => (block ?? '').replaceAll(/\\\n\s*/g, ' ').split('\n'));
  const prose = text.replaceAll(/^ *```[^]*?^ *```/gm, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
  const calls =
    /(^|[\s;&|(])(npx (--no-install )?cognito-sync-conformance|cognito-sync-conformance [a-z-]|node dist\/cli\/main\.js)/;
  return [...fenced, ...inline]
    .filter((line) => calls.test(line) && !/^\s*#/.test(line))
    .map((line) => ({ page, line }));
}

/** The words after the program's name, up to what belongs to the shell. */
function wordsOf(line: string): readonly string[] {
  const call = line.replace(/^.*?(cognito-sync-conformance|dist\/cli\/main\.js)(?=\s|$)/, '');
  const words = [...call.matchAll(/'([^']*)'|"([^"]*)"|(\|\||&&|[|;)>])|((?:[^\s'"|;)>&])+)/g)];
  const end = words.findIndex(([, , , operator]) => operator !== undefined);
  return words
    .slice(0, end === -1 ? words.length : end)
    .map(([, single, double, , bare]) => single ?? double ?? bare ?? '');
}

/** Parses with the program's own parser; nothing is run and no file is read. */
async function parse(words: readonly string[]): Promise<void> {
  const idle = commands.map((spec) => ({ ...spec, load: () => Promise.resolve(() => Promise.resolve(0)) }));
  const given = words.map((word) => word.replace(/…$/, ''));
  const settings = given.flatMap((word, at) => (word === '--config' ? [at, at + 1] : []));
  await runProgram(
    given.filter((_, at) => !settings.includes(at)),
    { out: () => {}, err: () => {}, env: {}, outIsTerminal: false, errIsTerminal: false, columns: 100 },
    idle,
  );
}

const lines = pages.flatMap(shown);

test('the pages show commands', () => {
  expect(lines.length).toBeGreaterThan(8);
});

test.each(lines)('$page: $line', async ({ line }) => {
  await expect(parse(wordsOf(line))).resolves.toBeUndefined();
});

test('a command or a flag that does not exist is noticed', async () => {
  await expect(parse(['--sed', '1'])).rejects.toThrow('unknown option');
  await expect(parse(['repaly', 'x.json'])).rejects.toThrow('Did you mean replay?');
});

test.each(pages)('every link of %s leads somewhere', (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  const own = targets
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.split('#')[0] ?? '');
  expect(own.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
});

test.each(pages)('every file that %s names is there', (page) => {
  const named = [
    ...read(page).matchAll(
      /`((?:specs|suites|engine|targets|reports|cli|generators|examples|scripts|docs|tests)\/[\w./-]*)`/g,
    ),
  ];
  expect(named.map(([, path]) => path ?? '').filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every setting that a flag of the pages names exists', () => {
  const flags = new Set(
    commands.flatMap((spec) => spec.flags.map((flag) => `--${flag.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`)),
  );
  const named = [
    'README.md',
    'docs/gating-ci.md',
    'docs/reading-a-report.md',
    'docs/targets-and-credentials.md',
  ].flatMap((page) => [...read(page).matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag ?? ''));
  expect(named.filter((flag) => !flags.has(flag) && flag !== '--help')).toEqual([]);
});
