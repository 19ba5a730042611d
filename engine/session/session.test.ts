import { expect, test } from 'vitest';
import type { Sequence } from '../../specs/types/sequence.ts';
import type { Reply } from '../../specs/types/wire.ts';
import {
  type KeptLedger,
  type Spied,
  contextFor,
  embeddedChoices,
  embeddedTarget,
  smokeOptions,
  spy,
  stoppedClock,
} from '../../tests/fixtures/embedded-run.ts';
import type { LedgerEntry } from '../interface/options.ts';
import { freshIdentities } from '../isolation/isolation.ts';
import { type Session, createSession } from './session.ts';
import { sweep } from './clean-up.ts';
import { collect } from './play-fresh.ts';
import { createSightings } from '../play/sightings.ts';

interface Stage {
  readonly session: Session;
  readonly target: Spied;
  readonly ledger: KeptLedger;
}

/** `instead`: what the target seems to answer, whatever it really did. */
function stage(instead?: (path: string, method: string) => Reply | undefined): Stage {
  const clock = stoppedClock();
  const target = spy(embeddedTarget(clock), (_, { path, method }) => instead?.(path, method));
  const ledger: KeptLedger = { planned: [], deleted: [] };
  const context = contextFor(target, clock, ledger);
  const isolation = freshIdentities('us-east-1', 'c0ffee00');
  const session = createSession(smokeOptions(), context, isolation, createSightings(new Set()), () => {});
  session.choices = embeddedChoices;
  return { session, target, ledger };
}

const write = (dataset: number): Sequence['steps'][number] => ({
  do: 'update',
  actor: 0,
  dataset,
  patches: [{ op: 'replace', key: 'a', value: 'x', count: { at: 'current' } }],
  token: 'fresh',
});

const twoDatasets: Sequence = {
  datasets: [
    { pool: 0, identity: 0, name: 'd' },
    { pool: 0, identity: 1, name: 'e' },
    { pool: 0, identity: 0, name: 'only-read' },
  ],
  steps: [write(0), write(1), { do: 'list', actor: 0, dataset: 2, since: { at: 'start' } }],
};

/** Without what keeps the plays of a run apart. */
function namesIn(entries: readonly LedgerEntry[]): readonly string[] {
  return entries.map(({ datasetName }) => datasetName.replace(/^.*\./, ''));
}

test('what a play wrote is written to the ledger first and deleted by name afterwards', async () => {
  const { session, target, ledger } = stage();
  const { complete, played } = await collect(session, twoDatasets);
  await sweep(session);
  expect(complete).toBe(true);
  expect(played.flatMap((one) => one.deviations)).toEqual([]);
  expect(namesIn(ledger.planned)).toEqual(['d', 'e', 'only-read']);
  expect(namesIn(ledger.deleted).toSorted()).toEqual(['d', 'e', 'only-read']);
  expect(target.requests.filter((line) => line.startsWith('DELETE'))).toHaveLength(2);
  expect([...target.left]).toEqual([]);
});

test('on free ground deletions wait until there are many', async () => {
  const { session, target } = stage();
  const deleted = (): number => target.requests.filter((line) => line.startsWith('DELETE')).length;
  for (let plays = 0; plays < 64; plays += 1) await collect(session, twoDatasets);
  expect(deleted()).toBe(0);
  await collect(session, twoDatasets);
  expect(deleted()).toBe(130);
  expect([...target.left]).toEqual([]);
});

test('each play is on ground of its own', async () => {
  const { session, target } = stage();
  await collect(session, twoDatasets);
  const first = new Set(target.requests);
  const before = target.requests.length;
  await collect(session, twoDatasets);
  expect(target.requests.slice(before).filter((line) => first.has(line))).toEqual([]);
});

test('an update without an answer may have been stored, so it is cleaned up', async () => {
  const { session, target, ledger } = stage((_, method) =>
    method === 'POST' ? { kind: 'failure', reason: 'timeout', detail: 'no answer', ms: 1 } : undefined,
  );
  await collect(session, { ...twoDatasets, steps: [write(0)] });
  await sweep(session);
  expect(namesIn(ledger.deleted)).toContain('d');
  expect([...target.left]).toEqual([]);
});

test('what could not be deleted stays in the ledger', async () => {
  const { session, ledger } = stage((_, method) =>
    method === 'DELETE' ? { kind: 'response', status: 500, headers: {}, body: '', ms: 1 } : undefined,
  );
  await collect(session, { ...twoDatasets, steps: [write(0)] });
  await sweep(session);
  expect(namesIn(ledger.planned)).toContain('d');
  expect(namesIn(ledger.deleted)).not.toContain('d');
});

test('an update given up on its way may have arrived, so it is cleaned up', async () => {
  const { session, target, ledger } = stage((_, method) =>
    method === 'POST' ? { kind: 'failure', reason: 'aborted', detail: 'interrupted', ms: 1 } : undefined,
  );
  const { complete } = await collect(session, { ...twoDatasets, steps: [write(0)] });
  await sweep(session);
  expect(complete).toBe(false);
  expect([...target.left]).toEqual([]);
  expect(namesIn(ledger.deleted)).toContain('d');
});

test('a play that a budget cuts short leaves nothing behind either', async () => {
  const { session, target } = stage();
  const short = { ...session, stopped: () => (target.requests.length >= 3 ? ('budget' as const) : null) };
  const { complete } = await collect(short, twoDatasets);
  await sweep(session);
  expect(complete).toBe(false);
  expect([...target.left]).toEqual([]);
});

test('a name that is refused, as it must be, is not deleted, and does not stay in the ledger', async () => {
  const { session, target, ledger } = stage();
  const refused = { outcome: 'refused', requirement: 'validation/pattern-refused', context: 'x' } as const;
  const named = { do: 'check', operation: 'UpdateRecords', dataset: 0, expect: refused } as const;
  const { complete } = await collect(session, {
    datasets: twoDatasets.datasets,
    steps: [{ ...named, input: { DatasetName: { $: 'base', end: '!' } } }],
  });
  expect(complete).toBe(true);
  expect(namesIn(ledger.planned)).toContain('d!');
  expect(namesIn(ledger.deleted).toSorted()).toEqual(namesIn(ledger.planned).toSorted());
  expect(target.requests.filter((request) => request.startsWith('DELETE'))).toHaveLength(0);
});
