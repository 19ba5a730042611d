import { answerClass } from '../../specs/types/answer.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import type { InRace, Played } from '../play/played.ts';
import { effectsOf } from './effects.ts';
import { exercisesIn } from './exercises.ts';
import { readAll } from './history.ts';
import { judgeRace } from './judge-race.ts';
import type { Made } from './observed.ts';
import type { RaceFault } from './race-fault.ts';
import { contradictionOf } from './say-contradiction.ts';

/** The calls as they are told, in the order of their start. */
export function tell(unordered: readonly Made[], fault: RaceFault | null): readonly Played[] {
  const made = [...unordered].sort((a, b) => a.number - b.number);
  const all: Played[] = [];
  const told = fault?.culprit ?? made.at(-1)?.number;
  const races = inRace(made, fault, all);
  for (const [at, one] of made.entries()) {
    const exercises = one.number === told ? exercisesIn(made) : [];
    const wrong = one.number === fault?.culprit ? fault : null;
    all.push({ ...playedOf(one, wrong), exercises, race: races[at] as InRace });
  }
  return all;
}

function playedOf(one: Made, fault: RaceFault | null): Played {
  const { exchange } = one;
  const said = answerClass(exchange.answer);
  const deviation = (wrong: RaceFault): Deviation => ({
    pointer: 'order',
    expected: wrong.allowed,
    actual: wrong.actual,
    suspects: [wrong.requirement],
  });
  return {
    step: one.step,
    call: one.number,
    operation: one.operation,
    exchanges: [exchange],
    exercises: [],
    deviations: fault === null ? [] : [deviation(fault)],
    expected: fault === null ? said : 'one order',
    actual: fault === null ? said : fault.rule,
    why: '',
    tokenFrom: one.tokenFrom,
    afterDeviation: false,
  };
}

/** What each call has to do with the others. `all`: filled in by the caller. */
function inRace(made: readonly Made[], fault: RaceFault | null, all: readonly Played[]): readonly InRace[] {
  const reads = readAll(made);
  const effects = effectsOf(reads);
  const contradiction = fault === null ? undefined : contradictionOf(fault, reads);
  return made.map((one, at): InRace => ({
    call: one.call,
    overlaps: made
      .filter((other) => other !== one && other.start <= one.end && one.start <= other.end)
      .map(({ number }) => number),
    core: fault?.calls ?? [],
    ...(contradiction !== undefined && one.number === fault?.culprit ? { contradiction } : {}),
    when: {
      start: one.start,
      end: one.end,
      knowsSince: one.knowsSince,
      open: reads[at]?.told.kind === 'open',
      effect: effects[at] ?? null,
    },
    all,
  }));
}

/**
 * A part of the calls of a race, judged again as if no others had been made, with numbers of their own. Only calls without an effect may
 * be left out, and calls after the last one that counts: then what is left happened just so.
 */
export function toldOf(
  played: readonly Played[],
  kept: (played: Played) => boolean,
  choices: Choices,
): readonly Played[] {
  const left = played.filter(kept);
  const made = left.flatMap((one, number): readonly Made[] => {
    const { race, exchanges, step, operation, tokenFrom } = one;
    const [exchange] = exchanges;
    if (race === undefined || exchange === undefined) return [];
    const { start, end, knowsSince } = race.when;
    const from = left.findIndex(({ call }) => call === tokenFrom);
    const token = from < 0 ? undefined : from;
    return [{ number, step, call: race.call, operation, exchange, tokenFrom: token, knowsSince, start, end }];
  });
  return tell(made, judgeRace(made, choices));
}
