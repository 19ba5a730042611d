import { describe, expect, test } from 'vitest';
import { hypotheses } from '../specs/model/explain/catalogue.ts';
import { rulesWith, type Hypothesis } from '../specs/model/explain/hypothesis.ts';
import { serviceRules } from '../specs/model/rules/service-rules.ts';
import type { CountRef, Sequence, Step } from '../specs/types/sequence.ts';
import { freshIdentities } from '../engine/isolation/isolation.ts';
import { failuresOf } from '../engine/play/failure.ts';
import { type Recording, rejudge } from '../engine/play/rejudge.ts';
import { rehearse } from '../engine/session/rehearse.ts';
import { type Evidence, explain } from '../engine/findings/explain.ts';
import type { Counterexample } from '../engine/findings/rejudging.ts';

const isolation = freshIdentities('us-east-1', 'explained');
const choices = {
  'same-value-current': 'raises',
  'same-value-in-batch': 'raises',
  'same-value-stale': 'refused',
  'count-ahead-of-record': 'conflict',
  'count-ahead-of-dataset': 'conflict',
  'older-token': 'accepted',
  'update-after-deletion': 'recreates',
  'list-after-deletion': 'answers',
  'deletion-count': 'kept',
  'deleted-dataset-count': 'zero',
};
type Patch = readonly [key: string, value: string | null, at?: CountRef['at']];

const update = (...patches: readonly Patch[]): Step => ({
  do: 'update',
  actor: 0,
  dataset: 0,
  token: 'fresh',
  patches: patches.map(([key, value, at = 'current']) => ({
    op: value === null ? 'remove' : 'replace',
    key,
    value,
    count: at === 'behind' ? { at, by: 1 } : { at },
  })),
});
const list = (dataset = 0): Step => ({ do: 'list', actor: 0, dataset, since: { at: 'start' } });
const deletion: Step = { do: 'delete', dataset: 0 };
const play = (...steps: readonly Step[]): Sequence => ({
  datasets: [
    { pool: 0, identity: 0, name: 'd' },
    { pool: 0, identity: 1, name: 'd' },
  ],
  steps,
});
const sequences: readonly Sequence[] = [
  play(update(['a', 'x']), list(), update(['a', 'y']), list()),
  play(update(['a', 'x']), update(['b', 'y']), update(['a', 'z', 'zero']), list()),
  play(update(['a', 'x']), update(['a', 'y']), update(['a', 'z', 'behind']), list()),
  play(update(['a', 'x']), update(['a', 'y']), update(['a', null, 'behind']), list()),
  play(update(['a', 'x'], ['b', 'y']), update(['b', 'z'], ['a', 'w', 'zero']), list()),
  play(update(['a', 'x'], ['b', 'y']), update(['a', 'w', 'zero'], ['b', 'z']), list()),
  play(update(['a', 'x'], ['b', 'y']), update(['c', 'z'], ['a', 'w', 'zero'], ['b', 'z']), list()),
  play(update(['a', 'x'], ['b', 'y']), update(['a', null]), list(), update(['b', null]), list()),
  play(update(['a', ' x ']), list(), update(['b', 'X y']), list()),
  play(update(['key', 'x']), update(['KEY', 'y', 'zero']), list()),
  play(update(['KEY', 'x']), list()),
  play(update(['a', 'x'], ['b', 'y']), deletion, update(['c', 'z', 'zero']), list()),
  play(update(['a', 'x']), list(1), list()),
];

/** What a server with this fault would answer: the model plays it by the rules of the hypothesis. */
function recordedFrom(faults: readonly Hypothesis[]): {
  readonly evidence: Evidence;
  readonly failing: readonly Counterexample<number>[];
} {
  const rules = rulesWith(serviceRules, faults);
  const plays = sequences.map((sequence, serial): Recording => {
    const played = rehearse(sequence, { isolation, serial, choices, rules });
    return { sequence, serial, played: rejudge({ sequence, serial, played }, { isolation, choices }) };
  });
  const isFailing = ({ played }: Recording): boolean => played.some(({ deviations }) => deviations.length > 0);
  const failing = plays.filter(isFailing).toSorted((a, b) => a.played.length - b.played.length);
  const clean = plays.filter((one) => !isFailing(one));
  return {
    evidence: { isolation, choices, probed: new Map(), clean, failing },
    failing: failing.slice(0, 4).flatMap((recording, subject) => {
      const failure = recording.played.flatMap(failuresOf)[0];
      return failure === undefined ? [] : [{ subject, failure, recording }];
    }),
  };
}

const byId = (id: string): Hypothesis => {
  const found = hypotheses.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no hypothesis ${id}`);
  return found;
};

const unlimited = { calls: Infinity, goOn: () => Promise.resolve(true) };

async function told(...ids: readonly string[]): Promise<readonly string[]> {
  const { failing, evidence } = recordedFrom(ids.map(byId));
  const { explanations } = await explain(failing, { all: hypotheses, tolerances: [] }, evidence, unlimited);
  return explanations.map(({ hypothesis }) => hypothesis.id);
}

describe('a server with one fault is explained by that fault', () => {
  test.each([
    'staleness/unchecked',
    'staleness/first-only',
    'staleness/zero',
    'count/rises-by-2',
    'value/trimmed',
    'same-key/lower-case-first',
    'listing/removed-hidden',
    'refusal/conflict-before',
    'deletion/keeps-records',
    'dataset/identities-shared',
  ])('%s', async (id) => {
    expect(await told(id)).toEqual([id]);
  });
});

test('two faults at once are told apart', async () => {
  expect((await told('value/trimmed', 'staleness/zero')).toSorted()).toEqual(['staleness/zero', 'value/trimmed']);
});

test('a server without a fault gives nothing to explain', async () => {
  expect(await told()).toEqual([]);
});

test('a hypothesis that a clean play contradicts is not taken', async () => {
  const { failing, evidence } = recordedFrom([byId('staleness/zero')]);
  const first = failing.toSorted((a, b) => a.failure.calls - b.failure.calls).slice(0, 1);
  const unchecked = { all: [byId('staleness/unchecked')], tolerances: [] };
  expect(await explain(first, unchecked, evidence, unlimited)).toMatchObject({ explanations: [], cutShort: false });
  const unseen = { ...evidence, clean: [], failing: [] };
  expect((await explain(first, unchecked, unseen, unlimited)).explanations).toHaveLength(1);
});

test('a search that may not go on says so', async () => {
  const { failing, evidence } = recordedFrom([byId('staleness/zero')]);
  expect(
    await explain(failing, { all: hypotheses, tolerances: [] }, evidence, { ...unlimited, calls: 10 }),
  ).toMatchObject({
    explanations: [],
    cutShort: true,
  });
});
