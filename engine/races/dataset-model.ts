import type { Choices } from '../../specs/model/state/choices.ts';
import type { SequentialModel } from '../linearize/model.ts';
import type { Listing, PatchMade, RecordTold } from './observed.ts';

/** A dataset as one call after the other changes it. */
export interface RaceState {
  readonly count: number;
  readonly exists: boolean;
  readonly records: ReadonlyMap<string, RecordTold>;
}

export type RaceInput =
  /** `seen`: the count at which its records were listed, for an update that was not answered. */
  | { readonly kind: 'update'; readonly patches: readonly PatchMade[]; readonly seen: number | undefined }
  | { readonly kind: 'list' }
  | { readonly kind: 'delete' };

export type RaceOutput =
  | { readonly kind: 'accepted'; readonly count: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'listed'; readonly listing: Listing }
  | { readonly kind: 'deleted' };

/**
 * How much is asked. Loosely, what no client can be hurt by is let pass: that a count is left out, and that a listing runs ahead of its
 * own DatasetSyncCount, since what is then shown too soon is shown again to whoever asks for what came after it.
 */
export interface Strictness {
  readonly exact: boolean;
  /** Where some updates were not answered, a listing may show a count that nobody else knows. */
  readonly anyCount: boolean;
  /** Whether a count above 0 may be accepted for a record that does not exist. */
  readonly unknownKeys: boolean;
}

const empty: RaceState = { count: 0, exists: false, records: new Map() };

export type DatasetModel = SequentialModel<RaceState, RaceInput, RaceOutput>;

/** What UpdateRecords, ListRecords and DeleteDataset make of a dataset (S-01, S-04, S-05, S-09, S-43, S-45, S-47, S-48). */
export function datasetModel(strictness: Strictness): DatasetModel {
  return {
    init: () => empty,
    step: (state, input, output) => stepOf(strictness, state, input, output),
    equal: sameState,
    hash: (state) => state.count * 31 + state.records.size * 2 + Number(state.exists),
    readonly: (input, output) => input.kind === 'list' || output?.kind === 'conflict',
  };
}

/** Whether a choice leaves it open that a record which does not exist is given a count above 0. */
export function takesUnknownKeys(choices: Choices): boolean {
  const refusing = new Set(['conflict', 'invalid', 'not-found']);
  return ['unknown-key-count', 'unknown-key-count-ahead'].some((id) => !refusing.has(choices[id] ?? ''));
}

function stepOf(
  strictness: Strictness,
  state: RaceState,
  input: RaceInput,
  output: RaceOutput | undefined,
): RaceState | null {
  if (input.kind === 'list') {
    if (output?.kind !== 'listed') return state;
    return shows(strictness, state, output.listing) ? state : null;
  }
  if (input.kind === 'delete') return state.exists ? { ...empty, count: state.count } : null;
  const fits = input.patches.every(({ key, count }) => {
    const known = state.records.get(key)?.count ?? 0;
    return known === count || (strictness.unknownKeys && !state.records.has(key));
  });
  if (output?.kind === 'conflict') return fits ? null : state;
  if (!fits) return null;
  const count = output?.kind === 'accepted' ? output.count : (input.seen ?? state.count + 1);
  if (strictness.exact ? count !== state.count + 1 : count <= state.count) return null;
  const records = new Map(state.records);
  for (const { key, value } of input.patches) records.set(key, { count, value });
  return { count, exists: true, records };
}

function shows({ exact, anyCount }: Strictness, state: RaceState, listing: Listing): boolean {
  if (listing.exists !== null && listing.exists !== state.exists && (exact || state.exists)) return false;
  // What a dataset that does not exist shows as its count is a matter of choice.
  const counted = state.exists || listing.exists === true || listing.records.size > 0;
  if (counted && listing.count !== state.count && !anyCount) return false;
  for (const [key, record] of state.records) {
    const shown = listing.records.get(key);
    if (shown === undefined) return false;
    const same = shown.count === record.count && shown.value === record.value;
    if (!same && (exact || shown.count <= state.count)) return false;
  }
  for (const [key, shown] of listing.records)
    if (!state.records.has(key) && (exact || shown.count <= state.count)) return false;
  return true;
}

function sameState(a: RaceState, b: RaceState): boolean {
  if (a.count !== b.count || a.exists !== b.exists || a.records.size !== b.records.size) return false;
  for (const [key, { count, value }] of a.records) {
    const other = b.records.get(key);
    if (other?.count !== count || other.value !== value) return false;
  }
  return true;
}
