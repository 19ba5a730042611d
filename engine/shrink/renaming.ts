import { ownPool, type Sequence, type Step } from '../../specs/types/sequence.ts';
import { plainerPairs, plainKeys, plainValues, simplerText } from './plain-texts.ts';
import { replaced } from './list-edits.ts';

const mostNames = 16;
const mostPaired = 4;
const mostValued = 4;
const plainNames = ['d', 'e', 'f'];

/** Renames keys, values and datasets over the whole sequence, and merges them. */
export function* renamed(sequence: Sequence): Generator<Sequence> {
  yield* plainerKeys(sequence);
  yield* plainerValues(sequence);
  yield* plainDatasets(sequence);
  for (const [index, ref] of sequence.datasets.entries()) {
    for (const name of simplerText(ref.name, plainNames)) {
      if (
        name === '' ||
        sequence.datasets.some(
          (other) => other.name === name && other.identity === ref.identity && other.pool === ref.pool,
        )
      )
        continue;
      yield { ...sequence, datasets: replaced(sequence.datasets, index, { ...ref, name }) };
    }
    for (const part of ['identity', 'pool'] as const) {
      const moved = { ...ref, [part]: 0 };
      if (
        ref[part] > 0 &&
        ref[part] !== ownPool &&
        !sequence.datasets.some(
          (other) => other.name === moved.name && other.identity === moved.identity && other.pool === moved.pool,
        )
      ) {
        yield { ...sequence, datasets: replaced(sequence.datasets, index, moved) };
      }
    }
  }
}

function* plainerKeys(sequence: Sequence): Generator<Sequence> {
  const keys = [
    ...new Set(
      sequence.steps.flatMap((step) => (step.do === 'update' ? (step.patches ?? []).map((patch) => patch.key) : [])),
    ),
  ];
  // So many names are of no interest one by one.
  for (const key of keys.length > mostNames ? [] : keys) {
    for (const other of keys)
      if (other < key && !inOneBatch(sequence, key, other))
        yield mapKeys(sequence, (one) => (one === key ? other : one));
    const rank = plainKeys.indexOf(key);
    const plainer = plainKeys.slice(0, rank === -1 ? plainKeys.length : rank).filter((one) => !keys.includes(one));
    // A fault that takes neither of two plain keys seldom takes a third.
    for (const simpler of [...plainer.slice(0, 2), ...(rank === -1 ? simplerText(key, []) : [])]) {
      if (simpler !== '' && !keys.includes(simpler)) yield mapKeys(sequence, (one) => (one === key ? simpler : one));
    }
  }
  for (const [index, key] of keys.length > mostPaired ? [] : keys.entries())
    for (const other of keys.slice(index + 1))
      yield mapKeys(sequence, (own) => (own === key ? other : own === other ? key : own));
  const odd = keys.filter((key) => !plainKeys.includes(key));
  // What one name is mistaken for is only seen with both.
  for (const key of odd.length > mostPaired ? [] : odd) {
    for (const other of keys) {
      if (other === key || (odd.includes(other) && other < key)) continue;
      for (const [one, another] of plainerPairs(key, other)) {
        const taken = keys.some((own) => own !== key && own !== other && (own === one || own === another));
        if (!taken) yield mapKeys(sequence, (own) => (own === key ? one : own === other ? another : own));
      }
    }
  }
}

function* plainerValues(sequence: Sequence): Generator<Sequence> {
  // A value that is written twice stays one value.
  const written = sequence.steps.flatMap((step) =>
    step.do === 'update' ? (step.patches ?? []).flatMap(({ value }) => value ?? []) : [],
  );
  const values = [...new Set(written)];
  for (const value of values.length > mostNames ? [] : values) {
    const rank = plainValues.indexOf(value);
    for (const simpler of rank === -1 ? plainValues : plainValues.slice(0, rank))
      yield mapValues(sequence, (own) => (own === value ? simpler : own));
  }
  yield* plainlyValued(sequence, written);
}

/** The datasets in the order in which they are used, with the plainest names; of two names that begin alike both. */
function* plainDatasets(sequence: Sequence): Generator<Sequence> {
  const { datasets, steps } = sequence;
  if (datasets.length !== 2) return;
  const [one, other] = datasets;
  if (one === undefined || other === undefined) return;
  const first = steps.find((step) => step.do !== 'pause');
  if (first?.dataset === 1) {
    const turned = exchanged(sequence);
    yield {
      ...turned,
      datasets: [
        { ...other, name: one.name },
        { ...one, name: other.name },
      ],
    };
    yield { ...turned, datasets: [other, one] };
  }
  if (JSON.stringify(other) < JSON.stringify(one)) yield { ...sequence, datasets: [other, one] };
  const again = inOrder(exchanged(sequence));
  if (JSON.stringify(again.steps) < JSON.stringify(steps)) yield again;
  if (one.identity === other.identity && one.pool === other.pool)
    for (const names of plainerPairs(one.name, other.name))
      yield { ...sequence, datasets: datasets.map((ref, index) => ({ ...ref, name: names[index] ?? ref.name })) };
  const [short, long] = one.name.length < other.name.length ? [one, other] : [other, one];
  if (!long.name.startsWith(short.name) || short.name === long.name) return;
  const plain = (name: string): string => `d${'x'.repeat(name.length - short.name.length)}`;
  yield { ...sequence, datasets: datasets.map((ref) => ({ ...ref, name: plain(ref.name) })) };
  yield { ...sequence, datasets: datasets.map((ref) => ({ ...ref, name: ref === short ? 'd' : 'dx' })) };
}

/** What is done to the first of two datasets done to the second, and the other way round. */
function exchanged({ datasets, steps }: Sequence): Sequence {
  return {
    datasets,
    steps: steps.map((step): Step => (step.do === 'pause' ? step : { ...step, dataset: 1 - step.dataset })),
  };
}

/** The updates that come first in the order of their datasets. */
function inOrder(sequence: Sequence): Sequence {
  const others = sequence.steps.findIndex((step) => step.do !== 'update');
  const updates = sequence.steps.slice(0, others === -1 ? -1 : others);
  const sorted = updates.toSorted((a, b) => (a.do === 'update' && b.do === 'update' ? a.dataset - b.dataset : 0));
  return { ...sequence, steps: [...sorted, ...sequence.steps.slice(updates.length)] };
}

/** The sequence with the first plain keys in place of those that it has, in the same order. */
export function withPlainKeys(sequence: Sequence): Sequence {
  const own = sequence.steps.flatMap((step) =>
    step.do === 'update' ? (step.patches ?? []).map(({ key }) => key) : [],
  );
  const plain = plainKeys.filter((key) => own.includes(key));
  return mapKeys(sequence, (key) => plainKeys[plain.indexOf(key)] ?? key);
}

/** Whether an update names both: it names each key once. */
function inOneBatch({ steps }: Sequence, ...keys: readonly [string, string]): boolean {
  return steps.some(
    (step) => step.do === 'update' && keys.every((key) => step.patches?.some((patch) => patch.key === key) === true),
  );
}

/** Every way to write the two plain values; which is the simplest depends on which are stored over which. */
function* plainlyValued(sequence: Sequence, written: readonly string[]): Generator<Sequence> {
  if (written.length > mostValued || written.some((value) => !plainValues.includes(value))) return;
  for (let way = 0; way < 2 ** written.length; way += 1) {
    const values = written.map((_, isolation) => plainValues[(way >> isolation) & 1] ?? '');
    if (values.join('') !== written.join('')) yield mapValues(sequence, () => values.shift() ?? '');
  }
}

function mapValues(sequence: Sequence, map: (value: string) => string): Sequence {
  const steps = sequence.steps.map((step): Step => {
    if (step.do !== 'update' || step.patches === null) return step;
    const mapped = (value: string | null): string | null => (value === null ? null : map(value));
    return { ...step, patches: step.patches.map((patch) => ({ ...patch, value: mapped(patch.value) })) };
  });
  return { ...sequence, steps };
}

function mapKeys(sequence: Sequence, map: (key: string) => string): Sequence {
  const steps = sequence.steps.map((step): Step => {
    if (step.do === 'list' && step.since.key !== undefined)
      return { ...step, since: { ...step.since, key: map(step.since.key) } };
    if (step.do !== 'update' || step.patches === null) return step;
    return { ...step, patches: step.patches.map((patch) => ({ ...patch, key: map(patch.key) })) };
  });
  return { ...sequence, steps };
}
