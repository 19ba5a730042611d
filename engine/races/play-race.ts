import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { RaceCall, Sequence, Step, UpdateStep } from '../../specs/types/sequence.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import { type Exchange, httpCall } from '../exchange/call.ts';
import type { Course, PlayOptions, Request } from '../play/played.ts';
import { identity, listInput, noOthers, resolvePatches } from '../input/resolve-symbols.ts';
import {
  type View,
  emptyView,
  forgetToken,
  resolveToken,
  sawDeletion,
  sawListing,
  sawUpdate,
} from '../input/client-view.ts';
import { tell } from './tell-race.ts';
import { judgeRace } from './judge-race.ts';
import { isUnanswered, meetingFault } from './meeting.ts';
import type { RaceFault } from './race-fault.ts';
import { type Sampler, createSampler } from './sample.ts';
import type { Made } from './observed.ts';

/** One dataset with the calls that are made to it. */
interface Arena {
  readonly name: DatasetName;
  readonly options: PlayOptions;
  /** What each actor knows: what it was answered, and nothing else. */
  readonly views: Map<number, View>;
  readonly made: Made[];
  readonly sampler: Sampler;
  /** Counts events, so that they have one order. */
  clock: number;
  calls: number;
}

/**
 * Plays a race: steps one after the other, the lanes of a step at the same time. It is judged as a whole when it is over. A race that
 * shows something is run once more on other ground with one call at a time: what is wrong then too is no matter of time, and
 * left to the plays that look for it.
 */
export function* playRace(sequence: Sequence, options: PlayOptions): Course {
  const [name, other, ...further] = sequence.datasets.map((ref) => options.isolation.name(ref, options.serial));
  if (name === undefined) return;
  const arena = arenaOf(name, options);
  yield* run(arena, sequence.steps, (lanes) => lanes);
  let fault = options.rehearsal === true ? null : judgeRace(arena.made, options.choices);
  if (fault !== null && other !== undefined) {
    const alone = arenaOf(other, options);
    yield* run(alone, sequence.steps, (lanes) => [inTurn(lanes)]);
    if (judgeRace(alone.made, options.choices) !== null) fault = null;
  }
  if (fault === null && other !== undefined && options.rehearsal !== true && arena.made.some(isUnanswered))
    fault = yield* unansweredFault(arena, sequence, [other, ...further]);
  for (const played of tell(arena.made, fault)) if (!options.onPlayed(played)) return;
}

/** Whether calls are left without an answer only where they meet: they are made once more, one at a time and on datasets apart. */
function* unansweredFault(
  { made, options }: Arena,
  { steps }: Sequence,
  [single, ...others]: readonly DatasetName[],
): Generator<Request, RaceFault | null, Exchange | undefined> {
  const lanes = Math.max(...steps.map((step) => (step.do === 'together' ? step.lanes.length : 0)));
  if (single === undefined || others.length < lanes) return null;
  const alone = arenaOf(single, options);
  yield* run(alone, steps, (calls) => [inTurn(calls)]);
  const apart = others.map((name) => arenaOf(name, options));
  for (const [index, step] of steps.entries()) {
    const calls = step.do === 'together' ? step.lanes : isRaceCall(step) ? apart.map(() => [step]) : [];
    yield {
      kind: 'together',
      lanes: calls.flatMap((one, at) => (apart[at] === undefined ? [] : [lane(apart[at], index, one)])),
    };
  }
  const answered = apart.flatMap((one) => one.made);
  return meetingFault(made, alone.made, answered);
}

function arenaOf(name: DatasetName, options: PlayOptions): Arena {
  return { name, options, views: new Map(), made: [], sampler: createSampler(), clock: 0, calls: 0 };
}

type Lanes = readonly (readonly RaceCall[])[];

function* run(arena: Arena, steps: readonly Step[], arrange: (lanes: Lanes) => Lanes): Course {
  for (const [index, step] of steps.entries()) {
    const lanes = step.do === 'together' ? step.lanes : isRaceCall(step) ? [[step]] : [];
    yield { kind: 'together', lanes: arrange(lanes).map((calls) => lane(arena, index, calls)) };
  }
}

function isRaceCall(step: Step): step is RaceCall {
  return step.do === 'list' || step.do === 'update' || step.do === 'delete';
}

/** The calls of all lanes one after the other: first the first of each. */
function inTurn(lanes: Lanes): readonly RaceCall[] {
  const longest = Math.max(0, ...lanes.map((calls) => calls.length));
  return Array.from({ length: longest }, (_, at) => lanes.flatMap((calls) => calls[at] ?? [])).flat();
}

function* lane(arena: Arena, step: number, calls: readonly RaceCall[]): Course {
  for (const call of calls) {
    if (call.do === 'update') yield* update(arena, step, call);
    else if (call.do === 'list') {
      const asked = listInput(call, viewOf(arena, call.actor));
      if (asked !== null) yield* list(arena, step, call, asked.input, asked.full);
    } else yield* drop(arena, step, call);
  }
}

function viewOf(arena: Arena, actor: number): View {
  const known = arena.views.get(actor);
  if (known !== undefined) return known;
  const fresh = emptyView();
  arena.views.set(actor, fresh);
  return fresh;
}

function* list(
  arena: Arena,
  step: number,
  call: Extract<RaceCall, { readonly actor: number }>,
  input: Input,
  full: boolean,
): Course {
  const all = { ...identity(arena.name), DatasetName: arena.name.name, ...input };
  const made = yield* send(arena, step, call, 'ListRecords', all, undefined);
  if (made !== null) sawListing(viewOf(arena, call.actor), call.actor, made.number, made.exchange.answer, full);
}

function* update(arena: Arena, step: number, call: UpdateStep): Course {
  const { name, options } = arena;
  const view = viewOf(arena, call.actor);
  let token = resolveToken(view, call.actor, call.token, false, noOthers);
  if (token === 'fetch') {
    yield* list(arena, step, call, {}, true);
    token = resolveToken(view, call.actor, call.token, false, noOthers);
  }
  const patches = resolvePatches(call, view, 0);
  // Without a token there is nothing to race with.
  if (token === null || token === 'fetch' || patches === undefined) return;
  const device = options.isolation.device?.(name);
  const input: Input = {
    ...identity(name),
    DatasetName: name.name,
    ...(device === undefined ? {} : { DeviceId: device }),
    ...(token.text === null ? {} : { SyncSessionToken: token.text }),
    RecordPatches: patches,
  };
  const made = yield* send(arena, step, call, 'UpdateRecords', input, token.call);
  if (made === null) return;
  sawUpdate(view, call.actor, input, made.exchange.answer);
  forgetToken([view], input, made.exchange.answer);
}

function* drop(arena: Arena, step: number, call: RaceCall): Course {
  const input = { ...identity(arena.name), DatasetName: arena.name.name };
  const made = yield* send(arena, step, call, 'DeleteDataset', input, undefined);
  if (made !== null) for (const view of arena.views.values()) sawDeletion(view, made.exchange.answer);
}

function* send(
  arena: Arena,
  step: number,
  call: RaceCall,
  operation: Operation,
  input: Input,
  tokenFrom: number | undefined,
): Generator<Request, Made | null, Exchange | undefined> {
  const number = arena.calls++;
  const start = arena.clock++;
  const bound = httpCall(operation, input);
  // Over a connection of its own, so that nobody waits for another's answer.
  const request = { ...bound.request, lane: call.do === 'delete' ? 0 : call.actor + 1 };
  const prediction = arena.sampler.predict(operation, input);
  const exchange = yield { kind: 'call', call: { ...bound, request }, prediction };
  if (exchange === undefined) return null;
  const listing = arena.made.find((one) => one.number === tokenFrom);
  const knowsSince = listing?.start ?? start;
  const made: Made = { number, step, call, operation, exchange, tokenFrom, knowsSince, start, end: arena.clock++ };
  arena.made.push(made);
  return made;
}
