import { requirementOf } from '../../specs/model/state/consistency.ts';
import { isRace, type Sequence, type Step } from '../../specs/types/sequence.ts';
import type { Difference, Finding, FindingStep } from '../interface/events.ts';
import { failuresOf, sameFailure } from '../play/failure.ts';
import type { Joined } from './cover.ts';
import type { Played } from '../play/play.ts';
import { sayAnswer, sayCall } from './say-step.ts';
import { sayAllowed } from './say-allowed.ts';
import type { Shrunk } from '../shrink/shrink.ts';
import type { Sighting } from '../play/sightings.ts';

/** How often a minimum is played again to tell a fault from an accident. */
const confirmations = 5;

/** What is said where other values, keys or names fail as well. */
export const immaterial = {
  values: 'the values do not matter',
  keys: 'the keys do not matter',
  datasets: 'the dataset name does not matter',
} as const;

/** A minimum that was played again, on its way to becoming a finding. */
export interface Confirmed {
  readonly shrunk: Shrunk;
  readonly sighting: Sighting;
  readonly fromSteps: number;
  readonly attempts: number;
  readonly failures: number;
  /** The calls of the last play that failed, else of the last play. */
  readonly played: readonly Played[];
  readonly doesNotMatter: readonly string[];
}

/** Plays a minimum several times on fresh ground. */
export async function confirm(
  shrunk: Shrunk,
  sighting: Sighting,
  attempt: (sequence: Sequence) => Promise<readonly Played[] | null>,
): Promise<Confirmed | null> {
  let failures = 0;
  let attempts = 0;
  let shown: readonly Played[] = [];
  for (; attempts < confirmations; attempts += 1) {
    const played = await attempt(shrunk.sequence);
    if (played === null) break;
    const failed = failsIn(shrunk, played);
    if (failed) failures += 1;
    if (failed || failures === 0) shown = played;
  }
  if (attempts === 0) return null;
  const doesNotMatter = failures === attempts ? await irrelevant(shrunk, attempt) : [];
  return { shrunk, sighting, fromSteps: sighting.best.failure.calls, attempts, failures, played: shown, doesNotMatter };
}

/** The calls up to the one that fails; of a race none, since its calls have no order. */
export function failingPlay({ shrunk, played }: Confirmed): readonly Played[] {
  const at = played.findIndex((one) => failuresOf(one).some((failure) => sameFailure(shrunk.failure, failure)));
  return at === -1 || played[at]?.race !== undefined ? [] : played.slice(0, at + 1);
}

function failsIn(shrunk: Shrunk, played: readonly Played[]): boolean {
  return played.some((one) => failuresOf(one).some((other) => sameFailure(shrunk.failure, other)));
}

/** Changes what a reader might take for the cause, one thing at a time. */
async function irrelevant(
  shrunk: Shrunk,
  attempt: (sequence: Sequence) => Promise<readonly Played[] | null>,
): Promise<readonly string[]> {
  const said: string[] = [];
  const { sequence } = shrunk;
  for (const { sentence, changed } of changes(sequence)) {
    if (JSON.stringify(changed) === JSON.stringify(sequence)) continue;
    const played = await attempt(changed);
    if (played !== null && failsIn(shrunk, played)) said.push(sentence);
  }
  return said;
}

function changes(sequence: Sequence): readonly { readonly sentence: string; readonly changed: Sequence }[] {
  const patched = (
    change: (patch: { readonly key: string; readonly value: string | null }) => { key?: string; value?: string | null },
  ): Sequence => ({
    ...sequence,
    steps: sequence.steps.map((step): Step => {
      if (step.do === 'list' && step.since.key !== undefined)
        return {
          ...step,
          since: { ...step.since, key: change({ key: step.since.key, value: null }).key ?? step.since.key },
        };
      return step.do === 'update' && step.patches !== null
        ? { ...step, patches: step.patches.map((patch) => ({ ...patch, ...change(patch) })) }
        : step;
    }),
  });
  return [
    {
      sentence: immaterial.values,
      changed: patched((patch) =>
        patch.value === null
          ? {}
          : { value: `other ${[...patch.value].length % 7} ${patch.value.slice(0, 1).codePointAt(0) ?? 0}` },
      ),
    },
    {
      sentence: immaterial.keys,
      changed: patched((patch) => ({ key: `other${Buffer.from(patch.key.slice(0, 20)).toString('hex')}` })),
    },
    {
      sentence: immaterial.datasets,
      changed: { ...sequence, datasets: sequence.datasets.map((ref, index) => ({ ...ref, name: `other${index}` })) },
    },
  ];
}

/** The finding as it is reported. Secrets are still in it: the front-end removes them before anything is written. */
export function findingOf(id: string, joined: Joined, seed: number): Finding {
  const { lead: confirmed, also, follows, consequences } = joined;
  const { shrunk } = confirmed;
  const sighting = earliest([confirmed, ...also, ...follows]);
  const requirement = requirementOf(joined.requirement);
  const breaking = confirmed.played.find((one) => failuresOf(one).some((other) => sameFailure(shrunk.failure, other)));
  const deviation =
    breaking?.deviations.find((one) => one.suspects.includes(requirement.id)) ?? breaking?.deviations[0];
  const steps = stepsOf(shrunk.sequence, confirmed.played, breaking, requirement.id);
  return {
    id,
    key: keyOf(joined.requirement, shrunk),
    requirement: requirement.id,
    level: requirement.level,
    title: requirement.title,
    source: requirement.sources.join('; '),
    allowed: sayAllowed(deviation, breaking, shrunk.failure.expected),
    actual: deviation?.actual ?? shrunk.failure.actual,
    sequencesToFind: sighting.sequences,
    requestsToFind: sighting.requests,
    seed,
    shrink: { fromSteps: confirmed.fromSteps, toSteps: steps.length, requests: shrunk.requests },
    reproduced: { attempts: confirmed.attempts, failures: confirmed.failures },
    ...(isRace(shrunk.sequence) ? { race: true } : {}),
    sightings: sighting.count,
    variants: [
      ...new Set(
        [...also, ...follows, ...consequences].map((one) => keyOf(one.shrunk.failure.suspects[0] ?? '', one.shrunk)),
      ),
    ],
    alsoBreaks: [...new Set([...also, ...follows].map((one) => one.shrunk.failure.suspects[0] ?? ''))].filter(
      (other) => other !== requirement.id,
    ),
    doesNotMatter: confirmed.doesNotMatter,
    steps,
    sequence: shrunk.sequence,
  };
}

/** requirement | operation | expected outcome class | actual outcome class, as the minimum shows them. */
function keyOf(requirement: string, { failure }: Shrunk): string {
  return `${requirement}|${failure.operation}|${failure.expected}|${failure.actual}`;
}

/** When the fault was first met, in whatever guise. */
function earliest(confirmed: readonly Confirmed[]): Sighting {
  const [first, ...rest] = confirmed.map((one) => one.sighting);
  if (first === undefined) throw new Error('a finding needs a sighting');
  const least = rest.reduce((best, one) => (one.requests < best.requests ? one : best), first);
  return { ...least, count: confirmed.reduce((sum, one) => sum + one.sighting.count, 0) };
}

function stepsOf(
  sequence: Sequence,
  played: readonly Played[],
  breaking: Played | undefined,
  requirement: string,
): readonly FindingStep[] {
  const steps: FindingStep[] = [];
  for (const one of played) {
    for (const [page, exchange] of one.exchanges.entries()) {
      const last = page === one.exchanges.length - 1;
      const { request, reply } = exchange;
      steps.push({
        operation: one.operation,
        says: page === 0 ? sayCall(sequence, one, exchange) : 'next page',
        request: {
          method: request.method,
          path: request.path,
          headers: request.headers,
          body: request.body ?? null,
          ...(request.chunked === undefined ? {} : { chunked: request.chunked }),
          ...(request.signature === undefined ? {} : { signature: request.signature }),
        },
        response:
          reply.kind === 'response'
            ? { status: reply.status, headers: reply.headers, body: reply.body }
            : { status: 0, headers: {}, body: `${reply.reason}: ${reply.detail}` },
        answer: sayAnswer(exchange),
        ...(one.tokenFrom === undefined ? {} : { tokenFrom: one.tokenFrom + 1 }),
        differences: last
          ? one.deviations.map((deviation): Difference => ({
              pointer: deviation.pointer,
              expected: deviation.expected,
              actual: deviation.actual,
              requirement: deviation.suspects.includes(requirement) ? requirement : (deviation.suspects[0] ?? ''),
            }))
          : [],
      });
    }
    // Of a race all calls are told: which of them came first is the question.
    if (one === breaking && one.race === undefined) break;
  }
  return steps;
}
