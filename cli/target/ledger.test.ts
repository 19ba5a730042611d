import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileLedger, readLedger } from './ledger.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'ledger.json');
});
afterEach(() => rm(folder, { recursive: true }));

const entry = (name: string | number) => ({
  identityPoolId: 'us-east-1:a',
  identityId: 'us-east-1:b',
  datasetName: String(name),
});

test('planned entries are in the file when the promise resolves', async () => {
  const ledger = fileLedger(path, 'cafe0123');
  await ledger.planned([entry('d1'), entry('d2')]);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
    schemaVersion: 1,
    runId: 'cafe0123',
    entries: [
      { ...entry('d1'), state: 'planned' },
      { ...entry('d2'), state: 'planned' },
    ],
  });
});

test('deleted entries follow with the next write or a flush', async () => {
  const ledger = fileLedger(path, 'r');
  await ledger.planned([entry(1), entry(2)]);
  await ledger.deleted([entry(1)]);
  expect((await readLedger(path)).entries.map(({ state }) => state)).toEqual(['planned', 'planned']);
  await ledger.flush();
  expect((await readLedger(path)).entries.map(({ state }) => state)).toEqual(['deleted', 'planned']);
});

test('concurrent calls all find their entries written, and leave no other file', async () => {
  const ledger = fileLedger(path, 'r');
  await Promise.all(
    Array.from({ length: 50 }, async (_, round) => {
      const planned = Array.from({ length: 64 }, (__, i) => entry(`${round}-${i}`));
      await ledger.planned(planned);
      const names = new Set((await readLedger(path)).entries.map(({ datasetName }) => datasetName));
      expect(planned.every(({ datasetName }) => names.has(datasetName))).toBe(true);
      for (const one of planned) await ledger.deleted([one]);
    }),
  );
  await ledger.flush();
  const { entries } = await readLedger(path);
  expect(entries).toHaveLength(3200);
  expect(entries.every(({ state }) => state === 'deleted')).toBe(true);
  expect(await readdir(folder)).toEqual(['ledger.json']);
});

test('a ledger goes on from the entries it is given', async () => {
  const ledger = fileLedger(path, 'r', { entries: [{ ...entry(1), state: 'planned' }], pools: [] });
  await ledger.deleted([entry(1)]);
  await ledger.flush();
  expect((await readLedger(path)).entries).toEqual([{ ...entry(1), state: 'deleted' }]);
});

test('a file that cannot be written rejects, and the entries are not forgotten', async () => {
  const missing = join(folder, 'not-there', 'ledger.json');
  const ledger = fileLedger(missing, 'r');
  await expect(ledger.planned([entry(1)])).rejects.toThrow('ENOENT');
  await expect(ledger.flush()).rejects.toThrow('ENOENT');
});

test.each(['{}', '{"schemaVersion":2}', '{"schemaVersion":1,"runId":"r","entries":[{}]}', 'null'])(
  '%j is no ledger',
  async (content) => {
    await writeFile(path, content);
    await expect(readLedger(path)).rejects.toThrow('is not a ledger');
  },
);
