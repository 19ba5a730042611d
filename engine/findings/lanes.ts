import type { Sequence } from '../../specs/types/sequence.ts';
import type { LaneCall, Lanes } from '../interface/lanes.ts';
import type { Played } from '../play/played.ts';
import { nameOfClient } from './say-step.ts';

interface Bar {
  readonly client: string;
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly open: boolean;
  readonly effect: { readonly from: number; readonly to: number } | null;
  readonly contradicts: boolean;
}

/** The lane of calls that no client of the sequence makes. */
const nobody = 'other';

/**
 * The picture of a counterexample with several clients, else undefined. `played`: its calls, as the finding tells them; `says`: the
 * contradiction where the calls are made one after the other.
 */
export function lanesOf(sequence: Sequence, played: readonly Played[], says: string): Lanes | undefined {
  const bars = played[0]?.race === undefined ? inTurn(sequence, played) : atTheSameTime(played);
  const clients = [...new Set(bars.map(({ client }) => client))].toSorted((a, b) => order(a) - order(b));
  if (clients.filter((client) => client !== nobody).length < 2) return undefined;
  const places = [...new Set(bars.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const place = (time: number): number =>
    Math.max(
      0,
      places.findLastIndex((one) => one <= time),
    );
  const contradiction = played.find(({ race }) => race?.contradiction !== undefined)?.race?.contradiction;
  return {
    anomaly: contradiction?.anomaly ?? null,
    says: contradiction?.says ?? says,
    clients,
    places: places.length,
    calls: bars.map(({ client, step, from, to, open, effect, contradicts }): LaneCall => ({
      step,
      client: clients.indexOf(client),
      from: place(from),
      to: open ? places.length - 1 : place(to),
      open,
      effect: effect === null ? null : { from: place(effect.from), to: place(effect.to) },
      contradicts,
    })),
  };
}

function order(client: string): number {
  return client === nobody ? Infinity : (client.codePointAt(0) ?? 0);
}

function atTheSameTime(played: readonly Played[]): readonly Bar[] {
  const core = new Set(played.flatMap(({ race }) => race?.core ?? []));
  return played.flatMap((one, at): readonly Bar[] => {
    const { race } = one;
    if (race === undefined) return [];
    const client = race.call.do === 'delete' ? nobody : nameOfClient(race.call.actor);
    const { start: from, end: to, open, effect } = race.when;
    return [{ client, step: at + 1, from, to, open, effect, contradicts: core.has(one.call) }];
  });
}

/** Each call over before the next begins. */
function inTurn(sequence: Sequence, played: readonly Played[]): readonly Bar[] {
  let steps = 0;
  return played.map((one): Bar => {
    const step = sequence.steps[one.step];
    const client = step?.do === 'list' || step?.do === 'update' ? nameOfClient(step.actor) : nobody;
    const from = steps * 2;
    const bar = { client, step: steps + 1, from, to: from + 1, open: false, effect: { from, to: from + 1 } };
    steps += one.exchanges.length;
    return { ...bar, contradicts: one.deviations.length > 0 };
  });
}
