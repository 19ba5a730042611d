import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { staleAccepted } from '../../tests/fixtures/small-run.ts';
import { readFinding, writeFinding } from './finding-files.ts';

const context = {
  tool: { name: 'cognito-sync-conformance', version: '0.1.0' },
  seed: 4711,
  target: { endpointUrl: 'http://localhost:4566', region: 'us-east-1', embedded: true },
};

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'findings-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('a finding becomes a file and two scripts that can be run, and nothing else is left', async () => {
  const paths = await writeFinding(directory, staleAccepted, context);
  await writeFinding(directory, staleAccepted, context);
  const names = ['F-0001.json', 'F-0001.curl.sh', 'F-0001.aws-cli.sh'];
  expect(paths).toEqual(names.map((name) => join(directory, 'findings', name)));
  expect(await readdir(join(directory, 'findings'))).toEqual(names.toSorted());
  expect(await readFinding(paths[0] ?? '')).toEqual({ schemaVersion: 1, ...context, finding: staleAccepted });
  expect(((await stat(paths[1] ?? '')).mode & 0o111) !== 0).toBe(true);
  expect(await readFile(paths[1] ?? '', 'utf8')).toContain('npx cognito-sync-conformance serve');
});

test('an id that would leave the directory is refused', async () => {
  const escaping = { ...staleAccepted, id: '../F-0001' };
  await expect(writeFinding(directory, escaping, context)).rejects.toThrow('not the id of a finding: ../F-0001');
  expect(await readdir(directory)).toEqual([]);
});

test.each([
  ['{', 'odd.json: '],
  ['[]', 'odd.json: not the file of a finding'],
  ['{"schemaVersion":2,"finding":{}}', 'odd.json: not the file of a finding, or not of schemaVersion 1'],
])('%s is refused by name', async (content, message) => {
  const path = join(directory, 'odd.json');
  await writeFile(path, content);
  await expect(readFinding(path)).rejects.toThrow(message);
});
