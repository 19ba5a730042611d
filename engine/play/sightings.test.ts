import { expect, test } from 'vitest';
import { embeddedChoices, embeddedTarget, stoppedClock } from '../../tests/fixtures/embedded-run.ts';
import type { Sequence, Step } from '../../specs/types/sequence.ts';
import { failuresOf } from './failure.ts';
import { performAll } from '../session/drive.ts';
import type { Channel } from '../exchange/channel.ts';
import { freshIdentities } from '../isolation/isolation.ts';
import type { Played } from './played.ts';
import { rejudge } from './rejudge.ts';
import { createSightings } from './sightings.ts';

const isolation = freshIdentities('us-east-1', 'c0ffee00');

function put(key: string): Step {
  const patch = { op: 'replace', key, value: 'x', count: { at: 'zero' } } as const;
  return { do: 'update', actor: 0, dataset: 0, token: 'fresh', patches: [patch] };
}

/** A deletion, after which one who knows no choices reads the dataset once more than one who does. */
const sequence: Sequence = {
  datasets: [{ pool: 0, identity: 0, name: 'd' }],
  steps: [put('a'), { do: 'delete', dataset: 0 }, put('b'), put('c')],
};

async function playedUnknowing(fault: string): Promise<readonly Played[]> {
  const clock = stoppedClock();
  const target = embeddedTarget(clock, {}, fault);
  const channel: Channel = {
    send: (call) => target.send(call.request),
    now: clock.now,
    pause: () => clock.sleep(15),
    going: () => true,
  };
  return (await performAll(sequence, { isolation, serial: 0, choices: {} }, channel)).played;
}

test('a play is judged again to its end, readings among it that would not be made now', async () => {
  const played = await playedUnknowing('value-trimmed');
  expect(played.some((one) => one.reread === true)).toBe(true);
  const again = rejudge({ sequence, serial: 0, played }, { isolation, choices: embeddedChoices });
  expect(again.map((one) => one.exchanges)).toEqual(played.map((one) => one.exchanges));
});

test('every play counts once, and what is judged again takes the place of what was noted', async () => {
  const played = await playedUnknowing('answer-shows-sent-count');
  const first = played.findIndex(({ deviations }) => deviations.length > 0);
  const sightings = createSightings(new Set(played.flatMap(failuresOf).map(({ requirement }) => requirement)));
  const trail = played.slice(0, first + 1);
  const progress = { sequences: 1, requests: 9 };
  const [failure] = sightings.note({ sequence, serial: 1, played: trail }, progress);
  if (failure === undefined) throw new Error('nothing is wrong');
  const late = trail.map((one, index) => (index === first ? { ...one, afterDeviation: true } : one));
  expect(sightings.note({ sequence, serial: 2, played: late }, progress)).toEqual([]);
  expect(sightings.all().get(failure.key)).toMatchObject({ count: 2, best: { failure: { secondary: false } } });
  sightings.note({ sequence, serial: 2, played: late }, progress, true);
  expect(sightings.all().get(failure.key)).toMatchObject({
    count: 2,
    others: [],
    best: { failure: { secondary: true } },
  });
});
