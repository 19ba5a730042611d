import { sayBreach } from './say-breach.ts';
import { requirementOf } from '../../specs/model/state/consistency.ts';
import { type Sequence, isRace } from '../../specs/types/sequence.ts';
import type { Difference, Finding, FindingStep } from '../interface/events.ts';
import { lanesOf } from './lanes.ts';
import { failuresOf, sameFailure } from '../play/failure.ts';
import type { Confirmed, Joined } from './minimum.ts';
import type { Played } from '../play/played.ts';
import { sayAnswer, sayCall } from './say-step.ts';
import { sayAllowed } from './say-allowed.ts';
import type { Shrunk } from '../shrink/shrunk.ts';
import type { Sighting } from '../play/sightings.ts';

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
  const allowed = sayAllowed(deviation, breaking, shrunk.failure.expected);
  const lanes = lanesOf(shrunk.sequence, told(confirmed.played, breaking), sayContradiction(steps, allowed));
  return {
    id,
    key: keyOf(joined.requirement, shrunk),
    requirement: requirement.id,
    level: requirement.level,
    title: requirement.title,
    does:
      joined.diagnosis?.says ??
      (deviation === undefined ? shrunk.failure.actual : sayBreach(deviation, shrunk.failure.operation)),
    ...(joined.diagnosis === undefined ? {} : { diagnosis: joined.diagnosis }),
    source: requirement.sources.join('; '),
    allowed,
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
    // As they were recorded: these are violations that the ledger counts.
    alsoBreaks: [...new Set([...also, ...follows].map((one) => one.sighting.best.failure.requirement))].filter(
      (other) => other !== requirement.id,
    ),
    doesNotMatter: confirmed.doesNotMatter,
    steps,
    ...(lanes === undefined ? {} : { lanes }),
    sequence: shrunk.sequence,
  };
}

/** The calls that a finding tells: of a race all, because which of them came first is the question. */
function told(played: readonly Played[], breaking: Played | undefined): readonly Played[] {
  return breaking === undefined || breaking.race !== undefined ? played : played.slice(0, played.indexOf(breaking) + 1);
}

/** Where one call after the other was made, the last one is what cannot be. */
function sayContradiction(steps: readonly FindingStep[], allowed: string): string {
  return `call ${steps.length} was answered ${steps.at(-1)?.answer ?? ''}; allowed: ${allowed}`;
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
  for (const one of told(played, breaking)) {
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
              requirement:
                one === breaking || deviation.suspects.includes(requirement)
                  ? requirement
                  : (deviation.suspects[0] ?? ''),
            }))
          : [],
      });
    }
  }
  return steps;
}
