import { type Hypothesis, rulesWith } from '../../specs/model/explain/hypothesis.ts';
import { answersOtherwise } from '../../specs/model/explain/traced-rules.ts';
import { serviceRules } from '../../specs/model/rules/service-rules.ts';
import { failuresOf } from '../play/failure.ts';
import type { Recording } from '../play/rejudge.ts';
import { type Probes, choicesUnder } from './choices-under.ts';
import {
  type Counterexample,
  type Judge,
  type Judged,
  type Rejudging,
  breachUnder,
  createRejudging,
  failsAnew,
  isFailing,
  judgedAnew,
  judgedNow,
  namesIn,
  sameChoices,
} from './rejudging.ts';

/** What a run has recorded of a server. */
export interface Evidence extends Probes {
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

export interface Explained<T> {
  readonly explanations: readonly Explanation<T>[];
  /** The rules and options of the server with all of these faults. */
  readonly judge: Judge;
  /** The budget was used up before every hypothesis had been tried. */
  readonly cutShort: boolean;
}

/** Hypotheses to choose from. */
export interface Hypotheses {
  readonly all: readonly Hypothesis[];
  /** What is put up with in the end where no recorded play contradicts it: that a counterexample is only shown wrongly. */
  readonly tolerances: readonly Hypothesis[];
}

/** What explaining may take. */
export interface Limits {
  /** Calls that may be judged again. */
  readonly calls: number;
  /** Awaited now and then, so that others get their turn; false ends the search. */
  readonly goOn: () => Promise<boolean>;
}

/** All that does not change while counterexamples are explained. */
interface Search {
  readonly evidence: Evidence;
  readonly rejudging: Rejudging;
  readonly limits: Limits;
  readonly hypotheses: readonly Hypothesis[];
}

/** Where the search has got to. */
interface Known<T> {
  readonly judge: Judge;
  readonly left: readonly (Judged & { readonly one: Counterexample<T> })[];
  /** The recorded plays, the failing before the clean; judged when first needed. */
  plays: readonly Judged[] | null;
  probes: readonly Judged[] | null;
}

/**
 * Explains counterexamples by as few hypotheses as possible, none of which a recorded play contradicts. Again and again the one
 * is taken that explains most; several faults at once are told apart by judging under those that were taken before. How much a
 * hypothesis explained when it was tried last bounds what it explains now; only when nothing is left by these bounds is every one
 * tried again, for what another fault had hidden.
 */
export async function explain<T>(
  open: readonly Counterexample<T>[],
  { all: hypotheses, tolerances }: Hypotheses,
  evidence: Evidence,
  limits: Limits,
  start: Judge = { rules: serviceRules, choices: evidence.choices },
): Promise<Explained<T>> {
  const rejudging = createRejudging(evidence.isolation);
  const search: Search = { evidence, rejudging, limits, hypotheses };
  const explanations: Explanation<T>[] = [];
  let known: Known<T> = {
    judge: start,
    left: open.map((one) => ({ ...judgedNow(one.recording, start, rejudging), one })),
    plays: null,
    probes: null,
  };
  let bounds = await boundsOf(search, known);
  let fresh = true;
  while (known.left.length > 0 && bounds !== null) {
    const chosen = await choose(search, known, bounds);
    if (chosen === 'cut short') return { explanations, judge: known.judge, cutShort: true };
    if (chosen === null) {
      if (fresh) return { explanations, judge: tolerant(search, known, tolerances), cutShort: false };
      bounds = await boundsOf(search, known);
      fresh = true;
      continue;
    }
    const { explanation, next } = take(search, known, chosen);
    explanations.push(explanation);
    known = next;
    fresh = false;
  }
  return { explanations, judge: tolerant(search, known, tolerances), cutShort: bounds === null };
}

/** Puts up with what is only shown wrongly, as far as the recorded plays allow. */
function tolerant<T>(search: Search, known: Known<T>, tolerances: readonly Hypothesis[]): Judge {
  return tolerances.reduce((now, hypothesis) => {
    const chosen = now.left.length === 0 ? null : tried(search, now, hypothesis, 1).chosen;
    return chosen === null ? now : take(search, now, chosen).next;
  }, known).judge;
}

/** What each hypothesis explained when it was tried last. */
type Bounds<T> = Map<Hypothesis, readonly T[]>;

/** Tries every hypothesis on every counterexample; null where that takes too long. */
async function boundsOf<T>(search: Search, known: Known<T>): Promise<Bounds<T> | null> {
  const bounds: Bounds<T> = new Map();
  for (const hypothesis of search.hypotheses) {
    if (!(await mayGoOn(search))) return null;
    const rules = rulesWith(known.judge.rules, [hypothesis]);
    const subjects = explainedBy(search, known, hypothesis, { rules, choices: known.judge.choices });
    if (subjects.length > 0) bounds.set(hypothesis, subjects);
  }
  return bounds;
}

function mayGoOn({ rejudging, limits }: Search): Promise<boolean> {
  return rejudging.cost() < limits.calls ? limits.goOn() : Promise.resolve(false);
}

interface Chosen<T> {
  readonly explanation: Found<T>;
  readonly judge: Judge;
}

type Found<T> = Omit<Explanation<T>, 'follows'>;

/** The hypothesis that explains most; null where none explains anything. */
async function choose<T>(search: Search, known: Known<T>, bounds: Bounds<T>): Promise<Chosen<T> | 'cut short' | null> {
  const left = new Set(known.left.map(({ one }) => one.subject));
  const atMost = (hypothesis: Hypothesis): number =>
    (bounds.get(hypothesis) ?? []).filter((subject) => left.has(subject)).length;
  const ranked = [...bounds.keys()]
    .map((hypothesis) => ({ hypothesis, most: atMost(hypothesis) }))
    .filter(({ most }) => most > 0)
    .sort((a, b) => b.most - a.most);
  let best: Chosen<T> | null = null;
  for (const { hypothesis, most } of ranked) {
    if (best !== null && most < best.explanation.subjects.length) break;
    if (!(await mayGoOn(search))) return 'cut short';
    const found: Tried<T> = tried(search, known, hypothesis, best?.explanation.subjects.length ?? 1);
    bounds.set(hypothesis, found.subjects);
    if (found.chosen === null) continue;
    if (best === null || isBetter(found.chosen.explanation, best.explanation)) best = found.chosen;
  }
  return best;
}

interface Tried<T> {
  readonly subjects: readonly T[];
  readonly chosen: Chosen<T> | null;
}

/** Tries one hypothesis, whose support is only looked for where it explains at least so many. */
function tried<T>(search: Search, known: Known<T>, hypothesis: Hypothesis, atLeast: number): Tried<T> {
  const { evidence, rejudging } = search;
  const { judge } = known;
  const differs = ({ calls }: Judged): boolean => answersOtherwise(hypothesis, judge.rules, calls);
  const rules = rulesWith(judge.rules, [hypothesis]);
  // What a server does otherwise may have been taken for another option.
  const probes = probesOf(search, known);
  const choices = choicesUnder(rules, judge.choices, evidence, rejudging, (one) =>
    probes.some((probe) => probe.recording === one && differs(probe)),
  );
  const next = { rules, choices };
  const subjects = explainedBy(search, known, hypothesis, next);
  if (subjects.length < atLeast) return { subjects, chosen: null };
  const plays = playsOf(search, known);
  const asBefore = sameChoices(choices, judge.choices);
  const support = supportOf(rejudging, asBefore ? plays.filter(differs) : plays, next);
  // What a recorded play contradicts now may be contradicted no more once another fault is known.
  if (support === null) return { subjects: [], chosen: null };
  const explanation = { hypothesis, subjects, ...support, clean: evidence.clean.length };
  return { subjects, chosen: { explanation, judge: next } };
}

function playsOf<T>({ evidence, rejudging }: Search, known: Known<T>): readonly Judged[] {
  known.plays ??= [...evidence.failing, ...evidence.clean].map((one) => judgedNow(one, known.judge, rejudging));
  return known.plays;
}

function probesOf<T>({ evidence, rejudging }: Search, known: Known<T>): readonly Judged[] {
  known.probes ??= [...new Set(evidence.probed.values())].map((one) => judgedNow(one, known.judge, rejudging));
  return known.probes;
}

/** Takes a hypothesis for true: everything is judged under it from now on. */
function take<T>(
  { rejudging }: Search,
  known: Known<T>,
  { explanation, judge }: Chosen<T>,
): { readonly explanation: Explanation<T>; readonly next: Known<T> } {
  const rest = known.left.filter(({ one }) => !explanation.subjects.includes(one.subject));
  // An option that was read from what a fault did shows nothing of its own once the fault is known.
  const follows = rest.filter(
    ({ one }) => one.failure.requirement.startsWith('consistency/') && !failsUnder(one, judge, rejudging),
  );
  const taken = { hypothesis: explanation.hypothesis, before: known.judge, judge };
  const left = rest.filter((one) => !follows.includes(one));
  const again = judgedAnew(left, taken, rejudging);
  return {
    explanation: { ...explanation, follows: follows.map(({ one }) => one.subject) },
    next: {
      judge,
      left: left.map(({ one }, index) => ({ ...again[index]!, one })),
      plays: known.plays && judgedAnew(known.plays, taken, rejudging),
      probes: known.probes && judgedAnew(known.probes, taken, rejudging),
    },
  };
}

/** Whether the call that fails is wrong under these rules as well. */
function failsUnder<T>(one: Counterexample<T>, judge: Judge, rejudging: Rejudging): boolean {
  const { breach } = breachUnder(one, judge, rejudging);
  return breach === undefined || isFailing(breach);
}

/** What explains more, then what is contradicted less, then what more plays speak for; else the earlier stays. */
function isBetter<T>(one: Found<T>, other: Found<T>): boolean {
  const order =
    one.subjects.length - other.subjects.length || other.exceptions - one.exceptions || one.failing - other.failing;
  return order > 0;
}

/** The counterexamples that are right under a hypothesis, or less wrong. */
function explainedBy<T>(
  { rejudging }: Search,
  { left, judge: before }: Known<T>,
  hypothesis: Hypothesis,
  judge: Judge,
): readonly T[] {
  const asBefore = sameChoices(before.choices, judge.choices);
  return left
    .filter(({ calls }) => !asBefore || answersOtherwise(hypothesis, before.rules, calls))
    .filter(({ one, names }) => isExplained(one, names, judge, rejudging))
    .map(({ one }) => one.subject);
}

function isExplained<T>(
  one: Counterexample<T>,
  before: ReadonlySet<string>,
  judge: Judge,
  rejudging: Rejudging,
): boolean {
  const { again, breach } = breachUnder(one, judge, rejudging);
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

/** Of failing plays that a hypothesis makes right in part, one in so many may show more than it says. */
const exceptionShare = 4;

/**
 * How many recorded failing plays lose a failure under these rules, and how many of them fail where they were right before: there the
 * server does something more. null where a clean play contradicts the rules, or too many failing ones.
 */
function supportOf(
  { judged }: Rejudging,
  plays: readonly Judged[],
  judge: Judge,
): { readonly failing: number; readonly exceptions: number } | null {
  let failing = 0;
  let exceptions = 0;
  for (const { recording, names } of plays) {
    const now = namesIn(judged(recording, judge));
    const contradicts = failsAnew(now, names);
    if (contradicts && names.size === 0) return null;
    if (contradicts) exceptions += 1;
    if ([...names].some((name) => !now.has(name))) failing += 1;
  }
  return exceptions * exceptionShare > failing ? null : { failing, exceptions };
}
