import type { DatasetName } from '../../specs/model/state/dataset-state.ts';
import type { Rules } from '../../specs/model/state/rules.ts';
import { contract } from '../../specs/contract.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import { type Failure, failuresOf } from '../play/failure.ts';
import { type Confirmed, failingPlay } from './minimum.ts';
import type { Isolation } from '../isolation/isolation.ts';
import type { Played } from '../play/played.ts';
import { type Recording, rejudge } from '../play/rejudge.ts';

/** What a minimum was judged by. */
export interface Ground {
  readonly serial: number;
  readonly isolation: Isolation;
  readonly choices: Choices;
  readonly rules: Rules;
  /** The plays that the options were read from, by choice. */
  readonly probed: ReadonlyMap<string, Recording>;
  /** What other failures were blamed on. */
  readonly blamed: ReadonlySet<string>;
}

/**
 * Whether the failure shows only that the model was misled by another one. It is so where the failure goes away if the wrong answers
 * before it are taken to tell wrongly what the target did rightly; or if the target is taken to have another option of a
 * choice, and all that is then wrong, in this play and in the one that the option was read from, is what others were blamed for.
 */
export function isMisled(one: Confirmed, ground: Ground): boolean {
  const calls = failingPlay(one);
  const breaking = calls.at(-1);
  if (breaking === undefined) return false;
  const recording = { sequence: one.shrunk.sequence, serial: ground.serial, played: one.played };
  const before = new Set(failures(calls.slice(0, -1)).map(({ suspects }) => suspects[0]));
  return (
    (before.size > 0 && toldWrongly(recording, breaking, before, ground)) || chosenWrongly(recording, breaking, ground)
  );
}

const onePool = { sameDataset: ({ identity, name }: DatasetName) => `${identity}\n${name}` };

/** What a target breaks that takes all pools for one. */
export const poolsMixedUp = 'dataset/pools-apart';

/** Whether the failure goes away if the target takes all pools for one: then it breaks nothing but that. */
export function isOfOnePool(
  one: Confirmed,
  { serial, isolation, choices, rules }: Pick<Ground, 'serial' | 'isolation' | 'choices' | 'rules'>,
): boolean {
  const { sequence } = one.shrunk;
  if (new Set(sequence.datasets.map((ref) => isolation.name(ref, serial).pool)).size < 2) return false;
  const breaking = failingPlay(one).at(-1);
  if (breaking === undefined) return false;
  const again = rejudge(
    { sequence, serial, played: one.played },
    { isolation, choices, rules: { ...rules, ...onePool } },
  );
  return reached(again, breaking) !== undefined && failures(again).length === 0;
}

function toldWrongly(
  recording: Recording,
  breaking: Played,
  before: ReadonlySet<string | undefined>,
  { isolation, choices, rules }: Ground,
): boolean {
  const again = reached(rejudge(recording, { isolation, choices, rules, steadfast: true }), breaking);
  return again !== undefined && failuresOf(again).every(({ suspects }) => before.has(suspects[0]));
}

function chosenWrongly(recording: Recording, breaking: Played, ground: Ground): boolean {
  return contract.choices.some(({ id, options, held }) => {
    // That it does not take the option would be said of any wrong answer to the question.
    const known = ({ suspects }: Failure, first: number): boolean =>
      suspects
        .filter((suspect) => suspect !== `consistency/${id}`)
        .slice(0, first)
        .some((suspect) => ground.blamed.has(suspect));
    const probe = ground.probed.get(id);
    if (!held || probe === undefined) return false;
    const others = Object.keys(options).filter((option) => option !== ground.choices[id]);
    const ways = others.flatMap((option) => [false, true].map((steadfast) => ({ option, steadfast })));
    return ways.some(({ option, steadfast }) => {
      const judged = (played: Recording, choices: Choices): readonly Played[] =>
        rejudge(played, { isolation: ground.isolation, choices, rules: ground.rules, steadfast });
      const choices = { ...ground.choices, [id]: option };
      const again = judged(recording, choices);
      const breach = reached(again, breaking);
      const here = failures(again);
      if (breach === undefined || !here.every((one) => known(one, 1))) return false;
      // Where nothing is foreseen nothing can be wrong; that says something only after an answer that is.
      if (breach.expected === 'any' && (!steadfast || here.length === 0)) return false;
      const there = failures(judged(probe, choices));
      if (!there.every((one) => known(one, 2))) return false;
      // What is wrong under either option has not misled anybody.
      const before = [recording, probe].map((one) => failures(judged(one, ground.choices)).map(nameOf));
      return [here, there].some((wrong, at) => wrong.some((one) => before[at]?.includes(nameOf(one)) === false));
    });
  });
}

function nameOf({ requirement, step, operation }: Failure): string {
  return [requirement, step, operation].join('|');
}

/** The call that fails, as it was judged again. */
function reached(again: readonly Played[], { exchanges }: Played): Played | undefined {
  return again.find((one) => one.exchanges.some((exchange) => exchanges.includes(exchange)));
}

function failures(played: readonly Played[]): readonly Failure[] {
  return played.flatMap(failuresOf);
}
