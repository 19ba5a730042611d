import { expect, test } from 'vitest';
import { staleAccepted } from '../../tests/fixtures/small-run.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { wholeRun } from '../../tests/fixtures/whole-run.ts';
import { annotations } from '../formats/github-annotations.ts';
import { applyKnownFailures } from './apply.ts';
import { markdown } from '../formats/markdown.ts';
import { standing } from './finding-status.ts';
import { renderText } from '../terminal/run-text.ts';

const listed = { ...staleAccepted, variants: [] };
const unlisted = { ...listed, id: 'F-0002', key: 'conflict/stale-refused|UpdateRecords|409|500' };
const summary = applyKnownFailures(
  summaryOf(wholeRun({ findings: [listed, unlisted] })),
  [{ key: listed.key, reason: 'agreed' }],
  [],
);

test('a failure listed by key is known, beside an unlisted one of the same requirement, which still fails', () => {
  expect(summary.exitCode).toBe(1);
  expect(summary.findings.map((finding) => standing(finding, summary))).toEqual(['known', 'fail']);
});

test('a race that is not lost again is no flaky failure: its answers were proof', () => {
  const seldom = { ...unlisted, reproduced: { attempts: 5, failures: 1 } };
  expect(standing(seldom, summary)).toBe('flaky');
  expect(standing({ ...seldom, race: true }, summary)).toBe('fail');
});

test('every report tells the two apart', () => {
  const text = renderText(summary, { width: 100, color: false, reportDir: 'report' });
  expect(text).toMatch(/^F-0002 {2}FAIL/m);
  expect(text).toMatch(/^ {2}F-0001 {2}KNOWN/m);
  expect(text).toMatch(/^1 failure, 0 warnings, 1 known/m);
  expect(markdown(summary)).toMatch(/known: F-0001[^]*fail: F-0002/);
  const lines = annotations(summary).split('\n');
  expect(lines[0]).toMatch(/^::error title=F-0002/);
  expect(lines.find((line) => line.includes('F-0001'))).toMatch(/^::notice/);
});
