import { type Answer, answerClass } from '../../types/answer.ts';
import type { Disposition } from '../state/disposition.ts';
import { longName, longValue } from './long-name.ts';
import { refusedDemand } from '../state/refused-trace.ts';
import { alike } from '../state/text-kind.ts';
import type { TokenVerdict } from '../state/token-verdict.ts';
import { type World, datasetOf } from '../state/world.ts';
import type { DatasetName } from '../state/dataset-state.ts';

/** Suspects for an answer of a class that is not allowed. */
export function blameUpdate(
  world: World,
  id: DatasetName,
  answer: Answer,
  dispositions: readonly Disposition[],
  token: TokenVerdict,
  questions: readonly string[],
  succeeds: boolean,
): readonly string[] {
  if (answer.kind === 'silence') return ['wire/no-server-error'];
  if (succeeds) {
    if (answer.kind === 'failure' && answer.status >= 500)
      return ['wire/no-server-error', ...dispositions.map((one) => one.demand)];
    const name = answerClass(answer);
    if (name === 'LimitExceededException') return ['quota/within-limits-accepted'];
    if (name !== 'ResourceConflictException') {
      const long = [...longName(id), ...dispositions.flatMap((one) => longValue(one.patch))];
      const odd = dispositions.flatMap((one) => [...oddities(one)]);
      const special = token.demands.filter((demand) => demand !== 'session-token/accepted');
      // Alone it is the first thing to think of, and in company as well.
      const open = questions.filter((one) => one !== afterDeletion || name === 'ResourceNotFoundException');
      const erased = name === 'ResourceNotFoundException' ? erasedElsewhere(world, id) : [];
      if (erased.length > 0) return unique([...erased, ...open, 'session-token/accepted', ...rank(dispositions)]);
      if (odd.length > 0 || special.length > 0 || open.length > 0 || long.length > 0)
        return unique([
          ...long,
          ...open,
          ...special,
          ...odd,
          'session-token/accepted',
          ...dispositions.map((one) => one.demand),
        ]);
      // What is special about the patches explains it better than a token as good as any other.
      const demands = rank(dispositions);
      const rare = demands.filter((demand) => /^(?:record|consistency\/remove)[/-]/.test(demand));
      // What a remove of an unknown key does is asked in vain where none is taken.
      if (rare.length > 0 && dispositions.some(({ patch }) => patch.op === 'remove'))
        rare.push('record/remove-accepted');
      return unique([...rare, 'session-token/accepted', ...demands]);
    }
    // A key taken for another that looks like it shows as a conflict that nobody caused.
    const taken = dispositions.some((one) => looksLikeAnother(world, id, one)) ? ['record/keys-distinct'] : [];
    const dataset = datasetOf(world, id);
    const again =
      !dataset.exists && dataset.deletedAt !== null ? ['dataset/recreated-keys-at-zero', 'dataset/delete-erases'] : [];
    const repeated = questions.filter((one) => one === 'consistency/duplicate-keys');
    return unique([
      ...again,
      ...repeated,
      ...tried(world, id, dispositions),
      ...taken,
      ...elsewhereFirst(world, id),
      ...rank(dispositions),
    ]);
  }
  // Refused by right, accepted or otherwise answered.
  const refusing = dispositions.filter((one) => one.effect === 'refuse');
  if (token.verdict === 'refuse') return [token.demand];
  const demands = refusing.map((one) => one.demand).filter((demand) => demand !== '');
  const conflicts = demands.some((demand) => demand.startsWith('conflict/'));
  if (answer.kind === 'failure') {
    const status = conflicts ? ['conflict/status-and-type'] : [...tried(world, id, dispositions), ...demands];
    return answer.status >= 500 ? ['wire/no-server-error', ...status] : [...status, 'wire/error-is-declared'];
  }
  // Without the other patches it may be refused: then the batch is to blame. If not, the shrinker leaves them out.
  const stalePatch = refusing.some((one) => one.types.includes('ResourceConflictException'));
  const partly = stalePatch && refusing.length < dispositions.length ? [oneOfMany] : [];
  if (!conflicts) return unique([...partly, ...demands]);
  // One stale count may be taken for any other: 0 against an existing record is one, and so is a stale remove. Of several
  // in a batch one may be enough.
  const batch = dispositions.length > 1 ? [oneOfMany] : [];
  return unique([...partly, ...demands, ...stale, ...batch]);
}

const afterDeletion = 'consistency/update-after-deletion';

const oneOfMany = 'conflict/one-stale-refuses-batch';
const stale = ['conflict/stale-refused', 'conflict/zero-against-existing', 'conflict/stale-remove-refused'];

/** A conflict about a record that a refused update named: most likely that update was stored in part. */
function tried(world: World, id: DatasetName, dispositions: readonly Disposition[]): readonly string[] {
  const keys = new Set(dispositions.map((one) => one.patch.key));
  const naming = datasetOf(world, id).since.filter((trace) => trace.kind === 'refused');
  return naming.filter((trace) => trace.patches.some(({ key }) => keys.has(key))).map(refusedDemand);
}

/** On a dataset that was never written, a conflict most likely comes from another dataset. */
function elsewhereFirst(world: World, id: DatasetName): readonly string[] {
  const dataset = datasetOf(world, id);
  return dataset.updates > 0
    ? []
    : dataset.since.flatMap((trace) => (trace.kind === 'elsewhere' ? [`dataset/${trace.relation}`] : []));
}

/** To a server that mixes datasets up, one that was never written is one that was deleted. */
function erasedElsewhere(world: World, id: DatasetName): readonly string[] {
  const isDeleted = [...world.datasets.values()].some(({ exists, deletedAt }) => !exists && deletedAt !== null);
  return isDeleted && !datasetOf(world, id).exists ? elsewhereFirst(world, id) : [];
}

function looksLikeAnother(world: World, id: DatasetName, one: Disposition): boolean {
  const keys = [...datasetOf(world, id).records.keys()];
  return one.record === undefined && keys.some((key) => key !== one.patch.key && alike(key, one.patch.key));
}

/** Rarer kinds first: a refusal is more likely about what is special in the request. */
function rank(dispositions: readonly Disposition[]): readonly string[] {
  const order = [
    'record/tombstone-count-recreates',
    'record/remove-accepted',
    'sync-count/current-count-accepted',
    'sync-count/new-record-at-zero',
  ];
  const demands = dispositions.map((one) => one.demand).filter((demand) => demand !== '');
  return [...demands].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

function oddities(one: Disposition): readonly string[] {
  const odd: string[] = [];
  if (one.patch.deviceDate !== undefined) odd.push('wire/timestamp-forms');
  if (one.patch.value === '') odd.push('record/empty-value');
  if (!/^[a-zA-Z0-9]*$/.test(one.patch.key)) odd.push('record/key-exact');
  if (one.patch.value !== undefined && !/^[a-zA-Z0-9]*$/.test(one.patch.value)) odd.push('record/value-exact');
  return odd;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
