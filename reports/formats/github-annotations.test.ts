import { expect, test } from 'vitest';
import { hostileRun } from '../../tests/fixtures/hostile.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { failingRun, passingRun } from '../../tests/fixtures/whole-run.ts';
import { annotations } from './github-annotations.ts';

test('a failure is an error, a weak one a warning, a differing choice a notice', () => {
  const lines = annotations(summaryOf(failingRun())).split('\n');
  expect(lines[0]).toBe(
    '::error title=F-0001 conflict/stale-refused::The server answers UpdateRecords with 200, accepted, where ResourceConflictException is expected.' +
      '%0Arequired: A patch with a new value and a stale sync count is refused.' +
      '%0Aallowed: 409 ResourceConflictException, since the record is at count 1 and the patch presents count 0' +
      '%0Aactual: 200 a@2%0Anpx cognito-sync-conformance replay findings/F-0001.json',
  );
  expect(lines.map((line) => line.slice(0, line.indexOf(' title')))).toEqual([
    ...Array<string>(4).fill('::error'),
    '::warning',
    '::notice',
    '',
  ]);
  expect(annotations(summaryOf(passingRun()))).toMatch(/^::notice title=choice recreate-at-zero::/);
});

test('every line is one command, whatever the strings', () => {
  const text = annotations(summaryOf(hostileRun()));
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::([^%]|%25|%0A)*$/);
  }
});
