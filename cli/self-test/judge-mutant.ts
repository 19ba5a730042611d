import { imbalances } from '../../engine/findings/ledger.ts';
import type { Finding } from '../../engine/interface/events.ts';
import type { Preset, RunOptions } from '../../engine/interface/options.ts';
import type { Plan } from '../../engine/interface/plan.ts';
import { run } from '../../engine/run/run.ts';
import { catalogue } from '../../suites/catalogue.ts';
import { mutants } from '../../targets/mutants/catalogue.ts';
import { selectRequirements } from '../settings/selection.ts';
import { contextFor } from './context.ts';
import type { Caught, Row } from './row.ts';

/** One run of the suite to make; `mutant` null is the endpoint without a fault. */
export interface Job {
  readonly mutant: string | null;
  readonly seed: number;
  readonly preset: Preset;
  /** See RunOptions. */
  readonly steered?: boolean;
  /** False leaves out the written sequences: what is found is drawn. Default true. */
  readonly written?: boolean;
}

/**
 * Sequences that a run goes on for once the fault has shown: what else it breaks, and what shows it better. The order of the
 * sequences does not depend on how many follow, so a fault is seen at the same request as in a run of the whole preset.
 */
const onceFailed = 30;

const drawnOnly: Plan = {
  opening: [],
  openingOthers: [],
  probes: catalogue.probes,
  suites: catalogue.suites.map((suite) => ({ ...suite, examples: [], deep: [] })),
};

type Course = Pick<Row, 'caught' | 'detected' | 'others' | 'imbalances'>;

/** Judges the endpoint with one fault as `run` would. Throws a RangeError for an unknown mutant. */
export async function judgeMutant(job: Job): Promise<Row> {
  const startedAt = performance.now();
  const mutant = mutants.find(({ id }) => id === job.mutant);
  const subject = {
    id: mutant?.id ?? 'none',
    title: mutant?.title ?? 'The endpoint as it should be.',
    requirement: mutant?.requirement ?? null,
    deep: mutant?.deep === true,
    minimum: mutant?.minimum ?? 0,
  };
  let course: Course = { caught: null, detected: null, others: [], imbalances: [] };
  if (subject.deep && job.preset !== 'deep') return { ...subject, ...course, outcome: 'skipped', ms: 0 };
  course = await play(job, onceFailed);
  // What was seen may have come to nothing.
  if (course.caught === null && course.detected !== null) course = await play(job);
  return { ...subject, ...course, outcome: outcomeOf(subject.requirement, course), ms: performance.now() - startedAt };
}

function isKilled(requirement: string | null, { caught }: Course): boolean {
  if (caught?.requirement !== requirement) return false;
  // What a race was answered is proof, however rarely it happens again.
  return caught.race || caught.reproduced.failures === caught.reproduced.attempts;
}

function outcomeOf(requirement: string | null, course: Course): Row['outcome'] {
  if (requirement === null) return course.caught === null ? 'clean' : 'false-alarm';
  if (course.caught === null) return 'survived';
  return isKilled(requirement, course) ? 'killed' : 'caught-by-another';
}

async function play({ mutant, seed, preset, steered = true, written = true }: Job, further?: number): Promise<Course> {
  const options: RunOptions = {
    seed,
    preset,
    // One at a time, so that what was seen first does not depend on the machine.
    concurrency: 1,
    requirements: selectRequirements({ preset }),
    shrink: true,
    steered,
    ...(further !== undefined && { onceFailed: further }),
  };
  let detected: Row['detected'] = null;
  const all: Caught[] = [];
  let unbalanced: readonly string[] = ['the run did not end'];
  for await (const event of run(
    written ? catalogue : drawnOnly,
    options,
    contextFor(mutant === null ? [] : [mutant]),
  )) {
    if (event.kind === 'sighting') {
      const { key, sequence, requests } = event;
      detected ??= { key, sequences: sequence + 1, requests };
    } else if (event.kind === 'finding') all.push(caughtIn(event.finding, all.length + 1));
    else if (event.kind === 'run-finished') {
      if (event.error !== null) throw new Error(event.error);
      unbalanced = event.ledger === undefined ? ['there is no ledger'] : imbalances(event.ledger, event.requirements);
    }
  }
  const [earliest] = all.toSorted((a, b) => a.requests - b.requests);
  // What was judged again once the choices were known is seen late, and counts from the request that showed it.
  if (earliest !== undefined && earliest.requests < (detected?.requests ?? Infinity))
    detected = { key: earliest.key, sequences: earliest.sequences, requests: earliest.requests };
  const caught = all.find((one) => explains(one, detected?.key)) ?? earliest ?? null;
  return { detected, caught, others: all.filter((one) => one !== caught), imbalances: unbalanced };
}

function explains(finding: Caught, key: string | undefined): boolean {
  return finding.key === key || finding.variants.some((variant) => variant === key);
}

function caughtIn(finding: Finding, place: number): Caught {
  const { requirement, key, variants, does, diagnosis, sequencesToFind, requestsToFind, reproduced, steps } = finding;
  return {
    place,
    requirement,
    key,
    variants,
    does,
    hypothesis: diagnosis?.id ?? null,
    sequences: sequencesToFind,
    requests: requestsToFind,
    calls: steps.length,
    shrinkRequests: finding.shrink.requests,
    reproduced,
    race: finding.race === true,
    steps: steps.map(({ says, answer }) => `${says} → ${answer}`),
  };
}
