import { expect, test } from 'vitest';
import { sampleEvents } from '../../tests/fixtures/small-run.ts';
import type { Policy } from '../summary/verdict.ts';
import { summarise } from '../summary/summary.ts';
import { renderText } from './run-text.ts';

const policy: Policy = { failOn: 'relied-on', matchAws: false, exerciseRequired: true };
const options = { width: 100, color: false, reportDir: 'report' };

test('the result of a run', () => {
  expect(renderText(summarise(sampleEvents, policy), options)).toMatchInlineSnapshot(`
    "cognito-sync-conformance 0.1.0
      target  http://localhost:4566 (us-east-1)
      seed    4711, preset ci, run c0ffee01

      group     requirements  checks  pass  fail  warn  flaky  not exercised  unsupported
      conflict             1      61     -     1     -      -              -            -
      errors               1      12     -     -     1      -              -            -
      records              2   1,680     1     -     -      1              -            -
      usage                1       0     -     -     -      -              1            -
      all                  5   1,753     1     1     1      1              1            -

    F-0001  FAIL  documented  conflict/stale-refused                        5/5 reproduced, 61 sightings
      The server does not check sync counts.
      required  A patch with a new value and a stale sync count is refused with
                ResourceConflictException.
      source    API reference, UpdateRecords
        1  ListRecords    A lists d                  -> 200 empty, token T1
        2  UpdateRecords  A sets a="x" at 0 with T1  -> 200 a@1
        3  ListRecords    B lists d                  -> 200 a@1, token T2
        4  UpdateRecords  B sets a="y" at 0 with T2  -> 200 a@2
           allowed: 409 ResourceConflictException, because a is at 1 and the patch says 0
      shrunk from 23 to 4 calls in 31 requests; any value fails; the dataset name does not matter
      because of it, checks of these fail too: counts/dataset-count
      replay  npx cognito-sync-conformance replay report/findings/F-0001.json --endpoint-url http://localhost:4566
      curl    report/findings/F-0001.curl.sh

    Also seen
      F-0002  WARN  convention  errors/type-header: The server does not check sync counts. (5/5 reproduced)
      F-0003  FLAKY  relied-on  records/listed: The server does not check sync counts. (2/5 reproduced)

    Choices that differ from AWS
      same-value-stale  raises, AWS: refused (seen 7 times)

    Unsupported
      501 NotImplemented: BulkPublish

    Never exercised
      usage/identity-counts: the budget was spent on other groups

    Notes
      the clock of the target is 7 s ahead

    1 failure, 1 warning, 1 flaky; 4 of 5 requirements exercised; 40 sequences, 1,293 requests (259/s)
    in 5.0 s
    violates, exit 1: broken: 1 requirement: conflict/stale-refused
    report  report/report.html
    "
  `);
});

test('with every level failing, every reproduced finding is shown in full', () => {
  const text = renderText(summarise(sampleEvents, { ...policy, failOn: 'convention' }), options);
  expect(text).toContain('F-0002  FAIL  convention  errors/type-header');
  expect(text).toContain('2 failures, 0 warnings, 1 flaky');
});

test('a choice that has to match AWS is called a failure', () => {
  const text = renderText(summarise(sampleEvents, { ...policy, matchAws: true }), options);
  expect(text).toContain('Choices that differ from AWS (a failure, by --match-aws)');
  expect(text).toContain('unlike AWS: 1 choice: same-value-stale');
});

test('an unreachable target is told in one sentence', () => {
  const [start] = sampleEvents;
  const end = sampleEvents.at(-1);
  if (start?.kind !== 'run-started' || end?.kind !== 'run-finished') throw new Error('not a whole run');
  const unreachable = {
    ...end,
    stopped: 'unreachable',
    requirements: [],
    choices: [],
    error: 'connect \x1bREFUSED',
  } as const;
  const text = renderText(summarise([start, unreachable], policy), options);
  expect(text).toContain(String.raw`not-judged, exit 4: connect \x1bREFUSED`);
});

test('no control character of the target is passed on', () => {
  const hostile = sampleEvents.map((event) =>
    event.kind === 'unsupported' || event.kind === 'note'
      ? { ...event, evidence: '\x1b[2J', text: '\x1b]0;x\x07' }
      : event,
  );
  expect(renderText(summarise(hostile, policy), options)).not.toMatch(/(?!\n)\p{C}/u);
});
