import { type Answer, isObject } from '../../specs/types/answer.ts';
import type { CountRef, ListStep, SinceRef, TokenRef } from '../../specs/types/sequence.ts';
import type { Input } from '../../specs/types/wire.ts';

/** What clients know of one dataset from the answers they saw. Feeds the symbols of a sequence, judges nothing. */
export interface View {
  readonly counts: Map<string, number>;
  /** Per actor: the counts as this actor last saw them. */
  readonly known: Map<number, { readonly counts: Map<string, number>; datasetCount: number }>;
  datasetCount: number;
  /** In the order they were given; the newest last. */
  tokens: KnownToken[];
}

interface KnownToken {
  readonly text: string;
  readonly actor: number;
  /** Number of the call that fetched it, from 0. */
  readonly call: number;
  spent: boolean;
  /** Another token's update was accepted since. */
  outlived: boolean;
  /** It was presented to ListRecords. */
  presented: boolean;
}

/** Only recent tokens are ever asked for. */
const tokensKept = 16;

export function emptyView(): View {
  return { counts: new Map(), known: new Map(), datasetCount: 0, tokens: [] };
}

function actorView(view: View, actor: number): { readonly counts: Map<string, number>; datasetCount: number } {
  let known = view.known.get(actor);
  if (known === undefined) {
    known = { counts: new Map(), datasetCount: 0 };
    view.known.set(actor, known);
  }
  return known;
}

/** The count a patch presents; null when the symbol has no meaning here, as `behind` below 0. */
export function resolveCount(view: View, actor: number, key: string, ref: CountRef): number | null {
  const current = view.counts.get(key) ?? 0;
  const by = ref.by ?? 1;
  switch (ref.at) {
    case 'current':
      return current;
    case 'known':
      return view.known.get(actor)?.counts.get(key) ?? 0;
    case 'zero':
      return 0;
    case 'behind':
      return current - by >= 0 ? current - by : null;
    case 'ahead':
      return current + by;
    case 'dataset':
      return view.datasetCount + by;
  }
}

/** lastSyncCount; undefined: left out; null: the symbol has no meaning here. */
export function resolveSince(view: View, actor: number, ref: SinceRef): number | undefined | null {
  const by = ref.by ?? 1;
  switch (ref.at) {
    case 'start':
      return undefined;
    case 'zero':
      return 0;
    case 'current':
      return view.datasetCount;
    case 'known':
      return view.known.get(actor)?.datasetCount ?? 0;
    case 'behind':
      return view.datasetCount - by >= 0 ? view.datasetCount - by : null;
    case 'ahead':
      return view.datasetCount + by;
    case 'record':
      return view.counts.get(ref.key ?? '') ?? null;
  }
}

export interface ResolvedToken {
  readonly text: string | null;
  /** The call that fetched it. */
  readonly call: number | undefined;
}

/** `fetch`: a ListRecords must come first. null: there is no such token. */
export function resolveToken(
  view: View,
  actor: number,
  ref: TokenRef,
  reuse: boolean,
  others: { readonly dataset: View | undefined; readonly identity: View | undefined },
): ResolvedToken | 'fetch' | null {
  const found = (token: KnownToken | undefined): ResolvedToken | null =>
    token === undefined ? null : { text: token.text, call: token.call };
  const newest = view.tokens.at(-1);
  switch (ref) {
    case 'fresh':
      if (newest === undefined) return 'fetch';
      return (newest.spent || newest.outlived) && !reuse ? 'fetch' : found(newest);
    case 'own':
      return found(view.tokens.findLast((token) => token.actor === actor && !token.spent)) ?? 'fetch';
    case 'spent':
      return found(view.tokens.findLast((token) => token.spent));
    case 'first-spent':
      return found(view.tokens.find((token) => token.spent));
    case 'older':
      return found(view.tokens.slice(0, -1).findLast((token) => !token.spent && token.text !== newest?.text));
    case 'none':
      return { text: null, call: undefined };
    case 'made-up':
      return { text: 'made-up-session-token', call: undefined };
    case 'other-dataset':
      return found(others.dataset?.tokens.findLast((token) => !token.spent));
    case 'other-identity':
      return found(others.identity?.tokens.findLast((token) => !token.spent));
  }
}

/** The token a listing presents: `fresh` is one that was presented before if there is one, since a session serves several reads. */
export function tokenToPresent(view: View, ref: NonNullable<ListStep['token']>): KnownToken | undefined {
  if (ref === 'first-spent') return view.tokens.find((token) => token.spent);
  if (ref === 'spent') return view.tokens.findLast((token) => token.spent);
  const usable = view.tokens.filter((token) => !token.spent && !token.outlived);
  return usable.find((token) => token.presented) ?? usable.at(-1);
}

/** Learns from a listing; `full`: it was asked from the start. */
export function sawListing(view: View, actor: number, call: number, answer: Answer, full: boolean): void {
  if (answer.kind !== 'success') return;
  const { DatasetSyncCount: count, SyncSessionToken: text } = answer.output;
  const own = actorView(view, actor);
  if (full) {
    view.counts.clear();
    own.counts.clear();
  }
  learnRecords(view, own.counts, answer);
  if (typeof count === 'number') {
    view.datasetCount = Math.max(count, 0);
    own.datasetCount = view.datasetCount;
  }
  if (typeof text === 'string' && text !== '') {
    view.tokens = [
      ...view.tokens.filter((token) => token.text !== text).slice(-tokensKept),
      { text, actor, call, spent: false, outlived: false, presented: false },
    ];
  }
}

/** Learns from an update. */
export function sawUpdate(view: View, actor: number, input: Input, answer: Answer): void {
  if (answer.kind !== 'success') return;
  const own = actorView(view, actor);
  learnRecords(view, own.counts, answer);
  // As AWS's clients do: a count one above the last known means that nobody else wrote meanwhile.
  if (view.datasetCount === own.datasetCount + 1) own.datasetCount = view.datasetCount;
  for (const token of view.tokens) {
    if (token.text === input['SyncSessionToken']) token.spent = true;
    else token.outlived = true;
  }
}

/** A token survives a conflict (S-37); whether it survives another refusal is nowhere said, so it is not used again. */
export function forgetToken(views: readonly View[], input: Input, answer: Answer): void {
  if (answer.kind === 'success' || (answer.kind === 'failure' && answer.status === 409)) return;
  for (const view of views) view.tokens = view.tokens.filter((token) => token.text !== input['SyncSessionToken']);
}

/** After a deletion nothing that was known holds. */
export function sawDeletion(view: View, answer: Answer): void {
  if (answer.kind !== 'success') return;
  view.counts.clear();
  view.tokens = [];
  for (const known of view.known.values()) known.counts.clear();
}

function learnRecords(view: View, own: Map<string, number>, answer: Answer): void {
  if (answer.kind !== 'success') return;
  const records = answer.output['Records'];
  if (!Array.isArray(records)) return;
  for (const record of records) {
    if (!isObject(record) || typeof record['Key'] !== 'string' || typeof record['SyncCount'] !== 'number') continue;
    view.counts.set(record['Key'], record['SyncCount']);
    own.set(record['Key'], record['SyncCount']);
    view.datasetCount = Math.max(view.datasetCount, record['SyncCount']);
  }
}
