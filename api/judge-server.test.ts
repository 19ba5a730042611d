import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgeServer } from './judge-server.ts';
import { startEndpoint } from './start-endpoint.ts';

const smoke = { preset: 'smoke', seed: 1, requirements: ['conflict'], maxRequests: 60 } as const;

test('a run can be read event by event, and then awaited', async () => {
  const endpoint = await startEndpoint();
  try {
    const judging = judgeServer({ endpointUrl: endpoint.url, ...smoke });
    const kinds: string[] = [];
    for await (const event of judging) kinds.push(event.kind);
    const summary = await judging;
    expect([kinds[0], kinds.at(-1)]).toEqual(['run-started', 'run-finished']);
    expect(summary).toMatchObject({ complete: true, findings: [], target: { endpointUrl: endpoint.url } });
    await expect(async () => {
      for await (const _ of judging);
    }).rejects.toThrow('only once');
  } finally {
    await endpoint.close();
  }
});

test('a run can be awaited alone', async () => {
  expect(await judgeServer({ endpointUrl: 'http://127.0.0.1:1', ...smoke })).toMatchObject({
    verdict: 'not-judged',
    exitCode: 4,
  });
});

test.each([
  [{ endpointUrl: 'localhost' }, /endpointUrl: "localhost" is not a URL/],
  [{ concurrency: 0 }, /concurrency: 0 is not a whole number from 1/],
  [{ shard: { index: 9, of: 4 } }, /shard: "9 of 4" is not an index/],
  [{ requirements: ['conflict/stale-refuse'] }, /Did you mean conflict\/stale-refused\?/],
  [{ requirements: [] }, /the list is empty/],
  [{ seed: -1 }, /seed: -1/],
  [{ identityPoolId: 'us-east-1:a' }, /go together/],
])('%j is refused at once', (options, sentence) => {
  expect(() => judgeServer({ endpointUrl: 'http://127.0.0.1:1', ...options })).toThrow(sentence);
});

test('the example in the docs has at most ten lines and runs', async () => {
  const page = readFileSync(new URL('../docs/library-and-vitest.md', import.meta.url), 'utf8');
  const [, example = ''] = /```ts\n(import \{ judgeServer \}[^]*?)```/.exec(page) ?? [];
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
  const endpoint = await startEndpoint();
  const lines: string[] = [];
  try {
    const body = example.replace(/^import .*$/m, '').replace('http://localhost:4566', endpoint.url);
    const AsyncFunction = (async () => {}).constructor as new (
      ...text: string[]
    ) => (...values: unknown[]) => Promise<void>;
    const quick = (options: Parameters<typeof judgeServer>[0]): unknown => judgeServer({ ...options, ...smoke });
    await new AsyncFunction('judgeServer', 'console', body)(quick, {
      log: (...said: string[]) => lines.push(said.join(' ')),
    });
  } finally {
    await endpoint.close();
  }
  expect(lines.at(-1)).toMatch(/^(conforms|inconclusive) /);
});
