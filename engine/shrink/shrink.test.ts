import { expect, test } from 'vitest';
import type { Sequence, Step } from '../../specs/types/sequence.ts';
import { embeddedChoices, embeddedTarget, shortCatalogue, stoppedClock } from '../../tests/fixtures/embedded-run.ts';
import { type Failing, failuresOf, sameFailure } from '../play/failure.ts';
import { performAll } from '../session/drive.ts';
import type { Channel } from '../exchange/channel.ts';
import { freshIdentities } from '../isolation/isolation.ts';
import type { Played } from '../play/played.ts';
import { rehearse } from '../session/rehearse.ts';
import { shrink } from './shrink.ts';
import type { ShrinkTools } from './shrunk.ts';
import { sizeOf, smaller } from './size.ts';

const isolation = freshIdentities('us-east-1', 'c0ffee00');

/** How sequences are played against the embedded endpoint with one fault; counts the attempts. */
function toolsFor(
  fault: string,
  maxRequests = 5_000,
  choices = embeddedChoices,
): ShrinkTools & { readonly attempts: () => number } {
  const clock = stoppedClock();
  const target = embeddedTarget(clock, {}, fault);
  let serial = 0;
  const channel: Channel = {
    send: (call) => target.send(call.request),
    now: clock.now,
    pause: () => clock.sleep(15),
    going: () => true,
  };
  return {
    attempt: async (sequence) => (await performAll(sequence, { isolation, serial: serial++, choices }, channel)).played,
    rehearse: (sequence) => rehearse(sequence, { isolation, serial: 0, choices }),
    maxRequests,
    attempts: () => serial,
  };
}

function put(key: string): Step {
  const patch = { op: 'replace', key, value: 'x', count: { at: 'current' } } as const;
  return { do: 'update', actor: 0, dataset: 0, token: 'fresh', patches: [patch] };
}

function failing(sequence: Sequence, played: readonly Played[], requirement: string): Failing | undefined {
  const failure = played.flatMap(failuresOf).find((one) => one.requirement === requirement && !one.secondary);
  return failure === undefined ? undefined : { sequence, failure };
}

/** The first random sequence of a seed that shows the fault. */
async function found(tools: ShrinkTools, requirement: string, seed: number): Promise<Failing> {
  const suite = shortCatalogue.suites.find(({ id }) => id === requirement.split('/')[0]);
  for (let index = 0; index < 400; index += 1) {
    const sequence = suite?.draw?.(seed, index);
    if (sequence === undefined) break;
    const one = failing(sequence, (await tools.attempt(sequence)) ?? [], requirement);
    if (one !== undefined) return one;
  }
  throw new Error(`no sequence of seed ${seed} breaks ${requirement}`);
}

const faults: readonly (readonly [fault: string, requirement: string, minimum: number])[] = [
  ['stale-by-one-accepted', 'conflict/stale-refused', 6],
  ['zero-forces', 'conflict/zero-against-existing', 4],
  ['refused-update-raises-count', 'conflict/refused-changes-nothing', 5],
  ['since-is-inclusive', 'list-records/only-newer', 3],
  ['token-of-other-dataset-accepted', 'session-token/other-dataset-refused', 2],
  ['deletion-resets-count', 'dataset/counter-survives-deletion', 5],
];

test.each(faults)('%s shrinks to the fewest calls that show it, from anywhere', async (fault, requirement, minimum) => {
  const minima = new Map<string, Set<string>>();
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const tools = toolsFor(fault);
    const from = await found(tools, requirement, seed);
    const { sequence, failure } = await shrink(from, tools);
    expect(failure.calls).toBe(minimum);
    expect(sameFailure(from.failure, failure)).toBe(true);
    // The minimum fails when it is played by itself.
    expect(failing(sequence, (await tools.attempt(sequence)) ?? [], requirement)?.failure.key).toBe(failure.key);
    minima.set(failure.key, (minima.get(failure.key) ?? new Set()).add(JSON.stringify(sequence)));
  }
  for (const each of minima.values()) expect([...each].join('\n')).toBe([...each][0]);
});

const set = (key: string, value = 'x', dataset = 0): Step => ({
  do: 'update',
  actor: 0,
  dataset,
  token: 'fresh',
  patches: [{ op: 'replace', key, value, count: { at: 'current' } }],
});
const plain = { pool: 0, identity: 0, name: 'd' };
const starts: readonly (readonly [fault: string, requirement: string, sequences: readonly Sequence[]])[] = [
  [
    'value-trimmed',
    'record/value-exact',
    ['\r', '\u{FEFF}', ' \tlong text\u{2003}', '  '].map((value) => ({
      datasets: [plain],
      steps: [set('k', value)],
    })),
  ],
  [
    'keys-ignore-case',
    'record/keys-distinct',
    [
      ['Key', 'key'],
      ['ss', 'SS'],
      ['a', 'A'],
      ['longerName.Q', 'longerName.q'],
    ].map((keys) => ({ datasets: [plain], steps: keys.map((key) => set(key)) })),
  ],
  [
    'deletion-reaches-other-identities',
    'dataset/identities-apart',
    [[0, 1, 0, 1] as const, [0, 1, 1, 0] as const, [1, 0, 1, 0] as const, [1, 0, 0, 1] as const].map(
      ([first, second, gone, listed]): Sequence => ({
        datasets: [plain, { ...plain, identity: 1 }],
        steps: [
          set('a', 'x', first),
          set('b', 'y', second),
          { do: 'delete', dataset: gone },
          { do: 'list', actor: 0, dataset: listed, since: { at: 'start' } },
        ],
      }),
    ),
  ],
  [
    'interleaved-update-skips',
    'sync-count/rises-by-one',
    [
      ['b', 'x'],
      ['c', 'long'],
      ['a', 'y'],
    ].flatMap(([key = '', value]) =>
      [0, 1].map((first) => ({
        datasets: [plain, { ...plain, name: 'e' }],
        steps: [set('a', 'x', first), set(key, 'x', 1 - first), set(key, value, first)],
      })),
    ),
  ],
];

test.each(starts)(
  '%s has one minimum, whatever names, values and order it was met with',
  async (fault, requirement, sequences) => {
    const minima = new Set<string>();
    for (const sequence of sequences) {
      const tools = toolsFor(fault);
      const from = failing(sequence, (await tools.attempt(sequence)) ?? [], requirement);
      if (from === undefined) throw new Error(`${JSON.stringify(sequence)} does not break ${requirement}`);
      minima.add(JSON.stringify((await shrink(from, tools)).sequence));
    }
    expect([...minima]).toHaveLength(1);
  },
);

test('a failure that was seen before the choices were known shrinks though another stands before it by now', async () => {
  const tools = toolsFor('flag-cleared-by-reading', 600, { ...embeddedChoices, 'deleted-flag-from-start': 'false' });
  const since = (by: number): Step => ({ do: 'list', actor: 0, dataset: 0, since: { at: 'behind', by } });
  const sequence: Sequence = {
    datasets: [{ pool: 0, identity: 0, name: 'd' }],
    steps: [
      ...['a', 'b', 'c', 'd', 'e', 'f'].flatMap((key): readonly Step[] => [put(key), { do: 'describe', dataset: 0 }]),
      { do: 'delete', dataset: 0 },
      put('a'),
      { do: 'list', actor: 0, dataset: 0, since: { at: 'zero' } },
      since(1),
    ],
  };
  const played = (await tools.attempt(sequence)) ?? [];
  const seen = played.flatMap(failuresOf).find((one) => one.requirement === 'dataset/deleted-flag');
  if (seen?.secondary !== true) throw new Error('no other failure stands before it');
  const { failure } = await shrink({ sequence, failure: { ...seen, secondary: false } }, tools);
  expect(failure.calls).toBeLessThanOrEqual(7);
});

test('every step of shrinking is smaller than the one before', async () => {
  const tools = toolsFor('zero-forces');
  const from = await found(tools, 'conflict/zero-against-existing', 4);
  const { sequence, failure } = await shrink(from, tools);
  const before = sizeOf(from.sequence, from.failure.calls);
  expect(smaller(sizeOf(sequence, failure.calls), before)).toBe(true);
});

test('shrinking stops at its limit of requests with the best so far', async () => {
  const tools = toolsFor('stale-by-one-accepted');
  const from = await found(tools, 'conflict/stale-refused', 1);
  const before = tools.attempts();
  const none = await shrink(from, { ...tools, maxRequests: 0 });
  expect([tools.attempts() - before, none.requests, none.failure]).toEqual([0, 0, from.failure]);
  const some = await shrink(from, { ...tools, maxRequests: 60 });
  expect(some.requests).toBeGreaterThan(0);
  expect(some.requests).toBeLessThan(120);
});

test('when the run is over shrinking ends with the best so far', async () => {
  const tools = toolsFor('zero-forces');
  const from = await found(tools, 'conflict/zero-against-existing', 1);
  const { failure, requests } = await shrink(from, { ...tools, attempt: () => Promise.resolve(null) });
  expect({ failure, requests }).toEqual({ failure: from.failure, requests: 0 });
});
