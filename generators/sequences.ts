import fc from 'fast-check';
import {
  type CountRef,
  type DatasetRef,
  ownPool,
  type PatchStep,
  type Sequence,
  type SinceRef,
  type Step,
  type TokenRef,
  type UpdateStep,
} from '../specs/types/sequence.ts';
import { datasetNames, keyPool, nearlyTheSame, recordValue } from './texts.ts';
import { identityUsage, poolUsage } from './usage.ts';

/** What a suite's sequences are made of. Weights are relative; 0 leaves a kind out. */
export interface Shape {
  readonly length: { readonly min: number; readonly max: number };
  readonly actors: number;
  /** How the datasets of a sequence are related. */
  readonly datasets: readonly Relation[];
  /** Percent of awkward keys and values. */
  readonly awkwardKeys: number;
  readonly awkwardValues: number;
  /** Percent of values that are nearly what was written to the key before. */
  readonly nearValues?: number;
  readonly steps: { readonly [kind in StepKind]?: number };
  readonly counts: { readonly [at in CountRef['at']]?: number };
  /** Percent of removes among patches. */
  readonly removes: number;
  readonly batch: { readonly max: number };
  readonly tokens?: { readonly [token in TokenRef]?: number };
}

export type Relation = 'one' | 'two-names' | 'five-names' | 'two-identities' | 'two-pools' | 'own-pool';
export type StepKind =
  | 'update'
  | 'batch'
  | 'list'
  | 'since'
  | 'presented'
  | 'describe'
  | 'datasets'
  | 'delete'
  | 'pause'
  | 'odd'
  | 'paged'
  | 'paged-datasets'
  | 'usage';

const defaultTokens: { readonly [token in TokenRef]?: number } = { fresh: 1 };

/** Sequences of one shape: a pool of keys and datasets first, then steps over them. */
export function sequences(shape: Shape): fc.Arbitrary<Sequence> {
  const scene = fc.record({ keys: keyPool(shape.awkwardKeys), datasets: datasetRefs(shape) });
  return scene.chain(({ keys, datasets }) => {
    const steps = fc.array(step(shape, keys, datasets.length), {
      minLength: shape.length.min,
      maxLength: shape.length.max,
      size: 'max',
    });
    const near = shape.nearValues ?? 0;
    if (near === 0) return steps.map((drawn) => ({ datasets, steps: drawn }));
    const picks = fc.array(fc.nat({ max: 599 }), { minLength: 64, maxLength: 64, size: 'max' });
    return fc.tuple(steps, picks).map(([drawn, picked]) => ({ datasets, steps: withNearValues(drawn, near, picked) }));
  });
}

/** Steps some of whose values are nearly those written to the same key before. `picked`: which, and how. */
function withNearValues(steps: readonly Step[], percent: number, picked: readonly number[]): readonly Step[] {
  const written = new Map<string, string>();
  let turn = 0;
  return steps.map((one) => {
    if (one.do !== 'update' || one.patches === null) return one;
    const patches = one.patches.map((given): PatchStep => {
      const place = `${one.dataset} ${given.key}`;
      const before = written.get(place);
      const pick = picked[turn % picked.length] ?? 0;
      turn += 1;
      const near = given.op === 'replace' && before !== undefined && pick % 100 < percent;
      const value = near ? nearlyTheSame(before, Math.floor(pick / 100)) : given.value;
      if (value !== null) written.set(place, value);
      return { ...given, value };
    });
    return { ...one, patches };
  });
}

function datasetRefs(shape: Shape): fc.Arbitrary<readonly DatasetRef[]> {
  const ref = (name: string, identity = 0, pool = 0): DatasetRef => ({ pool, identity, name });
  return fc.constantFrom(...shape.datasets).chain((relation): fc.Arbitrary<readonly DatasetRef[]> => {
    switch (relation) {
      case 'one':
        return fc.constant([ref('d')]);
      case 'two-names':
        return datasetNames().map(([one, other]) => [ref(one), ref(other)]);
      case 'two-identities':
        return fc.constant([ref('d'), ref('d', 1), ref('e')]);
      case 'two-pools':
        return fc.constant([ref('d'), ref('d', 0, 1)]);
      case 'five-names':
        return fc.constant(['a', 'b', 'c', 'd', 'e'].map((name) => ref(name)));
      case 'own-pool':
        return fc.constant([ref('d', 0, ownPool), ref('e', 0, ownPool), ref('d', 1, ownPool)]);
    }
  });
}

function step(shape: Shape, keys: readonly string[], datasets: number): fc.Arbitrary<Step> {
  const actor = fc.nat({ max: shape.actors - 1 });
  const dataset = datasets === 1 ? fc.constant(0) : fc.nat({ max: datasets - 1 });
  const kinds: { readonly [kind in StepKind]: fc.Arbitrary<Step> } = {
    update: updates(shape, keys, actor, dataset, 1),
    batch: updates(shape, keys, actor, dataset, shape.batch.max),
    list: fc.record({
      do: fc.constant('list' as const),
      actor,
      dataset,
      since: fc.constantFrom<SinceRef>({ at: 'start' }, { at: 'start' }, { at: 'zero' }),
    }),
    since: fc.record({ do: fc.constant('list' as const), actor, dataset, since: since(keys) }),
    presented: fc.record({
      do: fc.constant('list' as const),
      actor,
      dataset,
      since: fc.constant<SinceRef>({ at: 'start' }),
      token: fc.constantFrom('fresh' as const, 'fresh' as const, 'spent' as const, 'first-spent' as const),
    }),
    paged: fc.record({
      do: fc.constant('list' as const),
      actor,
      dataset,
      since: fc.oneof(fc.constant<SinceRef>({ at: 'start' }), since(keys)),
      page: fc.constantFrom(1, 2, 3, 5),
    }),
    'paged-datasets': fc.record({ do: fc.constant('datasets' as const), dataset, page: fc.constantFrom(1, 2, 3, 5) }),
    usage: fc.oneof(
      dataset.map((index) => identityUsage('drawn', index)),
      fc.constant(poolUsage('drawn')),
    ),
    describe: fc.record({ do: fc.constant('describe' as const), dataset }),
    datasets: fc.record({ do: fc.constant('datasets' as const), dataset }),
    delete: fc.record({ do: fc.constant('delete' as const), dataset }),
    pause: fc.constant({ do: 'pause' as const }),
    odd: odd(keys, actor, dataset),
  };
  const weighted = Object.entries(shape.steps).map(([kind, weight]) => ({
    weight,
    arbitrary: kinds[kind as StepKind],
  }));
  return fc.oneof(...weighted);
}

function updates(
  shape: Shape,
  keys: readonly string[],
  actor: fc.Arbitrary<number>,
  dataset: fc.Arbitrary<number>,
  max: number,
): fc.Arbitrary<UpdateStep> {
  const size = Math.min(max, keys.length);
  const patches = fc.uniqueArray(patch(shape, keys), {
    minLength: Math.min(max === 1 ? 1 : 2, size),
    maxLength: size,
    selector: (one) => one.key,
    size: 'max',
  });
  return fc.record({ do: fc.constant('update' as const), actor, dataset, patches, token: token(shape) });
}

function token(shape: Shape): fc.Arbitrary<TokenRef> {
  const weighted = Object.entries(shape.tokens ?? defaultTokens).map(([ref, weight]) => ({
    weight,
    arbitrary: fc.constant(ref as TokenRef),
  }));
  return fc.oneof(...weighted);
}

function patch(shape: Shape, keys: readonly string[]): fc.Arbitrary<PatchStep> {
  const key = fc.constantFrom(...keys);
  const count = countRef(shape);
  const replace = fc.record(
    {
      op: fc.constant('replace' as const),
      key,
      value: recordValue(shape.awkwardValues),
      count,
      date: fc.constantFrom(1_400_000_000, 1_412_974_057.151, 1_700_574_873.059),
    },
    { requiredKeys: ['op', 'key', 'value', 'count'] },
  );
  const removal = fc.record({ op: fc.constant('remove' as const), key, value: fc.constant(null), count });
  return fc.oneof({ weight: 100 - shape.removes, arbitrary: replace }, { weight: shape.removes, arbitrary: removal });
}

function countRef(shape: Shape): fc.Arbitrary<CountRef> {
  const by = fc.oneof(
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 6 }) },
  );
  const weighted = Object.entries(shape.counts).map(([at, weight]) => {
    const plain = { at: at as CountRef['at'] };
    const relative = at === 'behind' || at === 'ahead' || at === 'dataset';
    return {
      weight,
      arbitrary: relative ? by.map((distance): CountRef => ({ ...plain, by: distance })) : fc.constant<CountRef>(plain),
    };
  });
  return fc.oneof(...weighted);
}

function since(keys: readonly string[]): fc.Arbitrary<SinceRef> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...keys).map((key): SinceRef => ({ at: 'record', key })) },
    { weight: 2, arbitrary: fc.constant<SinceRef>({ at: 'known' }) },
    { weight: 2, arbitrary: fc.constant<SinceRef>({ at: 'current' }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }).map((by): SinceRef => ({ at: 'behind', by })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((by): SinceRef => ({ at: 'ahead', by })) },
  );
}

/** Requests about which the documentation is silent: each is a choice. */
function odd(
  keys: readonly string[],
  actor: fc.Arbitrary<number>,
  dataset: fc.Arbitrary<number>,
): fc.Arbitrary<UpdateStep> {
  const key = fc.constantFrom(...keys);
  const current: CountRef = { at: 'current' };
  const patches = fc.oneof(
    key.map((one): readonly PatchStep[] => [
      { op: 'replace', key: one, value: 'first', count: current },
      { op: 'replace', key: one, value: 'second', count: current },
    ]),
    fc.constant<readonly PatchStep[]>([]),
    fc.constant(null),
    key.map((one): readonly PatchStep[] => [{ op: 'replace', key: one, value: null, count: current }]),
    key.map((one): readonly PatchStep[] => [{ op: 'remove', key: one, value: 'x', count: current }]),
    key.map((one): readonly PatchStep[] => [
      { op: 'remove', key: `${one}-unknown`, value: null, count: { at: 'zero' } },
    ]),
  );
  return fc.record({
    do: fc.constant('update' as const),
    actor,
    dataset,
    patches,
    token: fc.constant<TokenRef>('fresh'),
  });
}

/** The `index`th sequence of a seed: the same on every machine, whatever ran before. */
export function draw(arbitrary: fc.Arbitrary<Sequence>, seed: number, index: number): Sequence {
  const mixed = Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b);
  const [sequence] = fc.sample(arbitrary, { seed: mixed, numRuns: 1 });
  if (sequence === undefined) throw new Error('fast-check gave no sample');
  return sequence;
}
