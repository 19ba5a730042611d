import type { Answer } from '../../specs/types/answer.ts';
import type { Choices } from '../../specs/model/state/prediction.ts';
import { isRace, type Sequence, type Step } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { type Coverage, createCoverage } from '../play/coverage.ts';
import { createCrowd, type Crowd, type Visit } from '../traffic/overload.ts';
import type { ChoiceResult, RunEvent, Stopped } from '../interface/events.ts';
import { httpCall } from '../exchange/call.ts';
import { channelOf, createMeter, type Meter } from '../traffic/meter.ts';
import type { LedgerEntry, RunContext, RunOptions } from '../interface/options.ts';
import { type Channel, perform } from './drive.ts';
import { takeGround } from '../isolation/own-pools.ts';
import type { Place } from '../isolation/place.ts';
import { datasetKey } from '../../specs/model/state/world.ts';
import { datasetNames } from '../isolation/dataset-names.ts';
import type { Played } from '../play/play.ts';
import { rehearse } from './rehearse.ts';
import type { Recording } from '../play/rejudge.ts';
import type { Sightings } from '../play/sightings.ts';
import { createTurns, type Turns } from '../traffic/listing-lock.ts';

/** The state of one run. */
export interface Session {
  readonly options: RunOptions;
  readonly context: RunContext;
  readonly place: Place;
  readonly meter: Meter;
  readonly turns: Turns;
  readonly crowd: Crowd;
  readonly coverage: Coverage;
  readonly sightings: Sightings;
  readonly emit: (event: RunEvent) => void;
  readonly progress: { sequences: number };
  /** What plays wrote and nobody has deleted yet. */
  readonly leftovers: LedgerEntry[];
  /** Whether each play removes what it wrote at once: a minimum must not hang on what others have left. */
  tidy: boolean;
  /** Whether a play found no room where nothing can be deleted. */
  full: boolean;
  choices: Choices;
  choiceResults: ChoiceResult[];
  /** The plays that options were read from, by choice. */
  readonly probed: Map<string, Recording>;
  /** Operations the target does not implement, with the evidence. */
  readonly unsupported: Map<Operation, string>;
  /** Why signatures cannot be put to the test, or null. */
  unverified: string | null;
  /** How the target answers for a path that does not exist. */
  elsewhere: Answer;
  readonly serial: () => number;
  /** Why no further call may be made, null while the run goes on. */
  readonly stopped: () => Exclude<Stopped, 'complete'> | null;
}

/** A play that is over. */
export interface PlayResult {
  readonly played: readonly Played[];
  /** False when it was cut short; what was judged until then counts. */
  readonly complete: boolean;
  readonly serial: number;
}

/** A second and a bit moves a clock of whole seconds; a finer clock needs only a moment. */
const pauseMs = { seconds: 1_100, milliseconds: 15 };

/** Plays a sequence on fresh ground and removes what it made. */
export async function playFresh(
  session: Session,
  sequence: Sequence,
  onPlayed: (played: Played) => boolean,
  { choices = session.choices, last = false }: { readonly choices?: Choices | undefined; readonly last?: boolean } = {},
): Promise<{
  readonly complete: boolean;
  readonly serial: number;
  readonly turnedAway: ReturnType<Visit['turnedAway']>;
}> {
  const { context, place, meter } = session;
  const serial = session.serial();
  const visit = session.crowd.visit(meter.send, last || isRace(sequence));
  const going = (): boolean => session.stopped() === null;
  const quick = choices['date-resolution'] === 'milliseconds' && choices['identity-usage-delay'] !== 'later';
  const pause = (): number => (quick ? pauseMs.milliseconds : pauseMs.seconds);
  const leaveGround = await takeGround(place, sequence, serial, () => (meter.requests += 1));
  if (leaveGround === null) {
    visit.giveUp();
    return { complete: false, serial, turnedAway: visit.turnedAway() };
  }
  const datasets = datasetNames(sequence, place, serial);
  const entries = datasets.map(({ pool, identity, name }): LedgerEntry => ({
    identityPoolId: pool,
    identityId: identity,
    datasetName: name,
  }));
  const own = sequence.datasets.map((ref) => place.name(ref, serial));
  const leave = await place.enter?.({
    own,
    datasets,
    send: meter.send,
  });
  await context.ledger.planned(entries);
  const written = new Set<string>();
  const channel = channelOf(visit.send, context, pause, going);
  const turns = session.turns.play(sendNoting(channel, new Set(own.map(datasetKey)), written));
  const complete = await perform(
    sequence,
    {
      place,
      serial,
      choices,
      crowded: isCrowded(session),
      onPlayed,
    },
    { ...channel, send: turns.send },
  );
  turns.end();
  if (!complete && isCrowded(session) && going() && visit.turnedAway() === null) session.full = true;
  await context.ledger.deleted(entries.filter((entry) => !written.has(entryKey(entry))));
  session.leftovers.push(...entries.filter((entry) => written.has(entryKey(entry))));
  // What others own has room for little; elsewhere what can be judged comes first.
  await sweep(session, place.shared || session.tidy ? 0 : mostLeftovers);
  leave?.();
  await leaveGround();
  return { complete, serial, turnedAway: visit.turnedAway() };
}

/** Whether there is room for a few datasets only, which nothing makes free. */
export function isCrowded({ place, unsupported }: Session): boolean {
  return place.shared && unsupported.has('DeleteDataset');
}

/** Plays and collects. */
export async function collect(session: Session, sequence: Sequence, choices?: Choices): Promise<PlayResult> {
  return session.crowd.undisturbed(async (last) => {
    const played: Played[] = [];
    return { played, ...(await playFresh(session, sequence, (one) => played.push(one) > 0, { choices, last })) };
  });
}

/** What a conforming target would answer under the target's choices. */
export function rehearsal(session: Session, sequence: Sequence): readonly Played[] {
  return rehearse(sequence, { place: session.place, serial: 0, choices: session.choices });
}

const operations: { readonly [kind in Step['do']]?: Operation } = {
  describe: 'DescribeDataset',
  datasets: 'ListDatasets',
  delete: 'DeleteDataset',
};

/** Whether a step spoils a signature on purpose. */
export function isSpoilt(step: Step): boolean {
  return step.do === 'check' && step.http?.signature !== undefined;
}

/** The sequence without the steps that the target does not implement, or that need a target which verifies signatures. */
export function supportedOnly(session: Session, sequence: Sequence): Sequence {
  const supported = (step: Step): boolean => {
    const calls = step.do === 'together' ? step.lanes.flat() : [step];
    return calls.every(isSupported);
  };
  const isSupported = (step: Step): boolean => {
    const operation = step.do === 'check' ? step.operation : operations[step.do];
    if (session.unverified !== null && isSpoilt(step)) return false;
    return operation === undefined || !session.unsupported.has(operation);
  };
  if (sequence.steps.every(supported)) return sequence;
  return { ...sequence, steps: sequence.steps.filter(supported) };
}

/**
 * Notes a dataset when its update is sent: one without an answer may have been stored all the same. A name that must be
 * refused, and is, needs no deletion; it would be refused as well.
 */
function sendNoting(channel: Channel, own: ReadonlySet<string>, written: Set<string>): Channel['send'] {
  return async (call) => {
    const { IdentityPoolId: pool, IdentityId: identity, DatasetName: name } = call.input;
    const key = JSON.stringify([pool, identity, name]);
    const known = call.operation !== 'UpdateRecords' || written.has(key);
    if (!known) written.add(key);
    const reply = await channel.send(call);
    const named = own.has(datasetKey({ pool: String(pool), identity: String(identity), name: String(name) }));
    if (!known && !named && reply.kind === 'response' && reply.status >= 400 && reply.status < 500) written.delete(key);
    return reply;
  };
}

function entryKey(entry: LedgerEntry): string {
  return JSON.stringify([entry.identityPoolId, entry.identityId, entry.datasetName]);
}

/** Datasets that may wait for their deletion. */
const mostLeftovers = 128;

/** Deletes what plays left, once it is more than `most`. Nothing may remain when the run ends. */
export async function sweep(session: Session, most = 0): Promise<void> {
  if (session.leftovers.length > most) await cleanUp(session, session.leftovers.splice(0));
}

/** Deletes by exact name. Goes on when the run was stopped: nothing may be left behind. */
async function cleanUp(session: Session, entries: readonly LedgerEntry[]): Promise<void> {
  if (session.unsupported.has('DeleteDataset')) return;
  const gone: LedgerEntry[] = [];
  const { send } = session.turns.play(session.crowd.sendSurely(session.meter.sendAnyway));
  for (const entry of entries) {
    // What is not there any more deletes nothing; the ledger keeps it.
    if (session.meter.gone !== null) break;
    const input = {
      IdentityPoolId: entry.identityPoolId,
      IdentityId: entry.identityId,
      DatasetName: entry.datasetName,
    };
    const reply = await send(httpCall('DeleteDataset', input));
    if (reply.kind === 'response' && (reply.status < 300 || reply.status === 404)) gone.push(entry);
  }
  if (gone.length > 0) await session.context.ledger.deleted(gone);
}

/** A session's beginnings; the place is known once the target was asked. */
export function createSession(
  options: RunOptions,
  context: RunContext,
  place: Place,
  sightings: Sightings,
  emit: (event: RunEvent) => void,
): Session {
  const meter = createMeter(context, options);
  const startedAt = context.now();
  let serial = 0;
  return {
    options,
    context,
    place,
    meter,
    turns: createTurns(),
    crowd: createCrowd(context.target, options.concurrency, context.sleep),
    coverage: createCoverage(),
    sightings,
    emit,
    progress: { sequences: 0 },
    leftovers: [],
    tidy: false,
    full: false,
    choices: {},
    choiceResults: [],
    probed: new Map(),
    unsupported: new Map(),
    unverified: null,
    elsewhere: { kind: 'silence', reason: 'aborted' },
    serial: () => serial++,
    stopped() {
      if (context.signal?.aborted === true) return 'interrupted';
      if (meter.gone !== null) return 'unreachable';
      if (options.maxRequests !== undefined && meter.requests >= options.maxRequests) return 'budget';
      if (options.maxTimeMs !== undefined && context.now() - startedAt >= options.maxTimeMs) return 'budget';
      return null;
    },
  };
}
