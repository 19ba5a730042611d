import { expect, test } from 'vitest';
import type { PatchStep, Sequence } from '../../specs/types/sequence.ts';
import type { Played } from './played.ts';
import { namedKeys, onlyNamed } from './named-keys.ts';

const put = (key: string, date?: number): PatchStep => ({
  op: 'replace',
  key,
  value: 'x',
  count: { at: 'current' },
  ...(date !== undefined && { date }),
});
/** Updates of one dataset, each with these patches. */
const updates = (...batches: readonly (readonly PatchStep[])[]): Sequence => ({
  datasets: [{ pool: 0, identity: 0, name: 'd' }],
  steps: batches.map((patches) => ({ do: 'update', actor: 0, dataset: 0, token: 'fresh', patches })),
});

/** An update of these keys, with this answer. */
function updated(keys: readonly string[], answer: unknown): Played {
  const RecordPatches = keys.map((Key) => ({ Key }));
  return { exchanges: [{ input: { RecordPatches }, answer }] } as unknown as Played;
}

const deviation = (pointer: string, expected: string, actual: string) => ({ pointer, expected, actual, suspects: [] });

test.each([
  ['a wrong member', deviation('/Records/1/Value', '"x"', '"y"'), 'b'],
  ['a record that lacks', deviation('/Records', 'a record "c\\"d" at 3', 'not listed'), 'c"d'],
  ['a key that nobody sent', deviation('/Records/1/Key', 'one of "a"', '"b"'), 'b'],
])('a deviation names the record of %s', (_, one, key) => {
  const answer = { kind: 'success', output: { Records: [{ Key: 'a' }, { Key: 'b' }] } };
  expect(namedKeys(updated(['a', 'b', 'c"d'], answer), [one])).toContain(key);
});

test('a conflict names the record of its message', () => {
  const answer = { kind: 'failure', message: 'Current SyncCount for: b is: 2 not: 0' };
  expect(namedKeys(updated(['a', 'b'], answer), [deviation('error', '200', '409')])).toEqual(['b']);
});

test('what is left are the records that the failure is about, alone or with those that look like them', () => {
  const whole = updates([put('a'), put('b'), put('A')], [put('b')], [put('c'), put('a', 5)]);
  expect(onlyNamed(whole, ['a'])).toEqual([
    updates([put('a')], [put('a')]),
    updates([put('a'), put('A')], [put('a')]),
    updates([put('a')], [put('a')]),
  ]);
  expect(onlyNamed(whole, [])).toEqual([]);
});
