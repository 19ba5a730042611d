import { expect, test } from 'vitest';
import { embeddedChoices, embeddedTarget, stoppedClock } from '../../tests/fixtures/embedded-run.ts';
import type { PatchStep, Sequence, Step } from '../../specs/types/sequence.ts';
import { contains } from './contained.ts';
import { failuresOf } from '../play/failure.ts';
import { type Confirmed, immaterial } from './minimum.ts';
import { performAll } from '../session/drive.ts';
import type { Channel } from '../exchange/channel.ts';
import { freshIdentities } from '../isolation/isolation.ts';

const list: Step = { do: 'list', actor: 0, dataset: 0, since: { at: 'start' } };

function update(key: string, more: Partial<PatchStep> = {}, dataset = 0): Step {
  const patch: PatchStep = { op: 'replace', key, value: 'x', count: { at: 'current' }, ...more };
  return { do: 'update', actor: 0, dataset, token: 'fresh', patches: [patch] };
}

/** The first failure that these steps show of an endpoint with this fault. */
async function shown(fault: string, steps: readonly Step[], doesNotMatter: readonly string[] = []): Promise<Confirmed> {
  const clock = stoppedClock();
  const target = embeddedTarget(clock, {}, fault);
  const sequence: Sequence = { datasets: [{ pool: 0, identity: 0, name: 'd' }], steps };
  const isolation = freshIdentities('us-east-1', 'c0ffee00');
  const channel: Channel = {
    send: (call) => target.send(call.request),
    now: clock.now,
    pause: () => clock.sleep(15),
    going: () => true,
  };
  const { played } = await performAll(sequence, { isolation, serial: 0, choices: embeddedChoices }, channel);
  const failure = played.flatMap(failuresOf)[0];
  if (failure === undefined) throw new Error(`nothing is wrong with ${fault}`);
  const example = { sequence, serial: 0, failure, played };
  return {
    shrunk: { ...example, requests: 0 },
    sighting: { best: example, others: [], count: 1, sequences: 1, requests: 1 },
    fromSteps: failure.calls,
    attempts: 5,
    failures: 5,
    played,
    doesNotMatter,
  };
}

const any = Object.values(immaterial);

test('a longer way to the same wrong answer contains the shorter one, not the other way round', async () => {
  const short = await shown('listing-creates-dataset', [list, list], any);
  const refused: Step = { ...update('a'), token: 'made-up' } as Step;
  const long = await shown('listing-creates-dataset', [list, refused, list], any);
  expect([contains(long, short), contains(short, long)]).toEqual([true, false]);
});

test('names and values may differ where they do not matter', async () => {
  const steps = [update('a'), update('b')];
  const other = await shown('rises-by-two', [update('k', { value: 'v' }), update('l', { value: 'w' })]);
  expect(contains(other, await shown('rises-by-two', steps, any))).toBe(true);
  expect(contains(other, await shown('rises-by-two', steps, [immaterial.keys]))).toBe(false);
});

test('one record is not two, and a new one is not a known one', async () => {
  const two = await shown('rises-by-two', [update('a'), update('b')], any);
  const one = await shown('rises-by-two', [update('a'), update('a')], any);
  expect([contains(one, two), contains(two, one)]).toEqual([false, false]);
});

test('another wrong part of the same answer is another failure', async () => {
  const steps = [update('a'), list];
  const count = await shown('dataset-count-lags', steps, any);
  const value = await shown('value-cut', [update('a', { value: 'x'.repeat(300) }), list], any);
  expect([contains(count, value), contains(value, count)]).toEqual([false, false]);
});

test('what does not fail every time explains nothing', async () => {
  const often = await shown('listing-creates-dataset', [list, list], any);
  expect(contains(often, { ...often, failures: 3 })).toBe(false);
});
