import type { Input } from '../../types/wire.ts';
import { blameUpdate } from '../blame/update.ts';
import { boundary } from '../blame/boundary.ts';
import { bringsOtherDate, disposeAll, readPatches } from '../rules/patches.ts';
import type { Disposition, Patch } from '../state/disposition.ts';
import type { Allowance, Exercise, Prediction } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import { withinQuota } from '../rules/quota.ts';
import { hasDuplicates, questionsOf } from '../rules/questions.ts';
import { mayBeTooMany, refusalOf } from '../rules/refusals.ts';
import { holdsNul } from '../state/text-kind.ts';
import { tokenVerdict } from '../rules/tokens.ts';
import type { TokenVerdict } from '../state/token-verdict.ts';
import { inspectUpdate } from '../inspect/update-outcome.ts';
import type { Plan } from '../rules/update-plan.ts';
import type { AtUpdate } from '../state/rules.ts';
import { sampleUpdate, worldAfterUpdate } from '../inspect/after-update.ts';
import { type World, datasetOf, mapToken, withDataset } from '../state/world.ts';
import type { DatasetName, DatasetState } from '../state/dataset-state.ts';

/** Predicts UpdateRecords: tokens first, then every patch against its record, all or nothing. */
export function predictUpdate(world: World, id: DatasetName, input: Input, usual: Choices): Prediction {
  const dataset = datasetOf(world, id);
  const choices = world.rules.options(usual, dataset);
  const patches = readPatches(input['RecordPatches']);
  const token = tokenVerdict(world, id, input['SyncSessionToken'], choices);
  const dispositions = disposeAll(dataset, patches ?? [], choices, world.rules);
  // What became of the token is as open as the rest.
  const astray = (): World =>
    mapToken(withDataset(world, { ...dataset, doubt: true }), input['SyncSessionToken'], (state) => ({
      ...state,
      uncertain: true,
    }));

  const questions = questionsOf(dataset, patches, dispositions);
  const refusal = refusalOf(world, id, input, dispositions, token, choices, patches);
  const plan = refusal.certain ? null : planOf(world, id, dispositions, patches, choices);
  // Only a written-out check says what a quota makes of it.
  const fits = plan === null || quotas.every((quota) => withinQuota(world, id, input, quota));
  const open = dataset.doubt || refusal.open || (!refusal.certain && plan === null) || !fits;
  const allowed: Allowance[] = [...refusal.allowed];
  if (plan !== null) {
    allowed.unshift({
      kind: 'success',
      why: whyAccepted(dataset, dispositions),
      inspect: (output, moment) => inspectUpdate(plan, output, moment),
      after: (output, moment) => worldAfterUpdate(world, plan, output, tokenText(input), moment),
      sample: (at) => sampleUpdate(plan, at),
    });
  }
  return {
    allowed,
    open,
    exercises:
      open || mayBeTooMany(patches) || patches?.some(holdsNul) === true
        ? []
        : exercisesOf(dispositions, token, questions, plan),
    blame: (answer) => blameUpdate(world, id, answer, dispositions, token, questions, plan !== null),
    astray,
  };
}

const quotas = ['datasets', 'records', 'bytes'] as const;

/** Patches of an update that its explanation speaks of. */
const mostExplained = 3;

/** What the answer of an accepted update follows from: the dataset's count and what each patch met. */
function whyAccepted(dataset: DatasetState, dispositions: readonly Disposition[]): string {
  const gone = dataset.deletedAt === null ? 'the dataset does not exist' : 'the dataset was deleted';
  const start = dataset.exists ? `the dataset is at ${dataset.count}` : gone;
  const more = dispositions.length - mostExplained;
  return [
    start,
    ...dispositions.slice(0, mostExplained).map((one) => one.why),
    ...(more > 0 ? [`and ${more} more patches`] : []),
  ].join('; ');
}

function tokenText(input: Input): string {
  const token = input['SyncSessionToken'];
  return typeof token === 'string' ? token : '';
}

function planOf(
  world: World,
  id: DatasetName,
  dispositions: readonly Disposition[],
  patches: readonly Patch[] | null,
  choices: Choices,
): Plan | null {
  const dataset = datasetOf(world, id);
  if (patches === null || patches.length === 0) {
    const option = choices[patches === null ? 'missing-patches' : 'empty-patches'];
    if (option === undefined || !dataset.exists) return null;
    return {
      id,
      dataset,
      ...countsOf(world, dataset.count + (option === 'raises' ? 1 : 0), dataset, []),
      effects: [],
      idle: `consistency/${patches === null ? 'missing' : 'empty'}-patches`,
      choices,
      duplicates: false,
      pauses: world.pauses,
    };
  }
  const duplicates = hasDuplicates(dispositions);
  // Whether the second patch of a key meets the stored record or what the first made of it is nowhere said.
  if (duplicates && dispositions.some((one) => isRepeated(dispositions, one) && !plainWrite(one))) return null;
  const kept = duplicates ? uniqueByChoice(dispositions, choices) : dispositions;
  const writes = kept.filter((one) => one.effect === 'write');
  const sameInBatch = (one: Disposition): boolean =>
    one.demand === 'consistency/same-value-current' &&
    kept.length > 1 &&
    writes.some((other) => other.demand !== one.demand);
  const otherDate = kept.some((one) => sameInBatch(one) && bringsOtherDate(one.patch, one.record));
  const batchOption = choices['same-value-in-batch'];
  if (kept.some(sameInBatch) && (batchOption === undefined || (batchOption === 'keeps' && otherDate))) return null;
  // What an ignored patch does to its neighbours is nowhere said.
  if (
    kept.some((one) => one.effect === 'ignore') &&
    kept.some((one) => one.demand === 'consistency/same-value-current')
  )
    return null;
  // Stale or repeated removes that change nothing, beside patches that do: no choice tells whether they share the count.
  const mixedKeeps = kept.filter((one) => one.effect === 'keep' && !one.demand.endsWith('same-value-current'));
  if (mixedKeeps.length > 0 && kept.length > 1) return null;
  const effects = kept.map((one) =>
    sameInBatch(one)
      ? {
          ...one,
          demand: 'consistency/same-value-in-batch',
          effect: choices['same-value-in-batch'] === 'keeps' ? ('keep' as const) : ('write' as const),
        }
      : one,
  );
  const raised = effects.some(
    (one) => one.effect === 'write' || (one.effect === 'ignore' && choices['remove-unknown'] === 'ignored-raises'),
  );
  // Whether an update that stores nothing creates the dataset is nowhere said.
  if (!dataset.exists && !effects.some((one) => one.effect === 'write')) return null;
  const idle = effects.some((one) => one.effect === 'write') ? undefined : effects[0]?.demand;
  return {
    id,
    dataset,
    ...countsOf(world, dataset.count + (raised ? 1 : 0), dataset, effects),
    effects,
    ...(idle === undefined ? {} : { idle }),
    choices,
    duplicates,
    pauses: world.pauses,
  };
}

function countsOf(
  { rules, datasets }: World,
  usual: number,
  dataset: DatasetState,
  effects: readonly Disposition[],
): Pick<Plan, 'count' | 'countOf' | 'rules' | 'at'> {
  const { pool, identity } = dataset.id;
  const at: AtUpdate = {
    dataset,
    effects,
    neighbours: () =>
      [...datasets.values()].filter(
        ({ id }) => id.pool === pool && id.identity === identity && id.name !== dataset.id.name,
      ),
  };
  const count = rules.datasetCount(usual, at);
  return { count, countOf: (one) => rules.recordCount(count, one, at), rules, at };
}

function isRepeated(dispositions: readonly Disposition[], one: Disposition): boolean {
  return dispositions.some((other) => other !== one && other.patch.key === one.patch.key);
}

function plainWrite(one: Disposition): boolean {
  return one.effect === 'write' && one.value !== null && !one.demand.startsWith('consistency/');
}

function uniqueByChoice(dispositions: readonly Disposition[], choices: Choices): readonly Disposition[] {
  const byKey = new Map<string, Disposition>();
  for (const one of dispositions) {
    if (choices['duplicate-keys'] === 'first-wins' && byKey.has(one.patch.key)) continue;
    byKey.set(one.patch.key, isRepeated(dispositions, one) ? { ...one, demand: 'consistency/duplicate-keys' } : one);
  }
  return [...byKey.values()];
}

/** What the call puts to the test, by its patches and its token. */
function exercisesOf(
  dispositions: readonly Disposition[],
  token: TokenVerdict,
  questions: readonly string[],
  plan: Plan | null,
): readonly Exercise[] {
  const size = dispositions.length === 1 ? 'alone' : `batch`;
  const exercises: Exercise[] = [];
  const add = (requirement: string, context: string): void => void exercises.push({ requirement, context });
  if (token.verdict === 'refuse') {
    add(token.demand, dispositions.map((one) => one.kind).join('+'));
    if (token.typeDemand !== token.demand) add(token.typeDemand, token.demand);
    return exercises;
  }
  if (plan === null) {
    const refusing = dispositions.filter((one) => one.effect === 'refuse');
    // Beside a patch that is refused anyway a question is not asked.
    if (refusing.length === 0) for (const question of questions) add(question, size);
    for (const one of refusing) add(one.demand, `${one.kind}, ${size}`);
    if (refusing.some((one) => one.demand.startsWith('conflict/'))) {
      add('conflict/status-and-type', size);
      add('conflict/message', size);
      if (dispositions.length > 1 && refusing.length < dispositions.length) {
        const at = dispositions.findIndex((one) => one.effect === 'refuse');
        add(
          'conflict/one-stale-refuses-batch',
          at === 0 ? 'first' : at === dispositions.length - 1 ? 'last' : 'middle',
        );
      }
    }
    return exercises;
  }
  for (const demand of token.demands) add(demand, size);
  for (const one of dispositions) {
    const demand = plan.effects.find(({ patch }) => patch === one.patch)?.demand ?? one.demand;
    if (demand !== '') add(demand, `${one.kind}, ${size}`);
  }
  for (const question of questions) add(question, size);
  for (const exercise of boundary(plan)) exercises.push(exercise);
  return exercises;
}
