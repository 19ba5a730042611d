import { expect, test } from 'vitest';
import type { Confirmed } from './minimum.ts';
import { joinMinima } from './attribute.ts';

/** A minimum with these suspects; the first is what the failure was met as. */
function minimum(
  suspects: readonly string[],
  more: Partial<{
    calls: number;
    secondary: boolean;
    failures: number;
    met: string;
    classes: readonly [string, string];
  }> = {},
): Confirmed {
  const [expected, actual] = more.classes ?? ['ok', 'ok'];
  const requirement = more.met ?? suspects[0] ?? '';
  const failure = {
    key: `${requirement}|UpdateRecords|${expected}|${actual}`,
    requirement,
    operation: 'UpdateRecords' as const,
    expected,
    actual,
    suspects,
    keys: [],
    step: 0,
    calls: more.calls ?? 4,
    secondary: more.secondary ?? false,
  };
  const example = { sequence: { datasets: [], steps: [] }, serial: 0, failure, played: [] };
  return {
    shrunk: { ...example, requests: 0 },
    sighting: { best: example, others: [], count: 1, sequences: 1, requests: 10 },
    fromSteps: 4,
    attempts: 5,
    failures: more.failures ?? 5,
    played: [],
    doesNotMatter: [],
  };
}

const never = { held: () => 0, misled: () => false, ofOnePool: () => false, stands: () => false };
const often = { ...never, held: () => 10 };
const told = (joined: ReturnType<typeof joinMinima>): readonly string[] => joined.map((one) => one.requirement);

test('minima that suspect one requirement are one finding, led by the shortest', () => {
  const joined = joinMinima(
    [
      minimum(['sync-count/first-update-is-one', 'sync-count/returns-new-count'], { calls: 2 }),
      minimum(['sync-count/returns-new-count']),
    ],
    never,
  );
  expect(told(joined)).toEqual(['sync-count/returns-new-count']);
  expect(joined[0]?.lead.shrunk.failure.calls).toBe(2);
});

test('minima without a common suspect stay findings of their own', () => {
  const joined = joinMinima([minimum(['record/value-exact']), minimum(['dataset/deleted-flag'], { calls: 6 })], never);
  expect(told(joined)).toEqual(['record/value-exact', 'dataset/deleted-flag']);
});

test('a vague suspect explains nothing but what it was met as', () => {
  const joined = joinMinima(
    [minimum(['record/value-exact', 'record/update-is-stored']), minimum(['record/update-is-stored'])],
    never,
  );
  expect(told(joined)).toHaveLength(2);
});

test('what fails only after another failure, and holds otherwise, is a consequence', () => {
  const fault = minimum(['record/value-exact']);
  const after = minimum(['sync-count/rises-by-one'], { secondary: true, calls: 6 });
  expect(joinMinima([fault, after], often)[0]?.consequences).toEqual([after]);
  expect(told(joinMinima([fault, after], never))).toHaveLength(2);
});

test('a promise about every call takes in the special cases that are answered alike', () => {
  const classes = ['ok', 'ResourceConflictException'] as const;
  const joined = joinMinima(
    [
      minimum(['sync-count/current-count-accepted'], { classes }),
      minimum(['record/remove-accepted'], { classes, calls: 6 }),
    ],
    never,
  );
  expect(told(joined)).toEqual(['sync-count/current-count-accepted']);
  expect(joined[0]?.also.map((one) => one.shrunk.failure.requirement)).toEqual(['record/remove-accepted']);
});

test('a stale patch that is let through only in company breaks what is promised of batches', () => {
  const suspects = ['conflict/one-stale-refuses-batch', 'conflict/zero-against-existing'];
  const joined = joinMinima([minimum(suspects, { met: 'conflict/zero-against-existing' })], never);
  expect(told(joined)).toEqual(['conflict/one-stale-refuses-batch']);
});

test('a choice that is taken either way, as stale counts are, comes of the stale counts', () => {
  const joined = joinMinima(
    [
      minimum(['conflict/stale-refused'], { classes: ['ResourceConflictException', 'ok'], calls: 6 }),
      minimum(['consistency/same-value-stale'], { classes: ['ok', 'ResourceConflictException'] }),
      minimum(['consistency/recreate-at-stale'], { classes: ['ResourceConflictException', 'ok'] }),
      minimum(['consistency/remove-unknown'], { classes: ['ok', 'client error'] }),
    ],
    never,
  );
  expect(told(joined)).toEqual(['conflict/stale-refused', 'consistency/remove-unknown']);
});

test('a minimum that fails every time leads before a shorter one that does not', () => {
  const joined = joinMinima(
    [minimum(['record/value-exact'], { calls: 2, failures: 3 }), minimum(['record/value-exact'], { calls: 4 })],
    never,
  );
  expect(joined[0]?.lead.shrunk.failure.calls).toBe(4);
});

test('a race that never showed again is a consequence of a rule that is surely broken, and else a finding', () => {
  const race = minimum(['concurrency/one-order'], { failures: 0 });
  const [first, ...others] = joinMinima([minimum(['conflict/stale-refused']), race], never);
  expect([first?.requirement, first?.consequences, others]).toEqual(['conflict/stale-refused', [race], []]);
  const both = ['concurrency/one-order', 'conflict/stale-refused'];
  const unsure = minimum(['conflict/stale-refused'], { failures: 3 });
  expect(told(joinMinima([unsure, race], never)).toSorted()).toEqual(both);
  const again = joinMinima([minimum(['conflict/stale-refused']), { ...race, failures: 5 }], never);
  expect(told(again).toSorted()).toEqual(both);
});
