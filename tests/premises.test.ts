import { expect, test } from 'vitest';
import type { Target } from '../specs/types/wire.ts';
import { mutantTarget } from '../targets/mutants/mutant-target.ts';
import { contextFor, runToEnd, shortCatalogue, smokeOptions, stoppedClock } from './fixtures/embedded-run.ts';

function target(
  change: (status: number, body: string) => { readonly status: number; readonly body: string },
  ...faults: readonly string[]
): {
  readonly target: Target;
  readonly clock: ReturnType<typeof stoppedClock>;
} {
  const clock = stoppedClock();
  const inner = mutantTarget(faults, { now: clock.now });
  return {
    clock,
    target: {
      ...inner,
      async send(request, signal) {
        await clock.sleep(1);
        const reply = await inner.send(request, signal);
        return reply.kind === 'response' ? { ...reply, ...change(reply.status, reply.body) } : reply;
      },
    },
  };
}

async function statuses(server: ReturnType<typeof target>): Promise<ReadonlyMap<string, string>> {
  const { finished } = await runToEnd(shortCatalogue, smokeOptions(), contextFor(server.target, server.clock));
  return new Map(finished.requirements.map(({ id, status, reason }) => [id, `${status}: ${reason ?? ''}`]));
}

test.each([
  ['last-write-wins', 'conflict/status-and-type'],
  ['last-write-wins', 'conflict/message'],
])(
  'with the fault %s nothing is refused, and %s is not judged',
  async (fault, requirement) => {
    const found = await statuses(target((status, body) => ({ status, body }), fault));
    expect(found.get(requirement)).toMatch(/^not-exercised: (?:the server never refused|$)/);
  },
  60_000,
);

test('a server that shows no removed record does not pass for what removed records show', async () => {
  const hiding = target((status, body) => {
    if (status !== 200 || !body.includes('"Records"')) return { status, body };
    const output = JSON.parse(body) as { Records?: readonly { readonly Value?: string | null }[] };
    const records = output.Records?.filter(({ Value: value }) => typeof value === 'string');
    return { status, body: JSON.stringify({ ...output, Records: records }) };
  });
  expect((await statuses(hiding)).get('record/removed-has-no-value')).toMatch(/^not-exercised: no answer showed/);
}, 60_000);
