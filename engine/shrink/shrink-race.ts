import type { Choices } from '../../specs/model/state/choices.ts';
import { toldBy } from '../races/observed.ts';
import { toldOf } from '../races/tell-race.ts';
import type { ListStep, RaceCall, Sequence, Step, UpdateStep } from '../../specs/types/sequence.ts';
import { type Failing, type Failure, failuresOf, sameFailure } from '../play/failure.ts';
import type { Played } from '../play/played.ts';
import type { ShrinkTools, Shrunk } from './shrunk.ts';
import type { Example } from '../play/sightings.ts';

/** A race needs luck: so often one attempt runs it. */
export const triesOfRace = 4;

type Attempt = ShrinkTools['attempt'];

/** An attempt that runs a race several times, until it fails as before. */
export function untilItFails(attempt: Attempt, wanted: Failure): Attempt {
  return async (sequence) => {
    let played: readonly Played[] | null = null;
    for (let time = 0; time < triesOfRace; time += 1) {
      played = await attempt(sequence);
      if (played === null || failingIn(sequence, played, wanted) !== undefined) break;
    }
    return played;
  };
}

/**
 * Makes a race small by running smaller ones: first only with the calls that contradict each other and what they build on, then with
 * one part less at a time. A smaller race is taken if it fails in the same way.
 */
export async function shrinkRace(found: Example, tools: ShrinkTools, choices: Choices): Promise<Shrunk> {
  const all = found.played.at(-1)?.race?.all ?? found.played;
  let best = withoutBystanders({ ...found, recorded: all }, choices);
  let requests = 0;
  const tried = new Set([JSON.stringify(found.sequence)]);
  for (let progress = true; progress;) {
    progress = false;
    for (const candidate of smallerRaces(best.sequence, best.recorded)) {
      const text = JSON.stringify(candidate);
      if (tried.has(text)) continue;
      tried.add(text);
      if (requests >= tools.maxRequests) return { ...best, requests };
      const played = await tools.attempt(candidate);
      if (played === null) return { ...best, requests };
      requests += played.length;
      const failing = failingIn(candidate, played, best.failure);
      if (failing === undefined) continue;
      best = withoutBystanders(failing, choices);
      progress = true;
      break;
    }
  }
  return { ...best, requests };
}

interface Recorded extends Failing {
  readonly recorded: readonly Played[];
}

/**
 * The same race without the calls that had no effect and contradict nothing, and without those after the contradiction. No call is
 * made for it: what is left was answered just so.
 */
function withoutBystanders(found: Recorded, choices: Choices): Recorded {
  const { sequence, recorded, failure } = found;
  const core = new Set(recorded.flatMap(({ race }) => race?.core ?? []));
  const needed = neededBy(core, recorded);
  const last = Math.max(...recorded.map(({ call, race }) => (core.has(call) ? (race?.when.end ?? 0) : 0)));
  const mayHaveWritten = ({ operation, exchanges: [exchange] }: Played): boolean =>
    operation !== 'ListRecords' && exchange !== undefined && toldBy(operation, exchange).kind !== 'refused';
  const kept = new Set<RaceCall>();
  for (const one of recorded)
    if (one.race !== undefined && (needed.has(one.race.call) || (mayHaveWritten(one) && one.race.when.start < last)))
      kept.add(one.race.call);
  const told = toldOf(recorded, ({ race }) => race !== undefined && kept.has(race.call), choices);
  const smaller = keepOnly(sequence, (call) => kept.has(call));
  return failingIn(smaller, told, failure) ?? found;
}

function failingIn(sequence: Sequence, played: readonly Played[], wanted: Failure): Recorded | undefined {
  const failure = played.flatMap(failuresOf).find((other) => sameFailure(wanted, other));
  return failure && { sequence, failure, recorded: played };
}

/** The boldest first. */
function* smallerRaces(sequence: Sequence, recorded: readonly Played[]): Generator<Sequence> {
  const core = new Set(recorded.flatMap(({ race }) => race?.core ?? []));
  const needed = neededBy(core, recorded);
  yield keepOnly(sequence, (call) => needed.has(call));
  const { steps } = sequence;
  for (const [at, step] of steps.entries())
    for (const apart of firstApart(step)) yield { ...sequence, steps: steps.toSpliced(at, 1, ...apart) };
  for (const at of steps.keys()) yield { ...sequence, steps: steps.filter((_, index) => index !== at) };
  for (const [at, step] of steps.entries()) {
    for (const smaller of smallerSteps(step))
      yield { ...sequence, steps: steps.map((one, index) => (index === at ? smaller : one)) };
  }
}

/** The calls of the core, the listings their tokens come from, and the updates they build on. */
function neededBy(core: ReadonlySet<number>, recorded: readonly Played[]): ReadonlySet<RaceCall> {
  const numbers = new Set(core);
  for (const number of numbers) {
    const played = recorded.find(({ call }) => call === number);
    if (played?.tokenFrom !== undefined) numbers.add(played.tokenFrom);
    if (played?.race?.call.do !== 'update') continue;
    for (const { key } of played.race.call.patches ?? []) {
      const before = recorded.filter(
        ({ call, race, actual }) =>
          call < number &&
          actual === 'ok' &&
          race?.call.do === 'update' &&
          race.call.patches?.some((patch) => patch.key === key) === true,
      );
      for (const { call } of before) numbers.add(call);
    }
  }
  return new Set(recorded.flatMap(({ call, race }) => (race !== undefined && numbers.has(call) ? [race.call] : [])));
}

function keepOnly(sequence: Sequence, wanted: (call: RaceCall) => boolean): Sequence {
  const steps = sequence.steps.flatMap((step): readonly Step[] => {
    if (step.do !== 'together') return isCall(step) && !wanted(step) ? [] : [step];
    const lanes = step.lanes.map((lane) => lane.filter(wanted)).filter((lane) => lane.length > 0);
    return lanes.length === 0 ? [] : [{ ...step, lanes }];
  });
  return { ...sequence, steps };
}

function isCall(step: Step): step is RaceCall {
  return step.do === 'list' || step.do === 'update' || step.do === 'delete';
}

/** What one lane begins with is done before the others begin, so that one of them need not wait for it with a call of its own. */
function* firstApart(step: Step): Generator<readonly Step[]> {
  if (step.do !== 'together') return;
  const { lanes } = step;
  for (const [at, [first]] of lanes.entries()) {
    if (first === undefined) continue;
    // An update lists for its token unless that was done.
    const apart = first.do === 'update' ? listingOf(first) : first;
    const shorter = first.do === 'update' ? [] : [at];
    for (const other of lanes.keys()) {
      if (other === at || (lanes[other]?.length ?? 0) < 2) continue;
      const dropped = [...shorter, other];
      const rest = lanes.map((lane, index) => (dropped.includes(index) ? lane.slice(1) : lane));
      yield [apart, { ...step, lanes: rest.filter(({ length }) => length > 0) }];
    }
  }
}

function listingOf({ actor, dataset }: UpdateStep): ListStep {
  return { do: 'list', actor, dataset, since: { at: 'start' } };
}

function* smallerSteps(step: Step): Generator<Step> {
  if (step.do !== 'together') return;
  const { lanes } = step;
  const without = <T>(all: readonly T[], at: number): readonly T[] => all.filter((_, index) => index !== at);
  for (const at of lanes.keys()) if (lanes.length > 1) yield { ...step, lanes: without(lanes, at) };
  for (const [at, lane] of lanes.entries()) {
    const withLane = (calls: readonly RaceCall[]): Step => ({
      ...step,
      lanes: lanes.map((one, index) => (index === at ? calls : one)).filter((calls_) => calls_.length > 0),
    });
    for (const isolation of lane.keys()) if (lane.length > 1) yield withLane(without(lane, isolation));
    for (const [isolation, call] of lane.entries()) {
      if (call.do !== 'update' || call.patches === null) continue;
      // All that is left of it is the listing for its token.
      yield withLane(lane.map((one, index) => (index === isolation ? listingOf(call) : one)));
      if (call.patches.length < 2) continue;
      for (const patch of call.patches.keys())
        yield withLane(
          lane.map((one, index) =>
            index === isolation ? { ...call, patches: without(call.patches ?? [], patch) } : one,
          ),
        );
    }
  }
}
