import { ownPool, type Sequence, type Step } from '../specs/sequence.ts';
import { replaced } from './with-items.ts';

/** Simpler texts, in a fixed order: the plainest first, then shorter, then with plain characters. */
export function* simplerText(text: string, plain: readonly string[]): Generator<string> {
  const rank = plain.indexOf(text);
  yield* rank === -1 ? plain : plain.slice(0, rank);
  if (rank !== -1) return;
  const characters = [...text];
  if (characters.length <= 1) return;
  for (let cut = Math.floor(characters.length / 2); cut >= 1; cut = Math.floor(cut / 2)) {
    yield characters.slice(0, characters.length - cut).join('');
    yield characters.slice(cut).join('');
  }
  if (characters.length > 64) return;
  for (const [index, character] of characters.entries()) {
    if (!/[a-z]/.test(character)) yield replaced(characters, index, 'x').join('');
  }
}

/** The simplest keys, the simplest first. */
export const plainKeys: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz'];
const mostNames = 16;
const plainNames = ['d', 'e', 'f'];

/** The simplest values, the simplest first. */
const plainValues: readonly string[] = ['x', 'y'];

/** Renames keys, values and datasets over the whole sequence, and merges them. */
export function* renamed(sequence: Sequence): Generator<Sequence> {
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
  // A value that is written twice stays one value.
  const values = [
    ...new Set(
      sequence.steps.flatMap((step) =>
        step.do === 'update' ? (step.patches ?? []).flatMap(({ value }) => value ?? []) : [],
      ),
    ),
  ];
  for (const value of values.length > mostNames ? [] : values) {
    const rank = plainValues.indexOf(value);
    for (const simpler of rank === -1 ? plainValues : plainValues.slice(0, rank))
      yield mapValues(sequence, value, simpler);
  }
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

/** The datasets in the order in which they are used, with the plainest names; of two names that begin alike both. */
function* plainDatasets(sequence: Sequence): Generator<Sequence> {
  const { datasets, steps } = sequence;
  if (datasets.length !== 2) return;
  const [one, other] = datasets;
  if (one === undefined || other === undefined) return;
  const first = steps.find((step) => step.do !== 'pause');
  if (first?.dataset === 1) {
    const turned = steps.map((step): Step => (step.do === 'pause' ? step : { ...step, dataset: 1 - step.dataset }));
    yield {
      datasets: [
        { ...other, name: one.name },
        { ...one, name: other.name },
      ],
      steps: turned,
    };
    yield { datasets: [other, one], steps: turned };
  }
  const [short, long] = one.name.length < other.name.length ? [one, other] : [other, one];
  if (!long.name.startsWith(short.name) || short.name === long.name) return;
  const plain = (name: string): string => `d${'x'.repeat(name.length - short.name.length)}`;
  yield { ...sequence, datasets: datasets.map((ref) => ({ ...ref, name: plain(ref.name) })) };
  yield { ...sequence, datasets: datasets.map((ref) => ({ ...ref, name: ref === short ? 'd' : 'dx' })) };
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

function mapValues(sequence: Sequence, from: string, to: string): Sequence {
  const steps = sequence.steps.map((step): Step => {
    if (step.do !== 'update' || step.patches === null) return step;
    return { ...step, patches: step.patches.map((patch) => (patch.value === from ? { ...patch, value: to } : patch)) };
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
