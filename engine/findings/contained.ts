import { isObject } from '../../specs/types/answer.ts';
import type { Deviation } from '../../specs/model/state/deviation.ts';
import { type Confirmed, failingPlay, immaterial } from './minimum.ts';
import { joinPages } from '../exchange/pages.ts';
import type { Played } from '../play/played.ts';

/** A patch as it bears on a comparison: what counts of its sync count is how it stands to the record. */
interface Patch {
  readonly key: string;
  readonly value: string | null;
  readonly standing: string;
  readonly rest: string;
}

/** A call as it bears on a comparison. */
interface Call {
  readonly operation: string;
  readonly names: readonly (readonly [kind: string, name: string])[];
  readonly patches: readonly Patch[];
  readonly members: ReadonlyMap<string, string>;
  readonly http: string | undefined;
}

/** Names of one counterexample by those of another, and back. */
type Names = ReadonlyMap<string, string>;

/** What the names and values of the smaller counterexample are free to be. */
interface Freedom {
  readonly values: boolean;
  readonly keys: boolean;
  readonly datasets: boolean;
  /** How the sync counts stand to the records. */
  readonly counts: boolean;
}

/** Longer ones share little with others but their length. */
const mostCalls = 24;
/** Ways to lay one over the other that are looked at. */
const mostWays = 2_000;

/**
 * Whether a server that answers wrongly in `one` must answer wrongly in `other` as well: all its calls are among the other's, in
 * the same order and with the failing one last, and that is answered alike. Names and values may differ as far as they do
 * not matter to `one`.
 */
export function contains(other: Confirmed, one: Confirmed): boolean {
  const [inner, outer] = [failingPlay(one), failingPlay(other)];
  const [wrong, mine] = [inner.at(-1), outer.at(-1)];
  if (wrong === undefined || mine === undefined || one.failures < one.attempts || one.attempts === 0) return false;
  if (inner.length > outer.length || inner.length > mostCalls || !answeredAlike(one, wrong, other, mine)) return false;
  const free: Freedom = {
    values: one.doesNotMatter.includes(immaterial.values),
    keys: one.doesNotMatter.includes(immaterial.keys),
    datasets: one.doesNotMatter.includes(immaterial.datasets),
    counts: false,
  };
  return fitsInto(callsOf(one, inner), callsOf(other, outer), free);
}

/**
 * Whether `other` is refused for what is not allowed, but in the same wrong way in which what is allowed is refused in `one`, which
 * asks for no more: what is wrong with that comes before the reason that there is.
 */
export function refusedForTheSame(other: Confirmed, one: Confirmed): boolean {
  const [inner, outer] = [failingPlay(one), failingPlay(other)];
  const [wrong, mine] = [inner.at(-1), outer.at(-1)];
  if (wrong === undefined || mine === undefined || wrong.expected !== 'ok' || mine.expected === 'ok') return false;
  if (wrong.actual === 'ok' || wrong.actual !== mine.actual) return false;
  const [call, larger] = [callsOf(one, inner).at(-1), callsOf(other, outer).at(-1)];
  if (call === undefined || larger === undefined || call.patches.length === 0) return false;
  return fitsInto([call], [larger], { values: true, keys: true, datasets: true, counts: true });
}

/**
 * A refusal that is wrong comes before anything else could be; of answers of the right kind the same parts must be wrong. What else is
 * wrong with them may be another fault.
 */
function answeredAlike(one: Confirmed, wrong: Played, other: Confirmed, mine: Played): boolean {
  if (wrong.operation !== mine.operation || wrong.actual !== mine.actual) return false;
  if (wrong.expected !== wrong.actual) return mine.expected !== mine.actual;
  if (mine.expected !== mine.actual) return false;
  const known = new Set(ownDeviations(one, wrong).map(look));
  return ownDeviations(other, mine).every((deviation) => known.has(look(deviation)));
}

export function ownDeviations({ shrunk }: Confirmed, { deviations }: Played): readonly Deviation[] {
  const [first = ''] = shrunk.failure.suspects;
  const own = deviations.filter(({ suspects }) => suspects[0] === first);
  return own.length > 0 ? own : deviations.filter(({ suspects }) => suspects.includes(first));
}

/** A deviation without names and numbers. */
export function look({ pointer, expected, actual }: Deviation): string {
  const plain = (text: string): string => text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '"').replaceAll(/\d+/g, '#');
  return [pointer, expected, actual].map(plain).join('|');
}

function callsOf({ shrunk }: Confirmed, played: readonly Played[]): readonly Call[] {
  const known = new Map<string, number>();
  return played.map((one): Call => {
    const step = shrunk.sequence.steps[one.step];
    const ref = step === undefined || step.do === 'pause' ? undefined : shrunk.sequence.datasets[step.dataset];
    const { RecordPatches, SyncSessionToken, IdentityPoolId, IdentityId, DatasetName, ...rest } =
      one.exchanges[0]?.input ?? {};
    const own = ref !== undefined && String(DatasetName).endsWith(ref.name) ? ref.name : String(DatasetName);
    const token = step?.do === 'update' && one.operation === 'UpdateRecords' ? step.token : kindOfToken(one);
    const isolation = JSON.stringify([IdentityPoolId, IdentityId, DatasetName]);
    const patches = (Array.isArray(RecordPatches) ? RecordPatches : []).filter(isObject).map((patch): Patch => {
      const { Key, Value, SyncCount, ...more } = patch;
      const count = known.get(`${isolation} ${String(Key)}`);
      return {
        key: String(Key),
        value: typeof Value === 'string' ? Value : null,
        standing: standing(SyncCount, count),
        rest: JSON.stringify(more, dateForm),
      };
    });
    learn(known, isolation, one);
    return {
      operation: one.operation,
      names: [
        ['pool', String(IdentityPoolId)],
        ['identity', String(IdentityId)],
        ['dataset', DatasetName === undefined ? '' : own],
      ],
      patches,
      members: new Map<string, string>([
        ...Object.entries(rest).map(([member, value]) => [member, JSON.stringify(value)] as const),
        ...(one.operation === 'UpdateRecords' || SyncSessionToken !== undefined ? [['token', token] as const] : []),
      ]),
      http: one.check?.http === undefined ? undefined : JSON.stringify(one.check.http),
    };
  });
}

/** Of a date it matters how it is written, if anything. */
function dateForm(member: string, value: unknown): unknown {
  return member === 'DeviceLastModifiedDate' ? (Number.isInteger(value) ? 'whole' : 'fraction') : value;
}

function kindOfToken({ tokenFrom, exchanges }: Played): string {
  if (tokenFrom !== undefined) return 'fresh';
  return exchanges[0]?.input['SyncSessionToken'] === undefined ? 'none' : 'made-up';
}

/** How a sync count stands to the one that the record was last shown with. */
function standing(count: unknown, known: number | undefined): string {
  if (typeof count !== 'number') return JSON.stringify(count) ?? '';
  if (known === undefined) return count === 0 ? 'new' : `new at ${count}`;
  if (count === known) return 'current';
  return count === 0 ? 'zero' : count < known ? 'behind' : 'ahead';
}

function learn(known: Map<string, number>, isolation: string, { operation, exchanges }: Played): void {
  const answer = joinPages(operation, exchanges);
  if (answer?.kind !== 'success') return;
  if (operation === 'DeleteDataset') for (const key of known.keys()) if (key.startsWith(isolation)) known.delete(key);
  const records = Array.isArray(answer.output['Records']) ? answer.output['Records'] : [];
  for (const record of records.filter(isObject))
    if (typeof record['SyncCount'] === 'number')
      known.set(`${isolation} ${String(record['Key'])}`, record['SyncCount']);
}

function fitsInto(inner: readonly Call[], outer: readonly Call[], free: Freedom): boolean {
  let ways = 0;
  const from = (at: number, isolation: number, names: Names): boolean => {
    const call = inner[at];
    if (call === undefined) return true;
    const last = at === inner.length - 1;
    for (let index = last ? outer.length - 1 : isolation; index < outer.length - inner.length + at + 1; index += 1) {
      const other = outer[index];
      if (other === undefined || index < isolation) continue;
      for (const bound of fits(call, other, names, free)) {
        ways += 1;
        if (ways > mostWays) return false;
        if (from(at + 1, index + 1, bound)) return true;
      }
    }
    return false;
  };
  return from(0, 0, new Map());
}

/** The ways to read one call into another that asks for the same and perhaps for more. */
function* fits(call: Call, other: Call, names: Names, free: Freedom): Generator<Names> {
  if (call.operation !== other.operation || (call.http !== undefined && call.http !== other.http)) return;
  for (const [member, value] of call.members) if (other.members.get(member) !== value) return;
  let bound: Names | null = names;
  for (const [index, [kind, name]] of call.names.entries())
    bound = bind(bound, kind, name, other.names[index]?.[1] ?? '', kind !== 'dataset' || free.datasets);
  if (bound !== null) yield* patchesFit(call.patches, other.patches, bound, free);
}

function* patchesFit(
  patches: readonly Patch[],
  others: readonly Patch[],
  names: Names,
  free: Freedom,
): Generator<Names> {
  const [patch, ...rest] = patches;
  if (patch === undefined) {
    yield names;
    return;
  }
  for (const [index, other] of others.entries()) {
    const same = free.values ? (patch.value === null) === (other.value === null) : patch.value === other.value;
    if (!same || patch.rest !== other.rest || (!free.counts && patch.standing !== other.standing)) continue;
    const bound = bind(names, 'key', patch.key, other.key, free.keys);
    if (bound !== null) yield* patchesFit(rest, others.toSpliced(index, 1), bound, free);
  }
}

/** One name for one name. */
function bind(names: Names | null, kind: string, from: string, to: string, free: boolean): Names | null {
  if (names === null || (!free && from !== to)) return null;
  const [there, back] = [`${kind}>${from}`, `${kind}<${to}`];
  if (names.has(there) || names.has(back)) return names.get(there) === to && names.get(back) === from ? names : null;
  return new Map([...names, [there, to], [back, from]]);
}
