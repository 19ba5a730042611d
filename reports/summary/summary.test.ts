import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { sampleEvents, sampleResults, staleAccepted } from '../../tests/fixtures/small-run.ts';
import { applyKnownFailures } from '../known-failures/apply.ts';
import type { Policy } from './verdict.ts';
import { rejudge, summarise } from './summary.ts';

const policy: Policy = { failOn: 'relied-on', matchAws: false, exerciseRequired: true };
const schema: object = JSON.parse(readFileSync(new URL('../../specs/summary.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema);
const cutOff = sampleEvents.filter((event) => event.kind !== 'run-finished');

test('the summary of a whole run says what its footer says', () => {
  const summary = summarise(sampleEvents, policy);
  expect(summary).toMatchObject({
    complete: true,
    verdict: 'violates',
    exitCode: 1,
    exitReason: 'broken: 1 requirement: conflict/stale-refused',
    traffic: { requests: 1293 },
    run: { seed: 4711, stopped: 'complete', durationMs: 5000 },
  });
  expect(summary.requirements).toEqual(sampleResults);
  expect(summary.findings.map((finding) => finding.id)).toEqual(['F-0001', 'F-0002', 'F-0003']);
});

test('the schema accepts what is made, as JSON, of a whole run and of one cut off', () => {
  for (const events of [sampleEvents, cutOff]) {
    validate(JSON.parse(JSON.stringify(summarise(events, policy))));
    expect(validate.errors).toBeNull();
  }
});

test('the schema knows replays and known failures, and holds them to their form', () => {
  const { id, key, requirement } = staleAccepted;
  const moved = { step: 4, was: '200', is: '409' };
  const replay = { id, key, requirement, verdict: 'CHANGED', text: 'another failure', moved, requests: 9 } as const;
  const [header, ...rest] = sampleEvents;
  const summary = summarise([header!, { kind: 'replayed', at: header!.at, replay }, ...rest], policy);
  expect(summary.replays).toEqual([replay]);
  const excused = applyKnownFailures(summary, [{ key, reason: 'agreed', link: 'https://example.com' }], []);
  expect(validate(JSON.parse(JSON.stringify(excused)))).toBe(true);
  expect(validate({ ...excused, replays: [{ ...replay, verdict: 'GONE' }] })).toBe(false);
  expect(validate({ ...excused, knownFailures: [{ requirement }] })).toBe(false);
  expect(validate({ ...excused, findings: [{ ...staleAccepted, alsoBreaks: undefined }] })).toBe(false);
});

test('the schema refuses a summary without one of its members or with an unknown status', () => {
  const summary = summarise(sampleEvents, policy);
  for (const member of Object.keys(summary)) {
    expect([member, validate({ ...summary, [member]: undefined })]).toEqual([member, false]);
  }
  const odd = { ...summary, requirements: [{ ...sampleResults[0], status: 'maybe' }] };
  expect(validate(odd)).toBe(false);
});

test('a log that was cut off passes nothing and loses no finding', () => {
  const summary = summarise(cutOff, policy);
  const status = Object.fromEntries(summary.requirements.map((result) => [result.id, result.status]));
  expect(summary).toMatchObject({
    complete: false,
    verdict: 'inconclusive',
    traffic: { requests: 1200, sequences: 40 },
  });
  expect(status).toEqual({
    'conflict/stale-refused': 'fail',
    'errors/type-header': 'fail',
    'records/listed': 'flaky',
    'records/count-grows': 'indeterminate',
    'usage/identity-counts': 'not-exercised',
  });
  expect(summary.choices).toHaveLength(2);
});

test('a finding of a requirement that was not announced still fails the run', () => {
  const finding = { ...staleAccepted, id: 'F-0009', requirement: 'consistency/same-value-stale' };
  const events = [...cutOff.slice(0, 1), { kind: 'finding', at: 1, finding } as const, ...sampleEvents.slice(-1)];
  const summary = summarise(events, policy);
  expect(summary.requirements.at(-1)).toMatchObject({ id: 'consistency/same-value-stale', status: 'fail' });
  expect(summary.exitReason).toContain('consistency/same-value-stale');
});

test('without a header there is no summary', () => {
  expect(() => summarise(sampleEvents.slice(1), policy)).toThrow('no header');
});

test('a summary whose requirements were excused is judged again', () => {
  const summary = summarise(sampleEvents, policy);
  const excused = summary.requirements.map((result) =>
    result.status === 'fail' ? { ...result, status: 'expected-fail' as const } : result,
  );
  expect(rejudge({ ...summary, requirements: excused })).toMatchObject({ exitCode: 5, verdict: 'violates' });
});
