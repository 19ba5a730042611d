import { expect, test } from 'vitest';
import type { Sequence } from '../../specs/types/sequence.ts';
import type { Operation, Reply } from '../../specs/types/wire.ts';
import type { HttpCall } from '../exchange/call.ts';
import { createTurns } from './listing-lock.ts';
import { contextFor, embeddedTarget, runToEnd, smokeOptions, stoppedClock } from '../../tests/fixtures/embedded-run.ts';

const page = (next: string | null): Reply => ({
  kind: 'response',
  status: 200,
  headers: {},
  body: JSON.stringify({ Count: 0, Datasets: [], NextToken: next }),
  ms: 1,
});
const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Way = ReturnType<ReturnType<typeof createTurns>['play']>;

interface Stage {
  readonly first: Way;
  readonly second: Way;
  readonly third: Way;
  readonly out: readonly string[];
  readonly answers: readonly ((reply: Reply) => void)[];
}

/** Three plays. Answers are given by hand: `answers` in the order in which calls went out. */
function stage(): Stage {
  const turns = createTurns();
  const out: string[] = [];
  const answers: ((reply: Reply) => void)[] = [];
  const way = (name: string): Way =>
    turns.play(
      (call) =>
        new Promise((resolve) => {
          out.push(`${name} ${call.operation}`);
          answers.push(resolve);
        }),
    );
  return { first: way('first'), second: way('second'), third: way('third'), out, answers };
}

const at = (operation: Operation, identity = 'x:1'): HttpCall => ({
  operation,
  input: { IdentityPoolId: 'x:0', IdentityId: identity },
  request: { method: 'GET', path: '/', headers: {} },
});

test('a change waits for the end of a walk over several pages', async () => {
  const { first, second, out, answers } = stage();
  void first.send(at('ListDatasets'));
  await flush();
  answers[0]?.(page('more'));
  await flush();
  void second.send(at('DeleteDataset'));
  void second.send(at('DeleteDataset', 'x:2'));
  await flush();
  expect(out).toEqual(['first ListDatasets', 'second DeleteDataset']);
  void first.send(at('ListDatasets'));
  await flush();
  expect(out).toHaveLength(3);
  answers[2]?.(page(null));
  await flush();
  expect(out.slice(2)).toEqual(['first ListDatasets', 'second DeleteDataset']);
});

test.each(['ends', 'goes on with another call'])(
  'a walk that its play gives up lets others in, when it %s',
  async (how) => {
    const { first, second, out, answers } = stage();
    void first.send(at('ListDatasets'));
    await flush();
    answers[0]?.(page('more'));
    await flush();
    void second.send(at('UpdateRecords'));
    if (how === 'ends') first.end();
    else void first.send(at('ListRecords'));
    await flush();
    expect(out).toContain('second UpdateRecords');
  },
);

test('a walk that comes later does not pass a change that waits', async () => {
  const { first, second, third, out, answers } = stage();
  void first.send(at('ListDatasets'));
  await flush();
  void second.send(at('UpdateRecords'));
  void third.send(at('ListDatasets'));
  await flush();
  expect(out).toEqual(['first ListDatasets']);
  answers[0]?.(page(null));
  await flush();
  expect(out.slice(1)).toEqual(['second UpdateRecords']);
  answers[1]?.(page(null));
  await flush();
  expect(out.slice(2)).toEqual(['third ListDatasets']);
});

const pool = 'us-east-1:00000000-0000-4000-8000-000000000001';
const identity = 'us-east-1:00000000-0000-4000-8000-00000000000a';

/** Creates two datasets, walks over them in pages of one, deletes them. */
const walking: Sequence = {
  datasets: ['d', 'e'].map((name) => ({ pool: 0, identity: 0, name })),
  steps: [
    ...[0, 1].map((dataset): Sequence['steps'][number] => ({
      do: 'update',
      actor: 0,
      dataset,
      patches: [{ op: 'replace', key: 'a', value: 'x', count: { at: 'current' } }],
      token: 'fresh',
    })),
    { do: 'datasets', dataset: 0, page: 1 },
    { do: 'delete', dataset: 0 },
    { do: 'delete', dataset: 1 },
  ],
};

test('pages cut by position are right, whatever the other plays of the run do meanwhile', async () => {
  const clock = stoppedClock();
  const inner = embeddedTarget(clock, { knownPools: [pool], knownIdentities: [identity] });
  let calls = 0;
  const target = {
    ...inner,
    async send(request: Parameters<typeof inner.send>[0]): Promise<Reply> {
      const [path = '', query = ''] = request.path.split('?');
      const asked = new URLSearchParams(query);
      const size = Number(asked.get('maxResults') ?? 0);
      // Answers come in another order than the requests.
      calls += 1;
      for (let turns = (calls * 7) % 5; turns > 0; turns -= 1) await flush();
      if (!path.endsWith('/datasets') || size < 1) return inner.send(request);
      const whole = await inner.send({ ...request, path });
      if (whole.kind !== 'response' || whole.status !== 200) return whole;
      const { Datasets } = JSON.parse(whole.body) as { readonly Datasets: readonly unknown[] };
      const from = Number(asked.get('nextToken') ?? 0);
      const shown = Datasets.slice(from, from + size);
      const more = from + size < Datasets.length ? String(from + size) : null;
      return { ...whole, body: JSON.stringify({ Count: shown.length, Datasets: shown, NextToken: more }) };
    },
  };
  const suite = { id: 'walks', title: 'walks', examples: [], draw: () => walking };
  const { findings, finished } = await runToEnd(
    { opening: [], openingOthers: [], probes: [], suites: [suite] },
    smokeOptions({ runs: 30, concurrency: 8, identityPoolId: pool, identityIds: [identity] }),
    contextFor(target, clock),
  );
  expect(findings).toEqual([]);
  const { status, violations } = finished.requirements.find(({ id }) => id === 'paging/each-item-once') ?? {};
  expect([status, violations]).toEqual(['pass', 0]);
});
