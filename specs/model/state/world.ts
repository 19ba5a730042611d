import type { Rules } from './rules.ts';
import type { DatasetName, DatasetState, TokenState, Trace } from './dataset-state.ts';
import { refusedDemand } from './refused-trace.ts';

/** What the model believes about a target. Plain immutable data. */

export interface World {
  readonly datasets: ReadonlyMap<string, DatasetState>;
  /** Tokens by text. One text may have been given for several datasets. */
  readonly tokens: ReadonlyMap<string, readonly TokenState[]>;
  /** Numbers the tokens in the order they were given. */
  readonly serial: number;
  /** Pauses so far that were long enough for any server's clock to move. */
  readonly pauses: number;
  /** The pools as last listed in one piece, and what walks by pages have shown since; null while no listing was whole. */
  readonly pools: SeenPools | null;
  /** Whether the identities may hold datasets that are not ours. */
  readonly shared: boolean;
  /** The service's, or those of a server with a fault. */
  readonly rules: Rules;
}

export interface SeenPools {
  readonly ids: readonly string[];
  readonly walks: readonly (readonly string[])[];
}

/** Enough to explain a listing; older traces only cost memory. */
const traceLimit = 24;
/** Tokens remembered per world: sequences look back over a few only. */
const tokenLimit = 64;

export function emptyWorld(shared: boolean, rules: Rules): World {
  return { datasets: new Map(), tokens: new Map(), serial: 0, pauses: 0, pools: null, shared, rules };
}

export function datasetKey(id: DatasetName): string {
  // None of the three can hold a line break.
  return `${id.pool}\n${id.identity}\n${id.name}`;
}

export function datasetOf(world: World, id: DatasetName): DatasetState {
  return world.datasets.get(datasetKey(id)) ?? unknownDataset(world, id);
}

/** Whether the model does not know the dataset's state. */
export function inDoubt(world: World, id: DatasetName): boolean {
  return world.datasets.get(datasetKey(id))?.doubt === true;
}

/** Whatever was written before to other datasets can shine through in one that nobody has touched. */
function unknownDataset(world: World, id: DatasetName): DatasetState {
  const written = [...world.datasets.values()].filter((other) => other.updates > 0);
  return {
    id,
    exists: false,
    count: 0,
    deletedAt: null,
    erased: new Map(),
    earlier: [],
    listed: null,
    updates: 0,
    records: new Map(),
    created: null,
    modified: null,
    storage: null,
    peak: 0,
    still: null,
    updatedAtPause: 0,
    doubt: false,
    since: written.map((other) => ({ kind: 'elsewhere', relation: relation(other.id, id) })),
    refused: null,
  };
}

export function withDataset(world: World, dataset: DatasetState): World {
  return { ...world, datasets: new Map(world.datasets).set(datasetKey(dataset.id), dataset) };
}

/** Notes on `id` what was done to it, and on every other known dataset that something was done elsewhere. */
export function withTrace(world: World, id: DatasetName, trace: Trace): World {
  const datasets = new Map(world.datasets);
  const key = datasetKey(id);
  for (const [otherKey, other] of datasets) {
    if (otherKey !== key)
      datasets.set(otherKey, traced(other, { kind: 'elsewhere', relation: relation(id, other.id) }));
  }
  datasets.set(key, traced(datasetOf(world, id), trace));
  return { ...world, datasets };
}

function traced(dataset: DatasetState, trace: Trace): DatasetState {
  const since = [...dataset.since.slice(1 - traceLimit), trace];
  const refused = trace.kind === 'refused' ? trace : trace.kind === 'accepted' ? null : dataset.refused;
  return { ...dataset, since, refused, still: stillAfter(dataset, trace) };
}

function stillAfter({ still }: DatasetState, trace: Trace): DatasetState['still'] {
  if (trace.kind === 'read' || trace.kind === 'elsewhere') return still;
  return trace.kind === 'refused' && still !== null ? [...new Set([...still, refusedDemand(trace)])] : null;
}

function relation(a: DatasetName, b: DatasetName): 'names-apart' | 'identities-apart' | 'pools-apart' {
  if (a.pool !== b.pool) return 'pools-apart';
  return a.identity === b.identity ? 'names-apart' : 'identities-apart';
}

/** Notes the token a listing gave. `continues`: the token that was presented; its session goes on, so it does not age (S-35, S-38). */
export function withToken(world: World, id: DatasetName, text: string, continues: string | undefined): World {
  const dataset = datasetKey(id);
  const tokens = new Map(world.tokens);
  const known = tokens.get(text) ?? [];
  const others = known.filter((token) => token.dataset !== dataset);
  const presented = tokens.get(continues ?? '')?.find((token) => token.dataset === dataset);
  if (continues !== undefined && presented !== undefined) {
    const states = tokens.get(continues) ?? [];
    tokens.set(
      continues,
      states.map((token) => (token === presented ? { ...token, presented: true } : token)),
    );
  }
  tokens.delete(text);
  tokens.set(text, [
    ...others,
    {
      dataset,
      serial: presented?.serial ?? world.serial,
      spent: false,
      outlived: false,
      // A listing that presents a used token may go on with the used session.
      uncertain: presented?.spent === true || presented?.outlived === true || presented?.uncertain === true,
      conflicted: text === continues && presented?.conflicted === true,
      presented: text === continues,
    },
  ]);
  if (tokens.size > tokenLimit) {
    const oldest = tokens.keys().next();
    if (oldest.done !== true) tokens.delete(oldest.value);
  }
  return { ...world, tokens, serial: world.serial + 1 };
}

/**
 * Applies `change` to every token of one dataset. Sessions know no pool (S-32), so what becomes of those of the same identity
 * and name in another is not known.
 */
export function mapTokens(
  world: World,
  dataset: string,
  change: (token: TokenState, text: string) => TokenState,
): World {
  const tokens = new Map<string, readonly TokenState[]>();
  for (const [text, states] of world.tokens) {
    tokens.set(
      text,
      states.map((state) => {
        if (state.dataset === dataset) return change(state, text);
        return sameButPool(state.dataset, dataset) ? { ...state, uncertain: true } : state;
      }),
    );
  }
  return { ...world, tokens };
}

/** Whether the keys of two datasets differ in nothing but the pool. */
export function sameButPool(a: string, b: string): boolean {
  return a !== b && a.slice(a.indexOf('\n')) === b.slice(b.indexOf('\n'));
}

/** Applies `change` to one token, for whichever datasets it was given. */
export function mapToken(world: World, text: unknown, change: (token: TokenState) => TokenState): World {
  const states = typeof text === 'string' ? world.tokens.get(text) : undefined;
  if (typeof text !== 'string' || states === undefined) return world;
  return { ...world, tokens: new Map(world.tokens).set(text, states.map(change)) };
}
