import { describe, expect, test } from 'vitest';
import type { Finding } from '../engine/interface/events.ts';
import type { Plan } from '../engine/interface/plan.ts';
import { openReplays } from '../engine/run/replay.ts';
import { catalogue } from '../suites/catalogue.ts';
import { httpTarget } from '../targets/http/http-target.ts';
import type { Mutant } from '../targets/mutants/base/mutant.ts';
import { raceMutants } from '../targets/mutants/service/races.ts';
import { startMutant } from '../targets/mutants/start.ts';
import {
  contextFor,
  embeddedTarget,
  type Outcome,
  runToEnd,
  smokeOptions,
  spy,
  type Spied,
  stoppedClock,
} from './fixtures/embedded-run.ts';
import { harmlessServers, type RightServer, rightServers } from './fixtures/right-servers.ts';

/** Nothing but races. */
const races: Plan = {
  opening: [],
  openingOthers: [],
  // Whether a record that does not exist may be given a count decides what a deletion may leave.
  probes: catalogue.probes.filter(({ choice }) => choice.startsWith('unknown-key-count')),
  suites: catalogue.suites.filter(({ id }) => id === 'concurrency'),
};

/** A run of races over real connections. */
async function raceAgainst(faults: Parameters<typeof startMutant>[0]): Promise<Outcome> {
  const endpoint = await startMutant(faults);
  const target = httpTarget({ endpointUrl: endpoint.url, region: 'us-east-1', readTimeoutMs: 1_000 });
  try {
    return await runToEnd(races, smokeOptions({ runs: 48 }), contextFor(target, stoppedClock()));
  } finally {
    await target.close();
    await endpoint.close();
  }
}

describe('races over HTTP', () => {
  test.each(raceMutants.map(({ id, requirement }) => ({ id, requirement })))(
    '$id breaks $requirement',
    { timeout: 30_000 },
    async ({ id, requirement }) => {
      const { findings } = await raceAgainst(id);
      expect(findings.map((finding) => finding.requirement)).toContain(requirement);
    },
  );

  test('find nothing where every call is one step', { timeout: 30_000 }, async () => {
    const { findings, finished } = await raceAgainst([]);
    expect(findings).toEqual([]);
    const judged = finished.requirements.filter(({ group }) => group === 'concurrency');
    expect(judged.filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  test.each(rightServers)('find nothing where a server $title', { timeout: 60_000 }, async (server) => {
    const { findings } = await raceAgainst(asFault(server));
    expect(findings.map(told)).toEqual([]);
  });

  test.each(harmlessServers)('find nothing that hurts where a server $title', { timeout: 60_000 }, async (server) => {
    const { findings } = await raceAgainst(asFault(server));
    expect(findings.filter(({ level }) => level !== 'observed').map(told)).toEqual([]);
  });

  test.each([
    { 'older-token': 'refused' },
    { 'token-after-other-update': 'refused' },
    { 'spent-token-update': 'accepted' },
    { 'deletion-count': 'raised', 'deleted-dataset-count': 'last' },
    { 'update-after-deletion': 'not-found' },
    { 'list-after-deletion': 'not-found' },
    { 'unknown-key-count': 'accepted', 'unknown-key-count-ahead': 'accepted' },
  ] as const)('find nothing where a server takes %o', { timeout: 30_000 }, async (choices) => {
    const { findings, finished } = await raceAgainst({
      ...asFault({ title: '', mutate: (base) => base }),
      options: { choices },
    });
    expect(findings.map(told)).toEqual([]);
    const open = finished.requirements.filter(({ group, status }) => group === 'concurrency' && status !== 'pass');
    expect(open.map(({ id }) => id)).toEqual([]);
  });
});

describe('a race that is cut short', () => {
  const target = (): Spied => spy(embeddedTarget(stoppedClock()));

  test.each([12, 20, 27, 33])('by its budget of %i requests leaves nothing behind', async (maxRequests) => {
    const spied = target();
    const context = contextFor(spied, stoppedClock());
    const { finished, findings } = await runToEnd({ ...races, probes: [] }, smokeOptions({ maxRequests }), context);
    expect(finished.stopped).toBe('budget');
    expect(findings).toEqual([]);
    expect([...spied.left]).toEqual([]);
  });

  test.each([12, 20, 27, 33])('by Ctrl-C at request %i leaves nothing behind', async (at) => {
    const interrupt = new AbortController();
    const spied = spy(embeddedTarget(stoppedClock()), (count) => {
      if (count === at) interrupt.abort();
    });
    const context = { ...contextFor(spied, stoppedClock()), signal: interrupt.signal };
    const { finished, findings } = await runToEnd({ ...races, probes: [] }, smokeOptions(), context);
    expect(finished.stopped).toBe('interrupted');
    expect(findings).toEqual([]);
    expect([...spied.left]).toEqual([]);
  });
});

test('a finding is played again from its file', { timeout: 60_000 }, async () => {
  const [finding] = (await raceAgainst('checked-before-the-write')).findings;
  const again = async (faults: Parameters<typeof startMutant>[0]): Promise<string> => {
    const endpoint = await startMutant(faults);
    const http = httpTarget({ endpointUrl: endpoint.url, region: 'us-east-1' });
    const context = contextFor(http, stoppedClock());
    const replays = await openReplays({ ...races, probes: [] }, smokeOptions(), context);
    const saved = JSON.parse(JSON.stringify(finding)) as Finding;
    const { verdict } = await replays.replay(saved, 3);
    await replays.close();
    await http.close();
    await endpoint.close();
    return verdict;
  };
  expect(finding).toMatchObject({ requirement: 'concurrency/one-accepted', race: true, shrink: { toSteps: 4 } });
  expect(await again('checked-before-the-write')).toBe('FAILED');
  expect(await again([])).toBe('FIXED');
});

function asFault({ title, mutate }: RightServer): Mutant {
  return { id: 'none', title, requirement: 'concurrency/none', group: 'concurrency', minimum: 0, mutate };
}

function told({ key, steps }: Finding): string {
  return [key, ...steps.map(({ says, answer }) => `  ${says} -> ${answer}`)].join('\n');
}
