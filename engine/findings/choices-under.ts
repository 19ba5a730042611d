import { contract } from '../../specs/contract.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import type { Rules } from '../../specs/model/state/rules.ts';
import { optionOf } from '../explore/read-choice.ts';
import { isShared } from '../isolation/own-pools.ts';
import type { Isolation } from '../isolation/isolation.ts';
import type { Played } from '../play/played.ts';
import type { Recording } from '../play/rejudge.ts';
import { type Rejudging, isFailing } from './rejudging.ts';

/** The probes of a run, and the options that were read from them. */
export interface Probes {
  readonly isolation: Isolation;
  readonly choices: Choices;
  /** The plays that the options were read from, by choice, in the order in which they build on each other. */
  readonly probed: ReadonlyMap<string, Recording>;
}

/**
 * The options that the recorded probes show to a judge who goes by these rules. An option stays as long as its probe is right under it.
 * `differs`: whether the rules answer otherwise in a play than those before.
 */
export function choicesUnder(
  rules: Rules,
  usual: Choices,
  { probed, isolation, choices }: Probes,
  { judged }: Rejudging,
  differs: (one: Recording) => boolean,
): Choices {
  let known: Choices = Object.fromEntries(Object.entries(usual).filter(([id]) => !probed.has(id)));
  let asBefore = true;
  for (const [id, recording] of probed) {
    const choice = contract.choices.find((one) => one.id === id);
    if (choice === undefined) continue;
    const before = { ...usual, ...known, [id]: usual[id] };
    const right = (): boolean => isHeld(id, judged(recording, { rules, choices: before }));
    const stays: boolean = !choice.held || (asBefore && !differs(recording)) || (usual[id] !== undefined && right());
    const option: string | null = stays
      ? (usual[id] ?? choices[id] ?? null)
      : optionOf(choice, recording.played, known, isShared(isolation, recording.sequence), rules);
    if (option !== null) known = { ...known, [id]: option };
    asBefore &&= option === (usual[id] ?? null);
  }
  return known;
}

/** Whether a play asks for a choice and nothing in it is wrong. */
function isHeld(id: string, played: readonly Played[]): boolean {
  const asked = played.some(({ exercises }) =>
    exercises.some(({ requirement }) => requirement === `consistency/${id}`),
  );
  return asked && !played.some(isFailing);
}
