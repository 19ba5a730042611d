import type { Choices } from '../../specs/model/state/choices.ts';
import { datasetKey } from '../../specs/model/state/world.ts';
import { type Sequence, isRace } from '../../specs/types/sequence.ts';
import type { Channel } from '../exchange/channel.ts';
import type { LedgerEntry } from '../interface/options.ts';
import { datasetNames } from '../isolation/dataset-names.ts';
import { takeGround } from '../isolation/own-pools.ts';
import type { Played } from '../play/played.ts';
import { channelOf } from '../traffic/meter.ts';
import type { Visit } from '../traffic/overload.ts';
import { perform } from './drive.ts';
import type { Session } from './session.ts';
import { entryKey, mostLeftovers, sweep } from './clean-up.ts';

/** Plays a sequence on fresh ground and removes what it made. */

export async function playFresh(
  session: Session,
  sequence: Sequence,
  onPlayed: (played: Played, serial: number) => boolean,
  { choices = session.choices, last = false }: { readonly choices?: Choices | undefined; readonly last?: boolean } = {},
): Promise<{
  readonly complete: boolean;
  readonly serial: number;
  readonly turnedAway: ReturnType<Visit['turnedAway']>;
  readonly lost: boolean;
}> {
  const { context, isolation, meter } = session;
  const serial = session.serial();
  const visit = session.crowd.visit(meter.send, last || isRace(sequence));
  const going = (): boolean => session.stopped() === null;
  const quick = choices['date-resolution'] === 'milliseconds' && choices['identity-usage-delay'] !== 'later';
  const pause = (): number => (quick ? pauseMs.milliseconds : pauseMs.seconds);
  const leaveGround = await takeGround(isolation, sequence, serial, () => (meter.requests += 1));
  if (leaveGround === null) {
    visit.giveUp();
    return { complete: false, serial, turnedAway: visit.turnedAway(), lost: false };
  }
  const datasets = datasetNames(sequence, isolation, serial);
  const entries = datasets.map(({ pool, identity, name }): LedgerEntry => ({
    identityPoolId: pool,
    identityId: identity,
    datasetName: name,
  }));
  const own = sequence.datasets.map((ref) => isolation.name(ref, serial));
  const leave = await isolation.enter?.({
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
      isolation,
      serial,
      choices,
      rules: session.rules,
      crowded: isCrowded(session),
      onPlayed: (one) => onPlayed(one, serial),
    },
    { ...channel, send: turns.send },
  );
  turns.end();
  if (!complete && isCrowded(session) && going() && visit.turnedAway() === null && !visit.lost()) session.full = true;
  await context.ledger.deleted(entries.filter((entry) => !written.has(entryKey(entry))));
  session.leftovers.push(...entries.filter((entry) => written.has(entryKey(entry))));
  // What others own has room for little; elsewhere what can be judged comes first.
  await sweep(session, isolation.shared || session.tidy ? 0 : mostLeftovers);
  leave?.();
  await leaveGround();
  return { complete, serial, turnedAway: visit.turnedAway(), lost: visit.lost() };
}
/** Plays and collects. */

export async function collect(session: Session, sequence: Sequence, choices?: Choices): Promise<PlayResult> {
  return session.crowd.undisturbed(async (last) => {
    const played: Played[] = [];
    return { played, ...(await playFresh(session, sequence, (one) => played.push(one) > 0, { choices, last })) };
  });
}
/** A play that is over. */

export interface PlayResult {
  readonly played: readonly Played[];
  /** False when it was cut short; what was judged until then counts. */
  readonly complete: boolean;
  readonly serial: number;
}
/** A second and a bit moves a clock of whole seconds; a finer clock needs only a moment. */

const pauseMs = { seconds: 1100, milliseconds: 15 };
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
/** Whether there is room for a few datasets only, which nothing makes free. */

export function isCrowded({ isolation, unsupported }: Session): boolean {
  return isolation.shared && unsupported.has('DeleteDataset');
}
