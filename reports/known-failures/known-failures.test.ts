import { expect, test } from 'vitest';
import type { Status } from '../../engine/interface/events.ts';
import { sampleFindings } from '../../tests/fixtures/sample-findings.ts';
import { summaryOf } from '../../tests/fixtures/summary-of.ts';
import { passingRun, wholeRun } from '../../tests/fixtures/whole-run.ts';
import { applyKnownFailures } from './apply.ts';
import type { ExcusedSummary } from './apply.ts';
import { emptyKnownFailures, pruneKnownFailures, updateKnownFailures } from './update.ts';
import { parseKnownFailures } from './known-failures.ts';
import { rejudge } from '../summary/summary.ts';

const [stale, batch] = sampleFindings();
const other = { ...stale!, id: 'F-0009', key: 'conflict/stale-refused|UpdateRecords|409|500', variants: [] };
const red = summaryOf(wholeRun({ findings: [stale!] }));
const green = summaryOf(passingRun());

const parse = (yaml: string): ReturnType<typeof parseKnownFailures> => parseKnownFailures(yaml, 'known.yaml');
const entry = (fields: string): string => `format: 1\nentries:\n  - ${fields}\n    reason: tombstones are not stored\n`;
const apply = (summary: typeof red, yaml: string): ExcusedSummary =>
  applyKnownFailures(summary, parse(yaml).entries, []);
const statusOf = (summary: ExcusedSummary, id: string): Status | undefined =>
  summary.requirements.find((result) => result.id === id)?.status;

test('an unlisted failure is red', () => {
  expect(apply(red, 'format: 1\nentries: []\n')).toMatchObject({ exitCode: 1, knownFailures: [] });
});

test.each([
  ['requirement', 'requirement: conflict/stale-refused'],
  ['key', `key: "${stale!.key}"`],
  ['key with spaces around its bars', `key: "${stale!.key.replaceAll('|', ' | ')}"`],
  ['key of a variant', `key: "${stale!.variants[0]}"`],
])('a failure listed by %s is expected', (_, fields) => {
  const summary = apply(red, entry(fields));
  expect(statusOf(summary, 'conflict/stale-refused')).toBe('expected-fail');
  expect(summary.exitCode).toBe(0);
});

test('an entry by key does not hide another failure of its requirement, one by requirement does', () => {
  const both = summaryOf(wholeRun({ findings: [stale!, other] }));
  expect(apply(both, entry(`key: "${stale!.key}"`))).toMatchObject({ exitCode: 1 });
  expect(apply(both, entry('requirement: conflict/stale-refused'))).toMatchObject({ exitCode: 0 });
});

test('a listed failure that passes makes the file stale', () => {
  const summary = apply(green, entry('requirement: conflict/stale-refused'));
  expect(statusOf(summary, 'conflict/stale-refused')).toBe('unexpected-pass');
  expect(summary).toMatchObject({
    exitCode: 2,
    exitReason: expect.stringContaining('conflict/stale-refused') as string,
  });
});

test('an entry that matches nothing is stale, with a suggestion', () => {
  const typo = apply(green, entry('requirement: conflict/stale-refusd'));
  expect(typo).toMatchObject({
    exitCode: 2,
    exitReason: expect.stringContaining('no such requirement; did you mean conflict/stale-refused?') as string,
  });
  const unseen = apply(red, `${entry('requirement: conflict/stale-refused')}  - key: "${other.key}"\n    reason: x\n`);
  expect(unseen).toMatchObject({ exitCode: 2, exitReason: expect.stringContaining('not seen, though') as string });
});

test('an expired entry is stale from the day after its last', () => {
  const expiring = (day: string): string => entry(`requirement: conflict/stale-refused\n    expires: ${day}`);
  expect(apply(red, expiring('2026-08-30')).exitCode).toBe(0);
  expect(apply(red, expiring('2026-08-29'))).toMatchObject({
    exitCode: 2,
    exitReason: expect.stringContaining('expired on 2026-08-29') as string,
  });
});

test('an entry is left in peace when this run did not judge its requirement', () => {
  expect(apply(green, entry('requirement: sync-count/exact-past-32767')).exitCode).toBe(0);
  const elsewhere = parse(entry('requirement: bulk-publish/once-a-day')).entries;
  expect(applyKnownFailures(green, elsewhere, ['bulk-publish/once-a-day']).exitCode).toBe(0);
});

test.each([
  ['format: 1\nentries:\n  - requirement: a\n', /known\.yaml:3:5: entries\/0: must have required property 'reason'/],
  ['format: 2\nentries: []\n', /known\.yaml:1:9: format: must be equal to constant/],
  [entry('requirement: a\n    expries: 2027-01-01'), /known\.yaml:3:5: entries\/0: unknown name "expries"/],
  [entry('requirement: a\n    expires: tomorrow'), /known\.yaml:4:14: entries\/0\/expires: must match pattern/],
  [entry('requirement: a') + '  - requirement: a\n    reason: b\n', /known\.yaml:5:5: a is listed twice/],
  ['format: 1\nentries: [\n', /known\.yaml:.*: not valid YAML/],
])('a file that is wrong is refused with its place: %j', (yaml, error) => {
  expect(() => parse(yaml)).toThrow(error);
});

test('update lists each new failure by its key, once, and makes the run green', () => {
  const summary = summaryOf(wholeRun({ findings: [stale!, batch!] }));
  const first = updateKnownFailures(emptyKnownFailures(), summary);
  expect(first.added).toEqual([stale!.key, batch!.key]);
  expect(apply(summary, first.text)).toMatchObject({ exitCode: 0, knownFailures: [{ findings: ['F-0001'] }, {}] });
  expect(updateKnownFailures(parse(first.text), summary)).toMatchObject({ added: [], text: first.text });
});

test('what a known failure keeps from being reached is listed with it, and does not hold the gate', () => {
  const unreached = (status: Status): typeof red => {
    const requirements = red.requirements.map((result) =>
      result.id === 'sync-count/rises-by-one' ? { ...result, status } : result,
    );
    return rejudge({ ...red, requirements });
  };
  const missing = unreached('not-exercised');
  const { text, added } = updateKnownFailures(emptyKnownFailures(), missing);
  expect(added).toEqual([stale!.key, 'sync-count/rises-by-one (never exercised)']);
  expect(apply(missing, entry(`key: "${stale!.key}"`)).exitCode).toBe(3);
  expect(apply(missing, text).exitCode).toBe(0);
  // Once it is reached and passes, the entry has to go.
  expect(apply(unreached('pass'), text).exitCode).toBe(2);
  expect(pruneKnownFailures(parse(text), unreached('pass')).removed).toEqual(['sync-count/rises-by-one']);
});

const kept = `# yaml-language-server: $schema=known-failures.schema.json
# Ours to mend.
format: 1
entries:
  # The storage team knows.
  - requirement: conflict/stale-refused # since the rewrite
    reason: counts are compared as text
    link: https://example.test/issues/12
    expires: 2027-01-01
  - key: ${batch!.key}
    reason: "one count per record"
`;

test('update and prune keep what a person wrote', () => {
  const grown = updateKnownFailures(parse(kept), summaryOf(wholeRun({ findings: sampleFindings() })));
  expect(grown.text.startsWith(kept)).toBe(true);
  expect(grown.added).toHaveLength(2);

  const pruned = pruneKnownFailures(parse(kept), red);
  expect(pruned.removed).toEqual([batch!.key]);
  expect(pruned.text).toBe(kept.slice(0, kept.indexOf('  - key')));
  const empty = pruneKnownFailures(parse(pruned.text), green).text;
  expect(parse(empty).entries).toEqual([]);
  expect(empty).toContain('# Ours to mend.');
  expect(empty).not.toContain('storage team');
});

test('prune takes nothing out on the word of a run that was cut off or judged something else', () => {
  expect(pruneKnownFailures(parse(kept), summaryOf(passingRun().slice(0, -1))).removed).toEqual([]);
  const unjudged = entry('requirement: sync-count/exact-past-32767');
  expect(pruneKnownFailures(parse(unjudged), green).removed).toEqual([]);
});
