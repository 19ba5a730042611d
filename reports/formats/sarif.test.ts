import { expect, test } from 'vitest';
import { hostileRun, invisible } from '../../tests/fixtures/hostile.ts';
import { sampleFindings } from '../../tests/fixtures/sample-findings.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { failingRun, wholeRun } from '../../tests/fixtures/whole-run.ts';
import { har } from './har.ts';
import { applyKnownFailures } from '../known-failures/apply.ts';
import { sarif } from './sarif.ts';

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly [member: string]: unknown;
        readonly ruleIndex: number;
        readonly ruleId: string;
      }[];
    },
  ];
}

const read = (text: string): Log['runs'][0] => (JSON.parse(text) as Log).runs[0];

test('SARIF has a rule for every requirement, and each result names its own and a place', () => {
  const summary = summaryOf(failingRun());
  const { tool, results } = read(sarif(summary, '.github/workflows/ci.yml'));
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(summary.requirements.map(({ id }) => id));
  expect(results).toHaveLength(5);
  for (const { ruleIndex, ruleId } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(results[0]).toMatchObject({
    level: 'error',
    locations: [
      { physicalLocation: { artifactLocation: { uri: '.github/workflows/ci.yml' }, region: { startLine: 1 } } },
    ],
  });
});

test('the fingerprint is that of the failure, whatever its number', () => {
  const [one] = sampleFindings();
  const print = (id: string): unknown =>
    read(sarif(summaryOf(wholeRun({ findings: [{ ...one!, id }] })), 'x')).results[0]?.['partialFingerprints'];
  expect(print('F-0001')).toEqual(print('F-0009'));
  expect(print('F-0001')).toEqual({ 'failureKey/v1': expect.stringMatching(/^[0-9a-f]{64}$/) as string });
});

test('a known failure is suppressed with its reason', () => {
  const [one] = sampleFindings();
  const summary = summaryOf(wholeRun({ findings: [one!] }));
  const excused = applyKnownFailures(summary, [{ requirement: one!.requirement, reason: 'agreed' }], []);
  expect(read(sarif(excused, 'x')).results[0]).toMatchObject({
    level: 'note',
    suppressions: [{ kind: 'external', justification: 'agreed' }],
  });
});

test('HAR has the calls of the findings, each on the page of its finding', () => {
  const summary = summaryOf(failingRun());
  const { log } = JSON.parse(har(summary)) as {
    log: { pages: { id: string }[]; entries: { pageref: string; request: { url: string; method: string } }[] };
  };
  expect(log.pages.map(({ id }) => id)).toEqual(summary.findings.map(({ id }) => id));
  expect(log.entries).toHaveLength(summary.findings.flatMap(({ steps }) => steps).length);
  expect(log.entries[0]).toMatchObject({ pageref: 'F-0001', request: { method: 'GET' } });
  expect(log.entries[0]?.request.url).toMatch(/^http:\/\/127\.0\.0\.1:4566\/identitypools\//);
});

test('what a target says cannot hide in the messages of SARIF', () => {
  const messages = read(sarif(summaryOf(hostileRun()), 'x')).results.map(({ message }) => JSON.stringify(message));
  expect(messages.filter((message) => invisible.test(message.replaceAll(String.raw`\n`, '')))).toEqual([]);
});
