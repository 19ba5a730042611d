import { type Hypothesis } from '../../specs/model/explain/hypothesis.ts';
import { type RuleCall, answersOtherwise, tracedRules } from '../../specs/model/explain/traced-rules.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import type { Rules } from '../../specs/model/state/rules.ts';
import type { Isolation } from '../isolation/isolation.ts';
import { type Failure, failuresOf } from '../play/failure.ts';
import type { Played } from '../play/played.ts';
import { type Recording, rejudge } from '../play/rejudge.ts';

/** A minimal counterexample as it was played. */
export interface Counterexample<T> {
  readonly subject: T;
  readonly failure: Failure;
  readonly recording: Recording;
}

/** By what recorded plays are judged. */
export interface Judge {
  readonly rules: Rules;
  readonly choices: Choices;
}

/** A recorded play as it is judged now, and what the model asked its rules meanwhile. */
export interface Judged {
  readonly recording: Recording;
  /** What fails: call and requirement. */
  readonly names: ReadonlySet<string>;
  readonly calls: readonly RuleCall[];
}

/** Judges recorded plays again, and counts what that costs. */
export interface Rejudging {
  readonly judged: (recording: Recording, judge: Judge) => readonly Played[];
  /** Calls that were judged again so far. */
  readonly cost: () => number;
}

export function createRejudging(isolation: Isolation): Rejudging {
  let cost = 0;
  return {
    judged(recording, { rules, choices }) {
      cost += recording.played.length;
      return rejudge(recording, { isolation, choices, rules });
    },
    cost: () => cost,
  };
}

export function judgedNow(recording: Recording, judge: Judge, { judged }: Rejudging): Judged {
  const calls: RuleCall[] = [];
  const names = namesIn(judged(recording, { ...judge, rules: tracedRules(judge.rules, calls) }));
  return { recording, names, calls };
}

/**
 * Recorded plays as they are judged under `judge`. Those in which the hypothesis that was taken last answers as before are judged as
 * before, and are not judged again.
 */
export function judgedAnew(
  plays: readonly Judged[],
  taken: { readonly hypothesis: Hypothesis; readonly before: Judge; readonly judge: Judge },
  rejudging: Rejudging,
): readonly Judged[] {
  const { hypothesis, before, judge } = taken;
  const asBefore = sameChoices(before.choices, judge.choices);
  return plays.map((one) =>
    asBefore && !answersOtherwise(hypothesis, before.rules, one.calls)
      ? one
      : judgedNow(one.recording, judge, rejudging),
  );
}

export function namesIn(played: readonly Played[]): ReadonlySet<string> {
  return new Set(played.flatMap((one) => failuresOf(one).map(({ requirement }) => `${one.call}|${requirement}`)));
}

/** Whether something fails now that did not before. */
export function failsAnew(now: ReadonlySet<string>, before: ReadonlySet<string>): boolean {
  return [...now].some((name) => !before.has(name));
}

export function sameChoices(one: Choices, other: Choices): boolean {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((id) => one[id] === other[id]);
}

export function isFailing({ deviations }: Played): boolean {
  return deviations.length > 0;
}

/** A counterexample as it is judged under other rules, and the call in it that fails under the service's. */
export function breachUnder<T>(
  { recording, failure }: Counterexample<T>,
  judge: Judge,
  { judged }: Rejudging,
): { readonly again: readonly Played[]; readonly breach: Played | undefined } {
  const breaking = breakingCall(recording, failure);
  const again = judged(recording, judge);
  const isBreach = ({ exchanges }: Played): boolean =>
    breaking !== undefined && exchanges.some((exchange) => breaking.exchanges.includes(exchange));
  return { again, breach: again.find(isBreach) };
}

function breakingCall({ played }: Recording, failure: Failure): Played | undefined {
  return (
    played.find((one) =>
      failuresOf(one).some(
        (other) =>
          other.operation === failure.operation &&
          other.actual === failure.actual &&
          other.requirement === failure.requirement,
      ),
    ) ?? played.findLast(isFailing)
  );
}
