import { contract } from '../../specs/contract.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import { noteSightings, playNoted } from './play-noted.ts';
import { isShared } from '../isolation/own-pools.ts';
import type { Plan } from '../interface/plan.ts';
import type { Played } from '../play/played.ts';
import { tryOthers } from './probe-operations.ts';
import { optionOf } from './read-choice.ts';
import { type Recording, rejudge } from '../play/rejudge.ts';
import type { Session } from '../session/session.ts';
import { supportedOnly } from '../session/supported.ts';
import { eachConcurrently } from '../traffic/each-concurrently.ts';

interface Heard extends Recording {
  /** How far the run was when the play was over. */
  readonly progress: { readonly sequences: number; readonly requests: number };
}

/**
 * Asks the target for its choices: the opening and all probes are played, then the probes are read in the order in which
 * they build on each other. With the choices known, everything is judged once more: what hung on a choice was left open.
 */
export async function learnChoices(session: Session, plan: Plan): Promise<void> {
  const heard = new Map<Sequence, Heard>();
  const hear = async (suite: string, whole: Sequence): Promise<void> => {
    if (session.stopped() !== null) return;
    const sequence = supportedOnly(session, whole);
    const { played, serial } = await playNoted(session, suite, sequence, {});
    heard.set(whole, {
      sequence,
      serial,
      played,
      progress: { sequences: session.progress.sequences, requests: session.meter.requests },
    });
  };
  const { concurrency } = session.options;
  await eachConcurrently(concurrency, plan.opening, (sequence) => hear('opening', sequence));
  await tryOthers(session);
  await eachConcurrently(concurrency, plan.openingOthers, (sequence) => hear('opening', sequence));
  // Several choices may be asked for by one sequence.
  const probes = [...new Set(plan.probes.map((probe) => probe.sequence))];
  await eachConcurrently(concurrency, probes, (sequence) => hear('probes', sequence));
  let known: { [choice: string]: string } = {};
  for (const { choice: id, sequence } of plan.probes) {
    const choice = contract.choices.find((one) => one.id === id);
    if (choice === undefined) continue;
    const own = heard.get(sequence);
    const option = optionOf(choice, own?.played ?? [], known, isShared(session.isolation, sequence));
    if (own !== undefined) session.probed.set(id, own);
    if (option !== null) known = { ...known, [id]: option };
    const result = { id, option: option ?? 'unknown', aws: choice.aws, observations: option === null ? 0 : 1 };
    session.choiceResults.push(result);
    session.emit({ kind: 'choice-learned', at: session.context.now(), choice: result });
  }
  session.choices = known;
  for (const sequence of [...plan.opening, ...plan.openingOthers, ...probes]) judgeAgain(session, heard.get(sequence));
}

function judgeAgain(session: Session, heard: Heard | undefined): void {
  if (heard === undefined) return;
  const { isolation, choices } = session;
  const { sequence, serial } = heard;
  const trail: Played[] = [];
  for (const played of rejudge(heard, { isolation, choices })) {
    trail.push(played);
    noteSightings(session, { sequence, serial, played: trail }, heard.progress, true);
  }
  session.recordings.note({ sequence, serial, played: trail });
}
