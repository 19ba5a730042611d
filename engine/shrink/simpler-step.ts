import type { CountRef, PatchStep, SinceRef, Step, UpdateStep } from '../../specs/types/sequence.ts';
import { wantsToken } from '../input/check-input.ts';
import { plainKeys, simplerText } from './plain-texts.ts';
import { replaced, without } from './list-edits.ts';

/** Simpler variants of one step, the simplest kinds first. `actual`: what the call that fails was answered. */
export function* simplerStep(step: Step, actual: string): Generator<Step> {
  if (step.do === 'list') {
    const { token: _token, page: _page, ...plain } = step;
    if (step.token !== undefined || step.page !== undefined) yield plain;
    if (step.token === 'first-spent') yield { ...step, token: 'spent' };
    if (step.since.at !== 'start') yield { ...step, since: { at: 'start' } };
    for (const since of simplerSince(step.since)) yield { ...step, since };
    if (step.actor > 0) yield { ...step, actor: 0 };
  }
  if (step.do === 'datasets' && step.page !== undefined) yield { do: 'datasets', dataset: step.dataset };
  if ((step.do === 'list' || step.do === 'datasets') && step.page !== undefined)
    for (const page of otherPages(step.page)) yield { ...step, page };
  const most = step.do === 'check' ? step.input?.['MaxResults'] : undefined;
  if (step.do === 'check' && typeof most === 'number')
    for (const page of otherPages(most))
      // How many items there are may change from one play to the next.
      if (page !== most - 1) yield { ...step, input: { ...step.input, MaxResults: page } };
  // A refusal that comes before the token is looked at needs none; but another refusal may be for want of it.
  if (actual === 'ok' && step.do === 'check' && step.expect.outcome === 'refused' && wantsToken(step))
    yield { ...step, input: { ...step.input, SyncSessionToken: null } };
  if (step.do === 'check')
    yield {
      do: 'list',
      actor: 0,
      dataset: step.dataset,
      since: { at: 'start' },
    };
  if (step.do === 'update') yield* simplerUpdate(step);
}

/** Larger pages are fewer; of as many, smaller ones are easier to count. */
function otherPages(size: number): readonly number[] {
  return [size * 16, size * 4, size * 2, 1, size - 1].filter((other) => other >= 1 && other <= 1000 && other !== size);
}

/** A batch is cut into no more parts than these, and the patches of one with more than these are not looked at one by one. */
const mostParts = 16;
const mostPatches = 16;

function* simplerUpdate(step: UpdateStep): Generator<Step> {
  // Where the listing that fetches the token is what fails, the update itself is of no use.
  yield { do: 'list', actor: step.actor, dataset: step.dataset, since: { at: 'start' } };
  const times = step.times ?? 1;
  const { times: _times, ...once } = step;
  if (times > 1) {
    yield once;
    // Halving finds a threshold to within one only if the steps get small.
    for (let cut = Math.floor(times / 2); cut >= 1; cut = Math.floor(cut / 2))
      yield times - cut === 1 ? once : { ...step, times: times - cut };
  }
  if (step.actor > 0) yield { ...step, actor: 0 };
  if (step.token !== 'fresh') yield { ...step, token: 'fresh' };
  if (step.token === 'first-spent') yield { ...step, token: 'spent' };
  // Tokens of others must be fetched.
  if (step.token.startsWith('other-')) for (const token of ['none', 'made-up'] as const) yield { ...step, token };
  const patches = step.patches ?? [];
  const smallest = Math.max(1, patches.length / mostParts);
  for (let size = Math.floor(patches.length / 2); size > smallest; size = Math.floor(size / 2)) {
    for (let from = 0; from < patches.length; from += size)
      yield { ...step, patches: patches.slice(from, from + size) };
    // What needs two patches that stand apart is in none of the parts, but all but some parts are of no use.
    if (size < patches.length / 2)
      for (let from = 0; from < patches.length; from += size) yield { ...step, patches: without(patches, from, size) };
  }
  // What so many patches have in common is mostly their number, and then any of them can go; so it is where they are all alike.
  const ends = patches.length > mostPatches || areAlike(patches) ? [0, patches.length - 1] : [...patches.keys()];
  for (const index of ends) if (patches.length > 1) yield { ...step, patches: without(patches, index) };
  if (patches.length > mostPatches) return;
  const [only] = patches;
  // What a new record shows, the same record may show as well.
  if (only !== undefined && patches.length === 1 && only.key !== plainKeys[0] && plainKeys.includes(only.key))
    for (const value of only.value === null ? [null] : ['x', 'y'])
      yield { ...step, patches: [{ ...only, key: plainKeys[0] ?? '', value, count: { at: 'current' } }] };
  for (const [index, patch] of patches.entries()) {
    for (const smaller of simplerPatch(patch)) yield { ...step, patches: replaced(patches, index, smaller) };
  }
}

function areAlike(patches: readonly PatchStep[]): boolean {
  const kinds = patches.map(({ key, ...rest }) => JSON.stringify([plainKeys.includes(key), rest]));
  return patches.length > 2 && new Set(kinds).size === 1 && kinds[0]?.startsWith('[true') === true;
}

function* simplerPatch(patch: PatchStep): Generator<PatchStep> {
  const { date: _date, ...undated } = patch;
  if (patch.date !== undefined) yield undated;
  if (patch.op === 'remove') {
    yield { ...undated, op: 'replace', value: 'x' };
    yield { ...undated, op: 'replace', value: 'y' };
  }
  if (patch.op === 'remove' && patch.value !== null) yield { ...patch, value: null };
  for (const count of simplerCount(patch.count)) yield { ...patch, count };
  if (patch.op === 'replace' && patch.value !== null)
    for (const value of simplerText(patch.value, ['x', 'y'])) yield { ...patch, value };
  // Simpler where the record has the other value.
  if (patch.op === 'replace' && patch.value === 'x') yield { ...patch, value: 'y' };
}

function* simplerCount(count: CountRef): Generator<CountRef> {
  if (count.at === 'current') return;
  yield { at: 'current' };
  if (count.at !== 'zero') yield { at: 'zero' };
  if (count.at === 'known') yield { at: 'behind', by: 1 };
  if (count.at === 'dataset') yield { at: 'ahead', by: 1 };
  if (count.by !== undefined && count.by > 1) {
    yield { ...count, by: 1 };
    yield { ...count, by: count.by - 1 };
  }
}

function* simplerSince(since: SinceRef): Generator<SinceRef> {
  if (since.at === 'start' || since.at === 'zero') return;
  yield { at: 'zero' };
  if (since.at !== 'current') yield { at: 'current' };
  if (since.at !== 'behind' && since.at !== 'current') yield { at: 'behind', by: 1 };
  if (since.by !== undefined && since.by > 1) yield { ...since, by: since.by - 1 };
}
