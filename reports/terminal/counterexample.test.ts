import { expect, test } from 'vitest';
import { staleAccepted } from '../../tests/fixtures/small-run.ts';
import { counterexample } from './counterexample.ts';
import type { CounterexampleOptions } from './counterexample.ts';

const options: CounterexampleOptions = {
  width: 110,
  color: false,
  reportDir: 'report',
  target: { endpointUrl: 'http://localhost:4566', region: 'us-east-1', embedded: false },
  standing: 'fail',
};

test('a finding is a table of numbered calls', () => {
  expect(counterexample(staleAccepted, options)).toMatchInlineSnapshot(`
    "F-0001  FAIL  documented  conflict/stale-refused                                  5/5 reproduced, 61 sightings
      The server does not check sync counts.
      required  A patch with a new value and a stale sync count is refused with ResourceConflictException.
      source    API reference, UpdateRecords
        1  ListRecords    A lists d                  -> 200 empty, token T1
        2  UpdateRecords  A sets a="x" at 0 with T1  -> 200 a@1
        3  ListRecords    B lists d                  -> 200 a@1, token T2
        4  UpdateRecords  B sets a="y" at 0 with T2  -> 200 a@2
           allowed: 409 ResourceConflictException, because a is at 1 and the patch says 0
      shrunk from 23 to 4 calls in 31 requests; any value fails; the dataset name does not matter
      because of it, checks of these fail too: counts/dataset-count
      replay  npx cognito-sync-conformance replay report/findings/F-0001.json --endpoint-url http://localhost:4566
      curl    report/findings/F-0001.curl.sh"
  `);
});

test('a narrow terminal gets no wider line, but for the commands to copy', () => {
  const lines = counterexample(staleAccepted, { ...options, width: 48 }).split('\n');
  const prose = lines.filter((line) => !/^ {2}(replay|curl) /.test(line));
  expect(prose.filter((line) => line.length > 48)).toEqual([]);
  expect(prose.some((line) => line.trim() === '-> 200 a@2')).toBe(true);
});

test('colours only when asked', () => {
  expect(counterexample(staleAccepted, options)).not.toContain('\x1b');
  expect(counterexample(staleAccepted, { ...options, color: true })).toContain('\x1b[31m');
});

test('nothing from the target reaches the terminal as it is', () => {
  const evil = '\x1b[2J\u202e\nF-9999  PASS';
  const hostile = {
    ...staleAccepted,
    allowed: evil,
    doesNotMatter: [evil],
    variants: [evil],
    steps: staleAccepted.steps.map((step) => ({ ...step, says: evil, answer: evil })),
  };
  const text = counterexample(hostile, {
    ...options,
    reportDir: `r ${evil}`,
    target: { ...options.target, endpointUrl: `http://h/${evil}` },
  });
  expect(text).not.toMatch(/(?!\n)\p{C}/u);
  expect(text).not.toMatch(/^F-9999/m);
});

test('a directory with a space or a quote is quoted in the commands', () => {
  const text = counterexample(staleAccepted, { ...options, reportDir: "it's here" });
  expect(text).toContain(String.raw`replay 'it'\''s here/findings/F-0001.json' --endpoint-url`);
});

test('a replay of what the embedded endpoint did names no address, since that one is gone', () => {
  const text = counterexample(staleAccepted, { ...options, target: { ...options.target, embedded: true } });
  expect(text).toMatch(/replay  npx cognito-sync-conformance replay \S+\.json\n/);
  expect(text).not.toContain('4566');
});

test('one that was not run again, or not made shorter, says so', () => {
  const text = counterexample(
    {
      ...staleAccepted,
      reproduced: { attempts: 0, failures: 0 },
      shrink: { fromSteps: 4, toSteps: 4, requests: 9 },
    },
    options,
  );
  expect(text).toContain('not run again');
  expect(text).not.toContain('0/0');
  expect(text).toContain('4 calls, not shrunk further');
});
