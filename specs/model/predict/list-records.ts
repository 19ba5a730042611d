import { type Answer, answerClass } from '../../types/answer.ts';
import type { Input } from '../../types/wire.ts';
import { sampleListing } from '../inspect/listing-sample.ts';
import { fold, textKind } from '../state/text-kind.ts';
import { worldAfterListing } from '../inspect/after-listing.ts';
import { longName } from '../blame/long-name.ts';
import { inspectListing } from '../inspect/listing-outcome.ts';
import type { Listing } from '../state/expected-listing.ts';
import type { Allowance, Exercise, Prediction } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import { elsewhere } from '../state/elsewhere.ts';
import { refusedDemand } from '../state/refused-trace.ts';
import { endedOtherwise } from '../rules/tokens.ts';
import { type World, datasetKey, datasetOf, sameButPool, withDataset, withTrace } from '../state/world.ts';
import type { DatasetName, DatasetState, RecordState } from '../state/dataset-state.ts';

const clientErrors: readonly string[] = [];
const invalid = ['InvalidParameterException', 'ValidationException'];

/** Predicts a full walk of ListRecords: all pages with one set of parameters, their records joined. */
export function predictList(world: World, id: DatasetName, input: Input, usual: Choices): Prediction {
  const dataset = datasetOf(world, id);
  const choices = world.rules.options(usual, dataset);
  const since = typeof input['LastSyncCount'] === 'number' ? input['LastSyncCount'] : 0;
  const presented = typeof input['SyncSessionToken'] === 'string' ? input['SyncSessionToken'] : undefined;
  const asked: Omit<Listing, 'lists'> = {
    id,
    dataset,
    since,
    asked: input['LastSyncCount'] !== undefined,
    presented,
    sized: input['MaxResults'] !== undefined,
    choices,
    pauses: world.pauses,
  };
  const lists = (record: RecordState): boolean => world.rules.listed(record, asked);
  const listing: Listing = { ...asked, lists };
  /** As this server shows it. */
  const shown: Listing = { ...listing, dataset: world.rules.shown(dataset, asked) };
  const astray = (): World => withDataset(world, { ...dataset, doubt: true });
  const rules = rulesOf(world, listing);
  const success: Allowance = {
    kind: 'success',
    why: rules.why,
    inspect: (output, moment) => inspectListing(shown, output, moment),
    after: (output, moment) => worldAfterListing(world, listing, output, moment),
    sample: (at) => sampleListing(shown, world.serial, at),
  };
  const refusal = (types: readonly string[], suspect: string): Allowance => ({
    kind: 'refusal',
    why: rules.why,
    types,
    typeSuspects: [suspect],
    after: () => withTrace(world, id, { kind: 'read' }),
  });
  const allowed = rules.refuse === null ? [success] : [refusal(rules.types, rules.demand)];
  const open = dataset.doubt || rules.open;
  return {
    allowed,
    open,
    exercises: open ? [] : exercisesOf(listing, rules),
    blame: (answer) => blame(answer, listing, rules),
    astray,
  };
}

interface Rules {
  readonly refuse: true | null;
  readonly types: readonly string[];
  readonly open: boolean;
  /** Who demands the outcome. */
  readonly demand: string;
  readonly why: string;
}

const answers: Rules = { refuse: null, types: [], open: false, demand: '', why: '' };

function byOption(
  id: string,
  option: string | undefined,
  refusing: string,
  types: readonly string[],
  why: string,
): Rules {
  const demand = `consistency/${id}`;
  return { refuse: option === refusing ? true : null, types, open: option === undefined, demand, why };
}

function rulesOf(world: World, listing: Listing): Rules {
  const { dataset, since, choices, presented } = listing;
  const token = presented === undefined ? answers : tokenRules(world, listing, presented);
  if (token.open || token.refuse !== null) return token;
  const never = !dataset.exists && dataset.deletedAt === null;
  if (never && since > 0) {
    return byOption(
      'since-above-unknown-dataset',
      choices['since-above-unknown-dataset'],
      'invalid',
      invalid,
      `the dataset does not exist and changes after ${since} are asked for`,
    );
  }
  if (never) {
    const demand = token.demand === '' ? 'list-records/unknown-dataset' : token.demand;
    return { ...answers, demand, why: 'the dataset does not exist' };
  }
  if (!dataset.exists) {
    const rules = byOption(
      'list-after-deletion',
      choices['list-after-deletion'],
      'not-found',
      ['ResourceNotFoundException'],
      'the dataset was deleted',
    );
    // After which counts of a deleted dataset may be asked is nowhere said, beyond its own.
    return since > (dataset.deletedAt ?? 0) ? { ...rules, open: true } : rules;
  }
  if (since > dataset.count) {
    return byOption(
      'since-above',
      choices['since-above'],
      'invalid',
      invalid,
      `the dataset is at ${dataset.count} and changes after ${since} are asked for`,
    );
  }
  return {
    ...answers,
    demand: token.demand === '' ? 'list-records/answers' : token.demand,
    why: `the dataset is at ${dataset.count}${since > 0 ? ` and changes after ${since} are asked for` : ''}`,
  };
}

function tokenRules(world: World, listing: Listing, presented: string): Rules {
  const state = world.tokens.get(presented)?.find((token) => token.dataset === datasetKey(listing.id));
  if (state === undefined || state.uncertain)
    return { ...answers, open: true, why: 'the token is not of this dataset' };
  const isOlder = state.serial < newestSerial(world, datasetKey(listing.id));
  const otherReason = state.spent ? endedOtherwise(state, isOlder, listing.choices) : null;
  if (otherReason !== null && listing.choices['spent-token-list'] === 'accepted')
    return { ...answers, open: true, why: otherReason };
  if (state.spent)
    return byOption(
      'spent-token-list',
      listing.choices['spent-token-list'],
      'refused',
      clientErrors,
      'an accepted update has used the token',
    );
  if (state.outlived) return { ...answers, open: listing.choices['token-after-other-update'] !== 'accepted' };
  if (isOlder) return { ...answers, open: listing.choices['older-token'] !== 'accepted' };
  return { ...answers, demand: 'session-token/usable-for-reads', why: 'the token is fresh' };
}

function newestSerial(world: World, dataset: string): number {
  let newest = -1;
  for (const states of world.tokens.values())
    for (const state of states)
      if (state.dataset === dataset || sameButPool(state.dataset, dataset)) newest = Math.max(newest, state.serial);
  return newest;
}

function exercisesOf(listing: Listing, rules: Rules): readonly Exercise[] {
  const { dataset, since } = listing;
  const exercises: Exercise[] = [];
  const add = (requirement: string, context: string): void => void exercises.push({ requirement, context });
  if (rules.demand !== '') add(rules.demand, since > 0 ? 'since' : 'all');
  if (rules.refuse !== null) return exercises;
  add('list-records/token-present', dataset.exists ? 'exists' : 'unknown');
  add('list-records/dataset-exists', existence(dataset));
  add('list-records/merged-names', existence(dataset));
  add('list-records/count-member', since > 0 ? 'since' : 'all');
  if (!dataset.exists) {
    if (dataset.deletedAt !== null) add('dataset/delete-erases', 'list');
    if (dataset.deletedAt === null && dataset.since.some((trace) => trace.kind === 'read'))
      add('list-records/creates-nothing', 'list');
    if (dataset.deletedAt === null) add('dataset/deleted-flag', 'never existed');
    for (const trace of dataset.since) if (trace.kind === 'refused') add(refusedDemand(trace), 'no dataset');
    return [...exercises, ...apart(dataset)];
  }
  add('list-records/each-record-once', size(dataset));
  add(
    'dataset/deleted-flag',
    dataset.deletedAt === null
      ? 'never deleted'
      : since > 0 && since <= dataset.deletedAt
        ? 'deleted after'
        : 'deleted before',
  );
  if (since > 0) {
    add(
      'list-records/only-newer',
      since === dataset.count
        ? 'at the top'
        : [...dataset.records.values()].some((record) => record.count === since)
          ? 'at a record'
          : 'between',
    );
    add('list-records/dataset-count', since === dataset.count ? 'at the top' : 'below');
    return exercises;
  }
  add('list-records/everything-without-count', size(dataset));
  add('sync-count/dataset-count-is-highest', size(dataset));
  return [...exercises, ...stored(dataset), ...apart(dataset)];
}

function existence(dataset: DatasetState): string {
  if (dataset.exists) return dataset.deletedAt === null ? 'exists' : 'created again';
  return dataset.deletedAt === null ? 'unknown' : 'deleted';
}

function size(dataset: DatasetState): string {
  const records = dataset.records.size;
  return records <= 2 ? String(records) : records <= 8 ? 'some' : 'many';
}

/** What a full listing proves about the updates since the last one. */
function stored(dataset: DatasetState): readonly Exercise[] {
  const exercises: Exercise[] = [];
  const add = (requirement: string, context: string): void => void exercises.push({ requirement, context });
  const written = new Set<string>();
  for (const trace of dataset.since) {
    if (trace.kind === 'refused') add(refusedDemand(trace), `${Math.min(trace.patches.length, 4)} patches`);
    if (trace.kind === 'read') add('list-records/reading-changes-nothing', 'list');
    if (trace.kind === 'accepted') for (const key of trace.keys) written.add(key);
  }
  const alike = sharedFoldings(dataset.records.keys());
  for (const record of dataset.records.values()) {
    if (!written.has(record.key)) {
      if (written.size > 0) add('sync-count/untouched-records-keep', record.value === null ? 'removed' : 'live');
      continue;
    }
    add('sync-count/returned-count-is-listed', record.value === null ? 'removed' : 'live');
    if (record.value === null) {
      add('record/removed-stays-listed', size(dataset));
      add('record/removed-has-no-value', size(dataset));
    } else {
      add('record/update-is-stored', 'list');
      for (const odd of oddities(record.key, record.value)) add(odd.requirement, odd.context);
      if (alike.has(fold(record.key))) add('record/keys-distinct', 'alike');
    }
  }
  return exercises;
}

/** The foldings that several keys share. */
function sharedFoldings(keys: Iterable<string>): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const key of keys) {
    const folded = fold(key);
    (seen.has(folded) ? shared : seen).add(folded);
  }
  return shared;
}

function apart(dataset: DatasetState): readonly Exercise[] {
  return dataset.since.flatMap((trace) =>
    trace.kind === 'elsewhere' ? [{ requirement: `dataset/${trace.relation}`, context: existence(dataset) }] : [],
  );
}

/** Values and keys of the kinds where servers slip. */
function oddities(key: string, value: string): readonly Exercise[] {
  const odd: Exercise[] = [];
  if (value === '') odd.push({ requirement: 'record/empty-value', context: 'list' });
  else odd.push({ requirement: 'record/value-exact', context: textKind(value) });
  odd.push({ requirement: 'record/key-exact', context: textKind(key) });
  return odd;
}

function showsDataset(answer: Answer): boolean {
  return answer.kind === 'success' && answer.output['DatasetExists'] === true;
}

function blame(answer: Answer, listing: Listing, rules: Rules): readonly string[] {
  if (answer.kind === 'silence') return ['wire/no-server-error'];
  // A dataset that is shown and should not be there may be another's.
  if (rules.refuse !== null) return [...(showsDataset(answer) ? elsewhere(listing.dataset) : []), rules.demand];
  const { deletedAt, exists } = listing.dataset;
  // A count from before the deletion that nobody knows any more was lost with it.
  if (!exists && deletedAt !== null && listing.since > 0 && answerClass(answer) === 'InvalidParameterException')
    return ['dataset/counter-survives-deletion', rules.demand];
  const never = !listing.dataset.exists && listing.dataset.deletedAt === null;
  if (never && answerClass(answer) === 'ResourceNotFoundException')
    return [...elsewhere(listing.dataset), rules.demand === '' ? 'list-records/answers' : rules.demand];
  const refusal = answer.kind === 'failure' && answer.status < 500;
  const first = [...(refusal ? longName(listing.id) : []), ...(rules.demand === '' ? [] : [rules.demand])];
  if (answer.kind === 'failure' && answer.status >= 500 && !never) return ['wire/no-server-error', ...first];
  if (answerClass(answer) === 'ResourceNotFoundException' && listing.dataset.exists)
    return ['record/update-is-stored', ...first];
  if (listing.since > 0 && listing.dataset.exists) return ['list-records/only-newer', ...first, 'list-records/answers'];
  return [...first, 'list-records/answers'];
}
