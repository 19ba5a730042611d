import { type Answer, type Output, isObject } from '../../types/answer.ts';
import { inspectDataset, sampleDataset, sawDataset } from '../inspect/dataset-outcome.ts';
import { afterRefusals, phantomSuspects, serverError } from './dataset-operations.ts';
import { touchedElsewhere } from '../state/elsewhere.ts';
import type { Allowance, Exercise, Prediction } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import type { Deviation } from '../state/deviation.ts';
import { show } from '../state/show.ts';
import { type World, withDataset } from '../state/world.ts';
import type { DatasetState } from '../state/dataset-state.ts';

/** Predicts a full walk of ListDatasets for one identity. */
export function predictListDatasets(world: World, pool: string, identity: string, choices: Choices): Prediction {
  const known = [...world.datasets.values()].filter(
    (dataset) => dataset.id.pool === pool && dataset.id.identity === identity,
  );
  const living = known.filter((dataset) => dataset.exists);
  const open = known.some((dataset) => dataset.doubt);
  const after = (output: Output): World => {
    let next = world;
    for (const dataset of known) {
      const shown = datasetsOf(output).find((one) => one['DatasetName'] === dataset.id.name);
      const seen = shown === undefined ? dataset : sawDataset(dataset, shown, world.pauses);
      next = withDataset(next, { ...seen, since: [...seen.since, { kind: 'read' }] });
    }
    return next;
  };
  const allowed: Allowance = {
    kind: 'success',
    why: `the identity has ${living.length} datasets`,
    inspect: (output) => inspectListing(world, pool, identity, known, output, choices),
    after,
    sample: (at) => ({ Count: living.length, Datasets: living.map((dataset) => sampleDataset(dataset, at, choices)) }),
  };
  const exercises: Exercise[] =
    living.length === 0 ? [] : [{ requirement: 'dataset/list-agrees', context: String(Math.min(living.length, 4)) }];
  if (living.length === 0 && !world.shared)
    exercises.push({ requirement: 'dataset/empty-list', context: known.length === 0 ? 'untouched' : 'touched' });
  for (const dataset of known) {
    if (!dataset.exists && dataset.deletedAt !== null)
      exercises.push({ requirement: 'dataset/delete-erases', context: 'list datasets' });
    if (!dataset.exists && dataset.deletedAt === null && dataset.since.some((trace) => trace.kind === 'read'))
      exercises.push({ requirement: 'list-records/creates-nothing', context: 'list datasets' });
  }
  const blame = (answer: Answer): readonly string[] => {
    if (answer.kind === 'silence') return ['wire/no-server-error'];
    return serverError(answer, [living.length === 0 ? 'dataset/empty-list' : 'dataset/list-agrees']);
  };
  return { allowed: [allowed], open, exercises: open ? [] : exercises, blame, astray: () => world };
}

/** With which of the others a dataset that was never touched here is mixed up: first with one that has its name. */
function mixedUp(world: World, pool: string, identity: string, name: unknown): readonly string[] {
  const others = [...world.datasets.values()].filter((other) => other.exists && other.id.name === name);
  const samePool = others.some(({ id }) => id.pool === pool);
  const sameIdentity = others.some(({ id }) => id.identity === identity);
  const [pools, identities] = ['dataset/pools-apart', 'dataset/identities-apart'];
  if (others.length === 0) return ['dataset/list-agrees', identities, pools];
  return samePool || !sameIdentity ? [identities, pools] : [pools, identities];
}

function inspectListing(
  world: World,
  pool: string,
  identity: string,
  known: readonly DatasetState[],
  output: Output,
  choices: Choices,
): readonly Deviation[] {
  const deviations: Deviation[] = [];
  const shown = datasetsOf(output);
  const byName = new Map(known.map((dataset) => [dataset.id.name, dataset]));
  const seen = new Set<unknown>();
  shown.forEach((one, index) => {
    const pointer = `/Datasets/${index}`;
    const name = one['DatasetName'];
    const dataset = typeof name === 'string' ? byName.get(name) : undefined;
    // Where others keep datasets too, they may come and go between the pages (S-53).
    if (seen.has(name) && (dataset !== undefined || !world.shared))
      deviations.push({
        pointer,
        expected: 'each dataset once',
        actual: `${show(name)} again`,
        suspects: ['dataset/list-agrees'],
      });
    seen.add(name);
    if (dataset?.exists === true)
      deviations.push(
        ...afterRefusals(
          dataset,
          inspectDataset(dataset, one, pointer, world.rules.options(choices, dataset), world.pauses),
        ).map(asListed),
      );
    else if (dataset !== undefined)
      deviations.push({
        pointer,
        expected: 'not listed',
        actual: show(name),
        suspects: phantomSuspects(dataset, 'dataset/list-agrees'),
      });
    else if (!world.shared)
      deviations.push({
        pointer,
        expected: 'not listed',
        actual: show(name),
        suspects: [...mixedUp(world, pool, identity, name), 'dataset/list-agrees'],
      });
  });
  for (const dataset of known) {
    if (dataset.exists && !seen.has(dataset.id.name)) {
      const apart = touchedElsewhere(dataset);
      deviations.push({
        pointer: '/Datasets',
        expected: `a dataset ${show(dataset.id.name)}`,
        actual: 'not listed',
        suspects: [...apart, 'dataset/list-agrees', 'dataset/created-by-update'],
      });
    }
  }
  // Each page counts its own.
  const pages: readonly unknown[] = Array.isArray(output['PageCounts']) ? output['PageCounts'] : [output['Count']];
  const count = pages.every((page) => typeof page === 'number')
    ? pages.reduce((sum: number, page) => sum + (typeof page === 'number' ? page : 0), 0)
    : output['Count'];
  if (deviations.length === 0 && count !== shown.length) {
    deviations.push({
      pointer: '/Count',
      expected: String(shown.length),
      actual: show(count),
      suspects: ['dataset/list-agrees'],
    });
  }
  return deviations;
}

const agreement = new Set(['dataset/describe-agrees', 'list-records/reading-changes-nothing']);

/** The same wrong member is another promise when ListDatasets shows it. */
function asListed(deviation: Deviation): Deviation {
  return {
    ...deviation,
    suspects: deviation.suspects.flatMap((suspect) =>
      agreement.has(suspect) ? ['dataset/list-agrees', suspect] : [suspect],
    ),
  };
}

function datasetsOf(output: Output): readonly Output[] {
  const datasets = output['Datasets'];
  return Array.isArray(datasets) ? datasets.filter(isObject) : [];
}
