import {
  type CountRef,
  type PatchStep,
  type Sequence,
  type SinceRef,
  type Step,
  type UpdateStep,
} from '../specs/sequence.ts';
import { renamed, simplerText } from './renamed.ts';

/** Smaller variants of a sequence, the boldest first. Pure; the shrinker decides which still fail. */
export function* candidates(sequence: Sequence): Generator<Sequence> {
  yield* unadorned(sequence);
  yield* gathered(sequence);
  yield* withoutChunks(sequence);
  yield* withoutDatasets(sequence);
  yield* batched(sequence);
  yield* smallerSteps(sequence);
  yield* renamed(sequence);
  yield* swapped(sequence);
  yield* withoutPairs(sequence);
}

function withSteps(sequence: Sequence, steps: readonly Step[]): Sequence {
  return { ...sequence, steps };
}

function replaced<T>(items: readonly T[], index: number, item: T): readonly T[] {
  return items.map((one, at) => (at === index ? item : one));
}

function without<T>(items: readonly T[], from: number, count = 1): readonly T[] {
  return [...items.slice(0, from), ...items.slice(from + count)];
}

/** Everything at once that mostly does not matter: one actor, no dates; then one record only. */
function unadorned(sequence: Sequence): readonly Sequence[] {
  const anonymous = sequence.steps.map((step): Step => {
    if (step.do === 'list') return { ...step, actor: 0 };
    if (step.do !== 'update' || step.patches === null) return step;
    return { ...step, actor: 0, patches: step.patches.map(({ date: _date, ...patch }) => patch) };
  });
  const last = anonymous.at(-1);
  const single = (last?.do === 'update' ? (last.patches ?? []) : []).map((kept) => {
    const write: PatchStep = { op: 'replace', key: kept.key, value: 'x', count: { at: 'current' } };
    return anonymous.map((step): Step => {
      if (step.do !== 'update' || step.patches === null) return step;
      return { ...step, patches: [step === last ? kept : write] };
    });
  });
  const before = JSON.stringify(sequence.steps);
  return [anonymous, ...single]
    .filter((steps) => JSON.stringify(steps) !== before)
    .map((steps) => withSteps(sequence, steps));
}

/** All updates of a dataset as one batch: a long way to a limit becomes one call. */
function gathered(sequence: Sequence): readonly Sequence[] {
  const many = sequence.steps.flatMap((step, at) =>
    step.do === 'update' && step.patches !== null && (step.times ?? 1) === 1 && at < sequence.steps.length - 1
      ? [{ step, at, patches: step.patches }]
      : [],
  );
  const [first] = many;
  const own = many.filter(({ step }) => step.dataset === first?.step.dataset);
  const patches = own.flatMap((one) => one.patches);
  if (first === undefined || own.length < 3 || new Set(patches.map(({ key }) => key)).size < patches.length) return [];
  const steps = replaced(sequence.steps, first.at, { ...first.step, patches });
  const others = new Set(own.slice(1).map(({ at }) => at));
  return [
    withSteps(
      sequence,
      steps.filter((_, at) => !others.has(at)),
    ),
  ];
}

/** Drops runs of steps, by halves. The last step is the one that fails. */
function* withoutChunks(sequence: Sequence): Generator<Sequence> {
  const last = sequence.steps.length - 1;
  for (let size = last; size >= 1; size = Math.floor(size / 2)) {
    for (let from = last - size; from > -size; from -= size) {
      const start = Math.max(from, 0);
      const count = from < 0 ? size + from : size;
      yield withSteps(sequence, without(sequence.steps, start, count));
      yield* closerSince(sequence, start, count);
    }
  }
}

/** Drops a run of steps where the failing listing looks back over their updates: it looks back less far then. */
function* closerSince(sequence: Sequence, start: number, count: number): Generator<Sequence> {
  const last = sequence.steps.at(-1);
  if (last?.do !== 'list' || last.since.at !== 'behind' || (last.since.by ?? 1) === 1) return;
  const updates = sequence.steps.slice(start, start + count).filter((step) => step.do === 'update').length;
  const by = (last.since.by ?? 1) - updates;
  if (updates === 0 || by < 1) return;
  const steps = without(sequence.steps, start, count);
  yield withSteps(sequence, replaced(steps, steps.length - 1, { ...last, since: { ...last.since, by } }));
}

function* withoutDatasets(sequence: Sequence): Generator<Sequence> {
  for (const [index] of sequence.datasets.entries()) {
    if (sequence.datasets.length === 1) return;
    const kept = sequence.steps.filter((step) => step.do === 'pause' || step.dataset !== index);
    if (kept.length === sequence.steps.length) yield dropDataset(sequence, index);
    else yield dropDataset(withSteps(sequence, kept), index);
    // Everything that was done to one dataset done to another.
    for (const other of sequence.datasets.keys()) {
      if (other < index)
        yield dropDataset(
          withSteps(
            sequence,
            sequence.steps.map((step) =>
              step.do !== 'pause' && step.dataset === index ? { ...step, dataset: other } : step,
            ),
          ),
          index,
        );
    }
  }
}

function dropDataset(sequence: Sequence, index: number): Sequence {
  return {
    datasets: without(sequence.datasets, index),
    steps: sequence.steps.map((step) =>
      step.do !== 'pause' && step.dataset > index ? { ...step, dataset: step.dataset - 1 } : step,
    ),
  };
}

function* withoutPairs(sequence: Sequence): Generator<Sequence> {
  const last = sequence.steps.length - 1;
  if (last > 10) return;
  for (let one = last - 1; one > 0; one -= 1) {
    for (let other = one - 1; other >= 0; other -= 1)
      yield withSteps(sequence, without(without(sequence.steps, one), other));
  }
}

/** Two updates of one dataset as one batch: what needs two records needs one update. */
function* batched(sequence: Sequence): Generator<Sequence> {
  for (const [at, one] of sequence.steps.entries()) {
    if (one.do !== 'update' || one.patches === null || (one.times ?? 1) > 1) continue;
    for (const [later, other] of sequence.steps.entries()) {
      if (later <= at || other.do !== 'update' || other.patches === null || other.dataset !== one.dataset) continue;
      const keys = new Set(one.patches.map((patch) => patch.key));
      if ((other.times ?? 1) > 1 || other.patches.some((patch) => keys.has(patch.key))) continue;
      const merged = { ...one, patches: [...one.patches, ...other.patches] };
      yield withSteps(sequence, without(replaced(sequence.steps, at, merged), later));
    }
  }
}

function* smallerSteps(sequence: Sequence): Generator<Sequence> {
  for (const [index, step] of sequence.steps.entries()) {
    for (const smaller of simplerStep(step)) yield withSteps(sequence, replaced(sequence.steps, index, smaller));
  }
}

function* simplerStep(step: Step): Generator<Step> {
  if (step.do === 'list') {
    const { token: _token, page: _page, ...plain } = step;
    if (step.token !== undefined || step.page !== undefined) yield plain;
    if (step.token === 'first-spent') yield { ...step, token: 'spent' };
    if (step.since.at !== 'start') yield { ...step, since: { at: 'start' } };
    for (const since of simplerSince(step.since)) yield { ...step, since };
    if (step.actor > 0) yield { ...step, actor: 0 };
  }
  if (step.do === 'datasets' && step.page !== undefined) yield { do: 'datasets', dataset: step.dataset };
  if (step.do === 'check')
    yield {
      do: 'list',
      actor: 0,
      dataset: step.dataset,
      since: { at: 'start' },
    };
  if (step.do === 'update') yield* simplerUpdate(step);
}

/** A batch is cut into no more parts than these, and the patches of one with more than these are not looked at one by one. */
const mostParts = 16;
const mostPatches = 64;

function* simplerUpdate(step: UpdateStep): Generator<Step> {
  // Where the listing that fetches the token is what fails, the update itself is of no use.
  yield { do: 'list', actor: step.actor, dataset: step.dataset, since: { at: 'start' } };
  const times = step.times ?? 1;
  const { times: _times, ...once } = step;
  if (times > 1) {
    yield once;
    // Halving finds a threshold to within one only if the steps get small.
    for (let cut = Math.floor(times / 2); cut >= 1; cut = Math.floor(cut / 2))
      yield times - cut === 1 ? once : { ...step, times: times - cut };
  }
  if (step.actor > 0) yield { ...step, actor: 0 };
  if (step.token !== 'fresh') yield { ...step, token: 'fresh' };
  if (step.token === 'first-spent') yield { ...step, token: 'spent' };
  const patches = step.patches ?? [];
  const smallest = Math.max(1, patches.length / mostParts);
  for (let size = Math.floor(patches.length / 2); size > smallest; size = Math.floor(size / 2)) {
    for (let from = 0; from < patches.length; from += size)
      yield { ...step, patches: patches.slice(from, from + size) };
  }
  if (patches.length > mostPatches) return;
  for (const index of patches.keys()) if (patches.length > 1) yield { ...step, patches: without(patches, index) };
  for (const [index, patch] of patches.entries()) {
    for (const smaller of simplerPatch(patch)) yield { ...step, patches: replaced(patches, index, smaller) };
  }
}

function* simplerPatch(patch: PatchStep): Generator<PatchStep> {
  const { date: _date, ...undated } = patch;
  if (patch.date !== undefined) yield undated;
  if (patch.op === 'remove') {
    yield { ...undated, op: 'replace', value: 'x' };
    yield { ...undated, op: 'replace', value: 'y' };
  }
  if (patch.op === 'remove' && patch.value !== null) yield { ...patch, value: null };
  for (const count of simplerCount(patch.count)) yield { ...patch, count };
  if (patch.op === 'replace' && patch.value !== null)
    for (const value of simplerText(patch.value, ['x', 'y'])) yield { ...patch, value };
}

function* simplerCount(count: CountRef): Generator<CountRef> {
  if (count.at === 'current') return;
  yield { at: 'current' };
  if (count.at !== 'zero') yield { at: 'zero' };
  if (count.at === 'known') yield { at: 'behind', by: 1 };
  if (count.by !== undefined && count.by > 1) {
    yield { ...count, by: 1 };
    yield { ...count, by: count.by - 1 };
  }
}

function* simplerSince(since: SinceRef): Generator<SinceRef> {
  if (since.at === 'start' || since.at === 'zero') return;
  yield { at: 'zero' };
  if (since.at !== 'current') yield { at: 'current' };
  if (since.at !== 'behind' && since.at !== 'current') yield { at: 'behind', by: 1 };
  if (since.by !== undefined && since.by > 1) yield { ...since, by: since.by - 1 };
}

/** Neighbours in the other order, where that is the simpler one: updates of earlier keys and datasets first. */
function* swapped(sequence: Sequence): Generator<Sequence> {
  for (let index = 0; index + 1 < sequence.steps.length - 1; index += 1) {
    const [one, other] = [sequence.steps[index], sequence.steps[index + 1]];
    if (one === undefined || other === undefined || JSON.stringify(other) >= JSON.stringify(one)) continue;
    yield withSteps(sequence, replaced(replaced(sequence.steps, index, other), index + 1, one));
  }
  for (const [index, step] of sequence.steps.entries()) {
    if (step.do !== 'update' || step.patches === null || step.patches.length < 2) continue;
    const sorted = [...step.patches].sort((a, b) => (a.key < b.key ? -1 : 1));
    if (JSON.stringify(sorted) !== JSON.stringify(step.patches))
      yield withSteps(sequence, replaced(sequence.steps, index, { ...step, patches: sorted }));
  }
}
