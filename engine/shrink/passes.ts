import type { Symbolic } from '../../specs/types/check-step.ts';
import type { PatchStep, Sequence, Step } from '../../specs/types/sequence.ts';
import type { Failure } from '../play/failure.ts';
import { onlyNamed } from '../play/named-keys.ts';
import { plainKeys } from './plain-texts.ts';
import { renamed } from './renaming.ts';
import { simplerStep } from './simpler-step.ts';
import { replaced, without } from './list-edits.ts';

/** A kind of change that may make a sequence smaller; of the failure it knows the records that it is about, and what came back. */
export type Pass = (sequence: Sequence, failure: Pick<Failure, 'keys' | 'actual'>) => Iterable<Sequence>;

/** The kinds of smaller variants, the boldest first. Pure; the shrinker decides which variants still fail. */
export const passes: readonly Pass[] = [
  (sequence, { keys }) => onlyNamed(sequence, keys),
  plainRead,
  fewPaged,
  unadorned,
  gathered,
  withoutChunks,
  withoutDatasets,
  batched,
  plainTexts,
  smallerSteps,
  // With fewer records plainer keys are free, and all at once cost less than one by one.
  plainTexts,
  renamed,
  swapped,
  withoutPairs,
];

function withSteps(sequence: Sequence, steps: readonly Step[]): Sequence {
  return { ...sequence, steps };
}

/** The read that fails in its plainest form, while all is there that speaks for or against its options. */
function* plainRead(sequence: Sequence): Generator<Sequence> {
  const at = sequence.steps.length - 1;
  const last = sequence.steps[at];
  if (last?.do !== 'list' && last?.do !== 'datasets') return;
  const { page, ...whole } = last;
  if (page !== undefined) yield withSteps(sequence, replaced(sequence.steps, at, whole));
}

/** Two or three records in pages of one: what shows on the pages of many mostly shows on those. */
function* fewPaged(sequence: Sequence): Generator<Sequence> {
  const at = sequence.steps.length - 1;
  const last = sequence.steps[at];
  if (last?.do !== 'list' || last.page === undefined) return;
  const records = sequence.steps.flatMap((step) => (step.do === 'update' ? (step.patches ?? []) : [])).length;
  for (const number of [2, 3].filter((few) => few < records)) {
    let left = number;
    const steps = replaced(sequence.steps, at, { ...last, page: 1 }).flatMap((step): readonly Step[] => {
      if (step.do !== 'update' || step.patches === null) return [step];
      const patches = step.patches.slice(0, left);
      left -= patches.length;
      return patches.length === 0 ? [] : [{ ...step, patches }];
    });
    yield withSteps(sequence, steps);
  }
}

/** Of a larger batch halves are tried before single patches. */
const mostSingle = 8;

/** Everything at once that mostly does not matter: one actor, no dates; then one record only. */
function unadorned(sequence: Sequence): readonly Sequence[] {
  const anonymous = sequence.steps.map((step): Step => {
    if (step.do === 'list') return { ...step, actor: 0 };
    if (step.do !== 'update' || step.patches === null) return step;
    return { ...step, actor: 0, patches: step.patches.map(({ date: _date, ...patch }) => patch) };
  });
  const last = anonymous.at(-1);
  const patches = last?.do === 'update' ? (last.patches ?? []) : [];
  const single = (patches.length > mostSingle ? [] : patches).map((kept) => {
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

/** The simplest keys and values everywhere, and each alone; no update repeats the values of the one before. */
function plainTexts(sequence: Sequence): readonly Sequence[] {
  const { steps } = sequence;
  const patches = steps.flatMap((step) => (step.do === 'update' ? (step.patches ?? []) : []));
  const keys = [...new Set(patches.map(({ key }) => key))];
  const patched = (change: (patch: PatchStep, update: number) => PatchStep): Sequence => {
    let updates = 0;
    return withSteps(
      sequence,
      steps.map((step) => {
        if (step.do !== 'update' || step.patches === null) return step;
        const update = updates++;
        return { ...step, patches: step.patches.map((patch) => change(patch, update)) };
      }),
    );
  };
  const valued = (patch: PatchStep, update: number): PatchStep =>
    patch.value === null ? patch : { ...patch, value: update % 2 === 0 ? 'x' : 'y' };
  const keyed = (patch: PatchStep): PatchStep => ({ ...patch, key: plainKeys[keys.indexOf(patch.key)] ?? patch.key });
  const before = JSON.stringify(sequence);
  const plain =
    keys.length > plainKeys.length
      ? [patched(valued)]
      : [patched((patch, update) => valued(keyed(patch), update)), patched(valued), patched(keyed)];
  return plain.filter((one) => JSON.stringify(one) !== before);
}

/** All updates of a dataset as one batch: a long way to a limit becomes one call. */
function gathered(sequence: Sequence): readonly Sequence[] {
  const many = sequence.steps.flatMap((step, at) =>
    step.do === 'update' && step.patches !== null && (step.times ?? 1) === 1 && at < sequence.steps.length - 1
      ? [{ step, at, patches: step.patches }]
      : [],
  );
  const [first] = many;
  const keys = new Set<string>();
  const all = many.filter(({ step }) => step.dataset === first?.step.dataset);
  const again = all.findIndex((one) => one.patches.some(({ key }) => keys.size === keys.add(key).size));
  // A batch names each key once.
  const own = again === -1 ? all : all.slice(0, again);
  const patches = own.flatMap((one) => one.patches);
  if (first === undefined || own.length < 3) return [];
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
      const left = without(sequence.steps, start, count);
      const gone = sequence.steps.slice(start, start + count).filter((step) => step.do === 'update').length;
      for (const fewer of [left, ...closerSince(left, gone)]) {
        yield withSteps(sequence, fewer);
        // With fewer items the pages must be smaller to be as many.
        const failing = fewer.at(-1);
        if ((failing?.do === 'list' || failing?.do === 'datasets') && (failing.page ?? 1) > 1)
          yield withSteps(sequence, replaced(fewer, fewer.length - 1, { ...failing, page: 1 }));
      }
    }
  }
}

/** A listing that looks back over updates looks back less far where some of them are gone. */
function closerSince(steps: readonly Step[], gone: number): readonly (readonly Step[])[] {
  const last = steps.at(-1);
  if (last?.do !== 'list' || last.since.at !== 'behind' || gone === 0) return [];
  const by = (last.since.by ?? 1) - gone;
  return by < 1 ? [] : [replaced(steps, steps.length - 1, { ...last, since: { ...last.since, by } })];
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
    for (const [later, other] of sequence.steps.entries()) {
      if (later <= at) continue;
      const step = mergedUpdates(one, other) ?? (later < sequence.steps.length - 1 ? mergedChecks(one, other) : null);
      if (step === null) continue;
      const merged = without(replaced(sequence.steps, at, step), later);
      for (const steps of [merged, ...closerSince(merged, 1)]) yield withSteps(sequence, steps);
    }
  }
}

function mergedUpdates(one: Step, other: Step): Step | null {
  if (one.do !== 'update' || other.do !== 'update' || one.dataset !== other.dataset) return null;
  if (one.patches === null || other.patches === null || (one.times ?? 1) > 1 || (other.times ?? 1) > 1) return null;
  const keys = new Set(one.patches.map((patch) => patch.key));
  // A record that is written twice may stand for two records.
  const unused = plainKeys.filter((key) => !keys.has(key) && !other.patches?.some((patch) => patch.key === key));
  const patches = other.patches.map((patch) =>
    keys.has(patch.key) ? { ...patch, key: unused.shift() ?? patch.key } : patch,
  );
  return patches.some((patch) => keys.has(patch.key)) ? null : { ...one, patches: [...one.patches, ...patches] };
}

/** Written-out updates that are both to be accepted; the later one knows what they come to. */
function mergedChecks(one: Step, other: Step): Step | null {
  const patches = (step: Step): readonly Symbolic[] | null => {
    if (step.do !== 'check' || step.expect.outcome !== 'accepted' || step.http !== undefined) return null;
    const given = step.input?.['RecordPatches'];
    return Array.isArray(given) ? (given as readonly Symbolic[]) : null;
  };
  const [first, second] = [patches(one), patches(other)];
  if (first === null || second === null || other.do !== 'check' || one.do !== 'check') return null;
  if (one.dataset !== other.dataset) return null;
  return { ...other, input: { ...other.input, RecordPatches: [...first, ...second] } };
}

function* smallerSteps(sequence: Sequence, { actual }: Pick<Failure, 'actual'>): Generator<Sequence> {
  for (const [index, step] of sequence.steps.entries()) {
    for (const smaller of simplerStep(step, actual))
      yield withSteps(sequence, replaced(sequence.steps, index, smaller));
  }
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
