import { contract } from '../../specs/contract.ts';
import { type Hypothesis, rulesWith } from '../../specs/model/explain/hypothesis.ts';
import { type RuleCall, answersOtherwise, tracedRules } from '../../specs/model/explain/traced-rules.ts';
import { serviceRules } from '../../specs/model/rules/service-rules.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import type { Rules } from '../../specs/model/state/rules.ts';
import { optionOf } from '../explore/read-choice.ts';
import { isShared } from '../isolation/own-pools.ts';
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

/** What a run has recorded of a server. */
export interface Evidence {
  readonly isolation: Isolation;
  readonly choices: Choices;
  /** The plays that the options were read from, by choice, in the order in which they build on each other. */
  readonly probed: ReadonlyMap<string, Recording>;
  readonly clean: readonly Recording[];
  readonly failing: readonly Recording[];
}

/** What a server does, by all that was recorded. */
export interface Explanation<T> {
  readonly hypothesis: Hypothesis;
  /** The counterexamples that it explains. */
  readonly subjects: readonly T[];
  /** Those that show nothing of their own once it is known. */
  readonly follows: readonly T[];
  /** Recorded failing plays that have fewer failures under it, and recorded clean plays, all of which stay clean. */
  readonly failing: number;
  readonly clean: number;
  /** Failing plays that show something more. */
  readonly exceptions: number;
}

interface Judge {
  readonly rules: Rules;
  readonly choices: Choices;
}

/**
 * Explains counterexamples by as few hypotheses as possible, none of which a recorded play contradicts. Again and again the one
 * is taken that explains most; several faults at once are told apart by judging under those that were taken before.
 */
export function explain<T>(
  counterexamples: readonly Counterexample<T>[],
  hypotheses: readonly Hypothesis[],
  evidence: Evidence,
): readonly Explanation<T>[] {
  const taken: Explanation<T>[] = [];
  let judge: Judge = { rules: serviceRules, choices: evidence.choices };
  let left = [...counterexamples];
  while (left.length > 0) {
    const chosen = choose(left, hypotheses, evidence, judge);
    if (chosen === null) break;
    judge = chosen.judge;
    const rest = left.filter((one) => !chosen.explanation.subjects.includes(one.subject));
    // An option that was read from what a fault did shows nothing of its own once the fault is known.
    const follows = rest.filter(
      (one) => one.failure.requirement.startsWith('consistency/') && !failsUnder(one, evidence, chosen.judge),
    );
    taken.push({ ...chosen.explanation, follows: follows.map(({ subject }) => subject) });
    left = rest.filter((one) => !follows.includes(one));
  }
  return taken;
}

/** Whether the call that fails is wrong under these rules as well. */
function failsUnder<T>(one: Counterexample<T>, evidence: Evidence, judge: Judge): boolean {
  const breach = breachUnder(one, evidence, judge).breach;
  return breach === undefined || isFailing(breach);
}

interface Chosen<T> {
  readonly explanation: Found<T>;
  readonly judge: Judge;
}

/** A recorded play as it is judged now, and what the model asked its rules meanwhile. */
interface Before {
  readonly recording: Recording;
  readonly names: ReadonlySet<string>;
  readonly calls: readonly RuleCall[];
}

function judgedBefore(recording: Recording, evidence: Evidence, judge: Judge): Before {
  const calls: RuleCall[] = [];
  const names = namesIn(judged(recording, evidence, { ...judge, rules: tracedRules(judge.rules, calls) }));
  return { recording, names, calls };
}

/** A hypothesis that explains some counterexamples under the choices that are known. */
interface Candidate<T> {
  readonly hypothesis: Hypothesis;
  readonly rules: Rules;
  readonly explained: (choices: Choices) => readonly T[];
  readonly atLeast: number;
}

function choose<T>(
  left: readonly Counterexample<T>[],
  hypotheses: readonly Hypothesis[],
  evidence: Evidence,
  judge: Judge,
): Chosen<T> | null {
  const candidates = candidatesFor(left, hypotheses, evidence, judge);
  if (candidates.length === 0) return null;
  const plays = [...evidence.failing, ...evidence.clean].map((one) => judgedBefore(one, evidence, judge));
  const probes = new Map(
    [...new Set(evidence.probed.values())].map((one) => [one, judgedBefore(one, evidence, judge)]),
  );
  let best: Chosen<T> | null = null;
  for (const { hypothesis, rules, explained, atLeast } of candidates) {
    if (best !== null && atLeast < best.explanation.subjects.length) break;
    const differs = ({ calls }: Pick<Before, 'calls'>): boolean => answersOtherwise(hypothesis, judge.rules, calls);
    // What a server does otherwise may have been taken for another option.
    const choices = choicesUnder(rules, judge.choices, evidence, (one) => differs(probes.get(one) ?? nothingKnown));
    const next = { rules, choices };
    const subjects = explained(choices);
    if (subjects.length === 0 || (best !== null && subjects.length < best.explanation.subjects.length)) continue;
    const asBefore = sameChoices(choices, judge.choices);
    const support = supportOf(evidence, asBefore ? plays.filter(differs) : plays, next);
    if (support === null) continue;
    const explanation = { hypothesis, subjects, ...support, clean: evidence.clean.length };
    if (best === null || isBetter(explanation, best.explanation)) best = { explanation, judge: next };
  }
  return best;
}

type Found<T> = Omit<Explanation<T>, 'follows'>;

/** What explains more, then what is contradicted less, then what more plays speak for; else the earlier stays. */
function isBetter<T>(one: Found<T>, other: Found<T>): boolean {
  const order =
    one.subjects.length - other.subjects.length || other.exceptions - one.exceptions || one.failing - other.failing;
  return order > 0;
}

const nothingKnown = { calls: [] } as const;

/** The hypotheses that explain something, those first that explain most. */
function candidatesFor<T>(
  left: readonly Counterexample<T>[],
  hypotheses: readonly Hypothesis[],
  evidence: Evidence,
  judge: Judge,
): readonly Candidate<T>[] {
  const before = left.map((one) => ({ one, ...judgedBefore(one.recording, evidence, judge) }));
  return hypotheses
    .flatMap((hypothesis): readonly Candidate<T>[] => {
      const rules = rulesWith(judge.rules, [hypothesis]);
      const concerned = before.filter(({ calls }) => answersOtherwise(hypothesis, judge.rules, calls));
      const explained = (choices: Choices): readonly T[] =>
        concerned.flatMap(({ one, names }) =>
          isExplained(one, names, evidence, { rules, choices }) ? [one.subject] : [],
        );
      const atLeast = explained(judge.choices).length;
      return atLeast === 0 ? [] : [{ hypothesis, rules, explained, atLeast }];
    })
    .sort((a, b) => b.atLeast - a.atLeast);
}

/** Of failing plays that a hypothesis makes right in part, one in so many may show more than it says. */
const exceptionShare = 4;

/**
 * How many recorded failing plays lose a failure under these rules, and how many of them fail where they were right before: there the
 * server does something more. null where a clean play contradicts the rules, or too many failing ones.
 */
function supportOf(
  evidence: Evidence,
  plays: readonly Before[],
  judge: Judge,
): { readonly failing: number; readonly exceptions: number } | null {
  let failing = 0;
  let exceptions = 0;
  for (const { recording, names } of plays) {
    const now = namesIn(judged(recording, evidence, judge));
    const contradicts = failsAnew(now, names);
    if (contradicts && names.size === 0) return null;
    if (contradicts) exceptions += 1;
    if ([...names].some((name) => !now.has(name))) failing += 1;
  }
  return exceptions * exceptionShare > failing ? null : { failing, exceptions };
}

/** Whether something fails now that did not before. */
function failsAnew(now: ReadonlySet<string>, before: ReadonlySet<string>): boolean {
  return [...now].some((name) => !before.has(name));
}

function sameChoices(one: Choices, other: Choices): boolean {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((id) => one[id] === other[id]);
}

function isExplained<T>(
  one: Counterexample<T>,
  before: ReadonlySet<string>,
  evidence: Evidence,
  judge: Judge,
): boolean {
  const { again, breach } = breachUnder(one, evidence, judge);
  // Where nothing is predicted nothing can be wrong.
  if (breach === undefined || breach.expected === 'any') return false;
  const names = namesIn(again);
  const { requirement } = one.failure;
  return (
    !failuresOf(breach).some((failure) => failure.requirement === requirement) &&
    !failsAnew(names, before) &&
    names.size < before.size
  );
}

/** A counterexample as it is judged under other rules, and the call in it that fails under the service's. */
function breachUnder<T>(
  { recording, failure }: Counterexample<T>,
  evidence: Evidence,
  judge: Judge,
): { readonly again: readonly Played[]; readonly breach: Played | undefined } {
  const breaking = breakingCall(recording, failure);
  const again = judged(recording, evidence, judge);
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

function isFailing({ deviations }: Played): boolean {
  return deviations.length > 0;
}

function judged(recording: Recording, { isolation }: Evidence, { rules, choices }: Judge): readonly Played[] {
  return rejudge(recording, { isolation, choices, rules });
}

function namesIn(played: readonly Played[]): ReadonlySet<string> {
  return new Set(played.flatMap((one) => failuresOf(one).map(({ requirement }) => `${one.call}|${requirement}`)));
}

/**
 * The options that the recorded probes show to a judge who goes by these rules. An option stays as long as its probe is right under it.
 * `differs`: whether the rules answer otherwise in a play than those before.
 */
function choicesUnder(rules: Rules, usual: Choices, evidence: Evidence, differs: (one: Recording) => boolean): Choices {
  const { probed, isolation, choices } = evidence;
  let known: Choices = Object.fromEntries(Object.entries(usual).filter(([id]) => !probed.has(id)));
  let asBefore = true;
  for (const [id, recording] of probed) {
    const choice = contract.choices.find((one) => one.id === id);
    if (choice === undefined) continue;
    const before = { ...usual, ...known, [id]: usual[id] };
    const right = (): boolean => isHeld(id, judged(recording, evidence, { rules, choices: before }));
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
