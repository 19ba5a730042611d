import { spawnSync } from 'node:child_process';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import type { Element } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileFinding, hostileRun, hostileStrings, invisible } from '../../tests/fixtures/hostile.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { failingRun, passingRun, wholeRun } from '../../tests/fixtures/whole-run.ts';
import { junit } from './junit.ts';

/** Throws on anything that is not well-formed. */
function elements(xml: string, name: string): readonly Element[] {
  const parser = new DOMParser({ onError: onErrorStopParsing });
  return [...parser.parseFromString(xml, 'text/xml').getElementsByTagName(name)];
}

test('each requirement is one test case of its group', () => {
  const summary = summaryOf(failingRun());
  const cases = elements(junit(summary), 'testcase');
  expect(cases.map((each) => [each.getAttribute('classname'), each.getAttribute('name')])).toEqual(
    summary.requirements.map(({ group, id }) => [group, id]),
  );
});

test('a failure is a failure, what says nothing is an error, and a warning passes', () => {
  const xml = junit(summaryOf(failingRun()));
  const names = (tag: string): readonly (string | null)[] =>
    elements(xml, tag).map((each) => (each.parentNode as Element).getAttribute('name'));
  expect(names('failure')).toEqual([
    'sync-count/batch-shares-count',
    'conflict/stale-refused',
    'record/removed-stays-listed',
    'session-token/other-dataset-refused',
  ]);
  expect(names('error')).toEqual(['record/tombstone-count-recreates']);
  expect(names('skipped')).toEqual(['sync-count/exact-past-32767', 'usage/describe-identity-usage']);
  expect(names('system-out')).toEqual(['conflict/message']);
  expect(elements(xml, 'skipped')[1]?.getAttribute('message')).toMatch(/UnknownOperationException/);
  expect(elements(xml, 'failure')[1]?.textContent).toMatch(/4 {2}UpdateRecords {2}B sets a="y".*<- not allowed/);
});

test('the totals are those of the test cases', () => {
  const xml = junit(summaryOf(failingRun()));
  const [root] = elements(xml, 'testsuites');
  for (const [attribute, tag] of [
    ['tests', 'testcase'],
    ['failures', 'failure'],
    ['errors', 'error'],
    ['skipped', 'skipped'],
  ] as const) {
    expect(root?.getAttribute(attribute)).toBe(String(elements(xml, tag).length));
  }
  expect(elements(junit(summaryOf(passingRun())), 'failure')).toEqual([]);
});

test('any string at all gives well-formed XML, with nothing invisible in it', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileStrings));
  fc.assert(
    fc.property(text, (each) => {
      const xml = junit(summaryOf(wholeRun({ findings: [hostileFinding('F-0001', each)] })));
      expect(elements(xml, 'failure')).toHaveLength(1);
      expect(xml).not.toMatch(invisible);
    }),
    { numRuns: 40 },
  );
});

const xmllint = spawnSync('xmllint', ['--version']).error === undefined;
if (!xmllint)
  process.stderr.write('skipped: what xmllint says of junit.xml, since it is not installed (libxml2-utils)\n');
test.skipIf(!xmllint)('xmllint accepts a run of hostile strings', () => {
  const checked = spawnSync('xmllint', ['--noout', '-'], { input: junit(summaryOf(hostileRun())), encoding: 'utf8' });
  expect(checked).toMatchObject({ status: 0, stderr: '' });
});
