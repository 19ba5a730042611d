import { show } from '../../specs/model/state/show.ts';
import type { Read } from './history.ts';
import type { PatchMade } from './observed.ts';
import { type RaceFault, sayCalls } from './race-fault.ts';

export interface Contradiction {
  /** The name of the anomaly in the words of the field. */
  readonly anomaly: string;
  readonly says: string;
}

const anomalies: Readonly<Record<string, string>> = {
  'accepted twice': 'double acceptance',
  'shared count': 'count shared',
  'count goes back': 'count going back',
  'split batch': 'torn batch',
  'torn listing': 'torn list',
  'stale listing': 'stale list',
  'listing goes back': 'list going back',
  'listing ahead of itself': 'list ahead of its count',
  'skipped count': 'count skipped',
};

/** Names the anomaly, and says in one sentence what contradicts what. */
export function contradictionOf(fault: RaceFault, reads: readonly Read[]): Contradiction {
  const calls = fault.calls.flatMap((number) => reads.find(({ made }) => made.number === number) ?? []);
  return { anomaly: anomalies[fault.rule] ?? fault.rule, says: sentence(fault, calls) };
}

type Sentence = (fault: RaceFault, one: Read, last: Read, between: Read | undefined) => string;

const tornListing: Sentence = ({ actual }, one, last) =>
  `${name(last)} shows count ${countOf(last)} and ${actual}, which has count ${countOf(one)}`;

/** By the rule that is broken; `one` and `last`: the first and the last of the calls that contradict each other. */
const sentences: Readonly<Record<string, Sentence>> = {
  'accepted twice': (_, one, last) => {
    const both = shared(one, last);
    return `both updates ${both === undefined ? '' : `presented count ${both.count} of key ${both.key} and both `}were accepted`;
  },
  'shared count': (_, one) => `both updates were accepted with count ${countOf(one)}`,
  'count goes back': (_, one, last) =>
    `${name(one)} was given count ${countOf(one)}, and ${name(last)}, which began after it had returned, the lower count ${countOf(last)}`,
  'stale listing': ({ actual }, one, last) =>
    `${name(one)} was accepted with count ${countOf(one)} before ${name(last)} began, which still shows count ${actual}`,
  'listing goes back': ({ actual }, one, last) =>
    `${name(one)} showed count ${countOf(one)} before ${name(last)} began, which shows the lower count ${actual}`,
  'lost update': ({ actual }, one, last) =>
    `${name(one)} was accepted with count ${countOf(one)}, and ${name(last)} shows ${actual} at count ${countOf(last)}`,
  'torn batch': tornListing,
  'torn listing': tornListing,
  'split batch': ({ actual }, one) => `${name(one)} is one update, and its records have several counts: ${actual}`,
  'trace of a refusal': ({ actual }, one, last) =>
    `${name(one)} was refused, and ${name(last)} shows ${actual}, which it wrote`,
  'resurrected record': ({ actual }, one, last, between) =>
    `${name(between ?? last)} deleted the dataset, and ${name(last)} shows ${actual}, which ${name(one)} wrote to the deleted one`,
  'refusal of a current count': (_, one) =>
    `${name(one)} was refused with a conflict, although nobody else used the dataset since its client had listed it`,
};

function sentence(fault: RaceFault, calls: readonly Read[]): string {
  const [one, between] = calls;
  const last = calls.at(-1);
  const say = sentences[fault.rule];
  if (one === undefined || last === undefined || say === undefined)
    return `${sayCalls(fault.calls)}: ${fault.actual}; allowed: ${fault.allowed}`;
  return say(fault, one, last, between);
}

function shared(one: Read, other: Read | undefined): PatchMade | undefined {
  return one.patches
    .filter(({ key, count }) => other?.patches.some((patch) => patch.key === key && patch.count === count) === true)
    .map((patch) => ({ ...patch, key: show(patch.key).replace(/^"(\w+)"$/, '$1') }))[0];
}

function name({ made }: Read): string {
  return `call ${made.number + 1}`;
}

function countOf({ told }: Read): number | string {
  if (told.kind === 'accepted') return told.count;
  return told.kind === 'listed' ? told.listing.count : 'none';
}
