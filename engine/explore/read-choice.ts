import type { Rules } from '../../specs/model/state/rules.ts';
import { serviceRules } from '../../specs/model/rules/service-rules.ts';
import { type Output, answeredAt, isObject } from '../../specs/types/answer.ts';
import type { Choice } from '../../specs/types/contract-types.ts';
import { predictCheck } from '../../specs/model/predict/written-out-check.ts';
import { type Verdict, judge } from '../../specs/model/blame/deviations.ts';
import { predict } from '../../specs/model/predict/predict.ts';
import type { Prediction } from '../../specs/model/state/prediction.ts';
import type { Choices } from '../../specs/model/state/choices.ts';
import { adoptListing } from '../../specs/model/inspect/after-listing.ts';
import { type World, emptyWorld } from '../../specs/model/state/world.ts';
import { joinPages } from '../exchange/pages.ts';
import type { Played } from '../play/played.ts';

/**
 * Reads from a probe's answers which option of a choice the target takes: the one under which the model is least surprised.
 * null when no option explains them better than the others: then nothing that hangs on the choice is predicted.
 */
export function optionOf(
  choice: Choice,
  played: readonly Played[],
  known: Choices,
  shared: boolean,
  rules: Rules = serviceRules,
): string | null {
  if (!choice.held) return observedOption(choice.id, played);
  const scores = Object.keys(choice.options).map((option) => ({
    option,
    ...heldAgainst(played, choice, { ...known, [choice.id]: option }, emptyWorld(shared, rules)),
  }));
  const least = Math.min(...scores.map((score) => score.surprises));
  const best = scores.filter((score) => score.surprises === least);
  const [first] = best;
  if (first === undefined || played.length === 0) return null;
  if (best.length === 1) return first.option;
  // An option that predicts nothing fits whatever comes, so another one that fits says more.
  const telling = best.filter((score) => !lenient.has(score.option));
  // Several options fit: the probe did not get to the question.
  return best.length > telling.length && telling.length === 1 && telling[0]?.asked === true ? telling[0].option : null;
}

const classSurprise = 3;
const lenient = new Set(['later', 'other', 'other-client-error']);

/** Faults that say nothing about any choice, whichever call shows them. */
const beside: ReadonlySet<string> = new Set([
  'conflict/message',
  'conflict/status-and-type',
  'dataset/dates-agree',
  'record/device-date-has-source',
  'record/dates-are-epoch-seconds',
  'record/last-modified-is-server-time',
  'record/last-modified-moves',
  'session-token/refusal-type',
]);

/** How many answers the model does not foresee under these choices, and whether any of them was about the choice at all. */
function heldAgainst(
  played: readonly Played[],
  choice: Choice,
  choices: Choices,
  empty: World,
): { readonly surprises: number; readonly asked: boolean } {
  const requirement = `consistency/${choice.id}`;
  let world = empty;
  /** What is stored if the latest wrong answer only told it wrongly. */
  let foreseen: World | null = null;
  let surprises = 0;
  let asked = false;
  for (const { operation, exchanges, check } of played) {
    const [first] = exchanges;
    const last = exchanges.at(-1);
    if (first === undefined || last === undefined) continue;
    const call = { operation, input: first.input };
    const answer = joinPages(operation, exchanges) ?? last.answer;
    const judged = (under: World): { readonly prediction: Prediction; readonly verdict: Verdict } => {
      const prediction =
        check === undefined
          ? predict(under, call, choices)
          : predictCheck(under, call, check.expect, choices, check.saved);
      return { prediction, verdict: judge(prediction, answer, first.at, answeredAt(first.reply)) };
    };
    const full = operation === 'ListRecords' && first.input['LastSyncCount'] === undefined;
    // The next listing tells whether what was told wrongly was done rightly all the same.
    if (full && foreseen !== null && judged(foreseen).verdict.deviations.length === 0) world = foreseen;
    const { prediction, verdict } = judged(world);
    // An answer of a class that is not allowed surprises more than one with wrong members, however many.
    const telling = verdict.deviations.filter((one) => !beside.has(one.suspects[0] ?? ''));
    const unforeseen = telling.some((one) => one.pointer === 'error' || one.pointer === 'status');
    surprises += unforeseen ? classSurprise : Math.min(telling.length, classSurprise - 1);
    asked ||= prediction.exercises.some((one) => one.requirement === requirement);
    world = verdict.world;
    foreseen = full ? null : verdict.certain ? foreseen : verdict.foreseen;
    const doubtful = [...world.datasets.values()].find((dataset) => dataset.doubt);
    if (doubtful !== undefined && full && answer.kind === 'success')
      world = adoptListing(world, doubtful.id, answer.output);
  }
  return { surprises, asked };
}

/** Options that are only reported are read off the answers directly. */
function observedOption(id: string, played: readonly Played[]): string | null {
  const outputs = played.flatMap((one) =>
    one.exchanges.flatMap((exchange) => (exchange.answer.kind === 'success' ? [exchange.answer.output] : [])),
  );
  if (id === 'validation-error-type') return refusalOf(played);
  if (id === 'identity-usage-delay') return delay(outputs);
  const listing = outputs.findLast((output) => recordsOf(output).length > 0) ?? {};
  const listed = recordsOf(listing);
  if (listed.length === 0) return null;
  switch (id) {
    case 'null-members':
      return nullForm(listing);
    case 'record-order':
      return order(listed);
    case 'last-modified-by': {
      const by = listed[0]?.['LastModifiedBy'];
      if (by === undefined || by === null) return 'absent';
      return by === played[0]?.exchanges[0]?.input['IdentityId'] ? 'identity' : 'other';
    }
    case 'device-date-unsent': {
      const date = listed[0]?.['DeviceLastModifiedDate'];
      return date === undefined || date === null ? 'absent' : 'server-made';
    }
    case 'date-resolution': {
      const dates = outputs.flatMap(recordsOf).map((record) => record['LastModifiedDate']);
      return dates.some((date) => typeof date === 'number' && !Number.isInteger(date)) ? 'milliseconds' : 'seconds';
    }
    default:
      return null;
  }
}

/** The last three readings of a usage: right after the first and the second dataset came into being, and when a pause was over. */
function delay(outputs: readonly Output[]): string | null {
  const counts = outputs.flatMap(({ IdentityUsage: usage }) => (isObject(usage) ? [usage['DatasetCount']] : []));
  if (counts.length === 0) return null;
  const [first = NaN, second = NaN, paused = NaN] = counts.slice(-3).map(Number);
  if (paused === 2) return first === 1 && second === 2 ? 'at-once' : 'later';
  // What falls behind shows too few, and never fewer than before.
  return 0 <= first && first <= second && second <= paused && paused < 2 ? 'much-later' : 'at-once';
}

function refusalOf(played: readonly Played[]): string | null {
  const answer = played.at(-1)?.exchanges.at(-1)?.answer;
  if (answer?.kind !== 'failure' || answer.status >= 500) return null;
  if (answer.type === 'InvalidParameterException') return 'invalid-parameter';
  return answer.type === 'ValidationException' ? 'validation' : 'other-client-error';
}

function nullForm(listing: Output): string | null {
  const removed = recordsOf(listing).find(({ Value: value }) => value === undefined || value === null);
  if (removed === undefined) return null;
  const shown = [
    Object.hasOwn(removed, 'Value'),
    ...['NextToken', 'MergedDatasetNames'].map((member) => Object.hasOwn(listing, member)),
  ];
  if (shown.every(Boolean)) return 'null';
  return shown.some(Boolean) ? 'mixed' : 'absent';
}

function order(records: readonly Output[]): string {
  const sorted = (member: string): boolean =>
    records.every((record, index) => {
      const before = records[index - 1]?.[member];
      const value = record[member];
      return (
        before === undefined ||
        (typeof before === 'number' && typeof value === 'number' ? before <= value : String(before) <= String(value))
      );
    });
  if (sorted('Key')) return 'key';
  return sorted('SyncCount') ? 'count' : 'other';
}

function recordsOf(output: Output): readonly Output[] {
  const records = output['Records'];
  return Array.isArray(records) ? records.filter(isObject) : [];
}
