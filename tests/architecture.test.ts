import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each room may import of ours, by path prefix. The longest matching room counts; cli, tests and scripts may import anything. */
const rooms: Record<string, { values: string[]; types: string[] }> = {
  'specs/': { values: ['specs/'], types: [] },
  'generators/': { values: ['generators/', 'specs/'], types: [] },
  'engine/': { values: ['engine/', 'specs/'], types: [] },
  'suites/': { values: ['suites/', 'specs/', 'generators/', 'engine/'], types: [] },
  'reports/': { values: ['reports/', 'specs/', 'engine/interface/events.ts'], types: [] },
  'targets/': { values: ['targets/'], types: ['specs/types/wire.ts'] },
  'targets/http/': { values: ['targets/http/'], types: ['specs/types/wire.ts'] },
  'targets/reference/': { values: ['targets/reference/'], types: ['specs/types/wire.ts'] },
  'targets/mutants/': { values: ['targets/mutants/', 'targets/reference/'], types: ['specs/types/wire.ts'] },
};

interface Import {
  readonly file: string;
  readonly of: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const statement = /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return [...readFileSync(root + file, 'utf8').matchAll(statement)].map((match) => {
    const name = (match[2] ?? match[3] ?? '').replace(/^#specs\//, '/specs/');
    const of = name.startsWith('/')
      ? name.slice(1)
      : name.startsWith('.')
        ? posix.join(posix.dirname(file), name)
        : name;
    return { file, of, typeOnly: match[1] !== undefined };
  });
}

const files = ['specs', 'generators', 'engine', 'suites', 'reports', 'targets', 'cli'].flatMap((room) =>
  readdirSync(root + room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(room, name.replaceAll('\\', '/'))),
);
const imports = [...files, 'index.ts'].flatMap(importsOf);
const isOurs = (name: string): boolean => /^[a-z-]+\/.*\.ts$/.test(name) || name === 'index.ts';

describe('who may import whom', () => {
  test.each(Object.keys(rooms))('%s', (room) => {
    const own = imports.filter(
      ({ file }) =>
        Object.keys(rooms)
          .filter((prefix) => file.startsWith(prefix))
          .toSorted((a, b) => b.length - a.length)[0] === room,
    );
    const allowed = rooms[room]!;
    const wrong = own.filter(
      ({ file, of, typeOnly }) =>
        isOurs(of) &&
        !(file.endsWith('.test.ts') && /^tests\/(?:fixtures|kit)\//.test(of)) &&
        !allowed.values.some((prefix) => of.startsWith(prefix)) &&
        !(typeOnly && allowed.types.includes(of)),
    );
    expect(wrong).toEqual([]);
  });

  test('vitest stays out of the program', () => {
    const users = imports.filter(({ of }) => of.split('/')[0] === 'vitest').map(({ file }) => file);
    expect(users.filter((file) => !file.endsWith('.test.ts') && file !== 'cli/vitest.ts')).toEqual([]);
  });

  test('the reader of import lines sees them', () => {
    expect(imports).toContainEqual({ file: 'engine/interface/options.ts', of: 'specs/types/wire.ts', typeOnly: true });
    expect(imports.length).toBeGreaterThan(files.length);
  });
});
