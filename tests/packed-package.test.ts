import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  version: string;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
};
const bin = Object.values(manifest.bin)[0]!;
let packed: string[];

beforeAll(() => {
  const report = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ files }] = JSON.parse(report) as [{ files: { path: string }[] }];
  packed = files.map(({ path }) => path);
});

test('the package holds the program, its data and its licence, and nothing of the workshop', () => {
  expect(packed).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts', 'dist/cli/vitest.js', bin]),
  );
  expect(packed.filter((path) => /^specs\/.*\.(yaml|json)$/.test(path))).toContain('specs/requirements.yaml');
  const wrong = packed.filter((path) => /\.test\.|tsbuildinfo|^tests\/|^scripts\/|(?<!\.d)\.ts$/.test(path));
  expect(wrong).toEqual([]);
});

test('the program is executable and says its version', () => {
  expect(readFileSync(root + bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const version = execFileSync(process.execPath, [root + bin, '--version'], { encoding: 'utf8' });
  expect(version).toBe(`${manifest.version}\n`);
});

test('everything it imports at run time is a dependency of its own', () => {
  const imported = packed
    .filter((path) => path.endsWith('.js') && path !== 'dist/cli/vitest.js')
    .flatMap((path) => [
      ...readFileSync(root + path, 'utf8').matchAll(/^(?:import|export)\s[^'"]*?from '([^'.#][^']*)'/gm),
    ])
    .map((match) => match[1]!)
    .filter((name) => !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  expect(imported).toContain('commander');
  expect([...new Set(imported)].filter((name) => !(name in manifest.dependencies))).toEqual([]);
});
