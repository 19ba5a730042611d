import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clearReportFolder, reportFolder } from './report-folder.ts';

test('a cleared folder keeps its ledger and what is not ours', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'report-folder-')), 'deep', 'report');
  const path = reportFolder(directory);
  const files = [
    'summary.json',
    'events.ndjson',
    'ledger.json',
    'notes.txt',
    'findings/F-0001.json',
    'findings/mine.json',
  ];
  for (const file of files) writeFileSync(join(directory, file), '');

  expect(reportFolder(directory)).toBe(path);
  expect(readdirSync(join(directory, 'findings')).toSorted()).toEqual(['F-0001.json', 'mine.json']);

  clearReportFolder(path);
  expect(readdirSync(directory).toSorted()).toEqual(['findings', 'ledger.json', 'notes.txt']);
  expect(readdirSync(join(directory, 'findings'))).toEqual(['mine.json']);
});
