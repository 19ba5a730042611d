import { isObject } from '../../specs/types/answer.ts';
import { show } from '../../specs/model/state/show.ts';
import type { PatchStep, Sequence, Step } from '../../specs/types/sequence.ts';
import type { Input } from '../../specs/types/wire.ts';
import type { Exchange } from '../exchange/call.ts';
import type { Played } from '../play/played.ts';
import { sayCalls } from '../races/race-fault.ts';

/** What a call does, in the words of the sequence: `B sets a="x" at 3 (stale by 2)`. */
export function sayCall(sequence: Sequence, played: Played, exchange: Exchange): string {
  const step = played.race?.call ?? sequence.steps[played.step];
  const actor = step?.do === 'list' || step?.do === 'update' ? nameOfClient(step.actor) : 'A';
  const { input } = exchange;
  const ref = step === undefined || step.do === 'pause' ? undefined : sequence.datasets[step.dataset];
  const name = isolation(
    sequence,
    ref === undefined ? 0 : sequence.datasets.indexOf(ref),
    String(input['DatasetName'] ?? ''),
  );
  const usual = sayOperation(played, step, name, actor, input) + sayOverlaps(played);
  if (step?.do !== 'check' || played.check === undefined) return usual;
  // What is special about a written-out call is not always in its members.
  const context = step.expect.context.replace(played.operation, '').trim();
  return context === '' ? usual : `${usual}: ${context}`;
}

function sayOverlaps({ race }: Played): string {
  if (race === undefined || race.overlaps.length === 0) return '';
  return `, at the same time as ${sayCalls(race.overlaps)}`;
}

function sayOperation(played: Played, step: Step | undefined, name: string, actor: string, input: Input): string {
  switch (played.operation) {
    case 'ListRecords': {
      const since = input['LastSyncCount'] === undefined ? '' : ` after ${show(input['LastSyncCount'])}`;
      const page = input['MaxResults'] === undefined ? '' : ` by ${show(input['MaxResults'])}`;
      const token =
        input['SyncSessionToken'] === undefined ? '' : ` with the token of call ${(played.tokenFrom ?? 0) + 1}`;
      return `${actor} lists ${name}${since}${page}${token}`;
    }
    case 'UpdateRecords': {
      const symbols = step?.do === 'update' ? (step.patches ?? []) : [];
      const what = sayPatches(input['RecordPatches'], symbols, step?.do === 'check');
      return `${actor} ${what} in ${name}${sayToken(played, step?.do === 'update' ? step.token : 'fresh')}`;
    }
    case 'DescribeDataset':
      return `describe ${name}`;
    case 'DeleteDataset':
      return `delete ${name}`;
    case 'ListDatasets':
      return 'list the datasets';
    default:
      return played.operation;
  }
}

/** More patches than these of a written-out call are only counted: what is special about it follows anyway. */
const mostPatches = 3;

function sayPatches(raw: unknown, symbols: readonly PatchStep[], brief: boolean): string {
  if (raw === undefined) return 'sends no RecordPatches';
  if (!Array.isArray(raw)) return `sends RecordPatches ${show(raw)}`;
  if (raw.length === 0) return 'sends an empty list of patches';
  const patches = raw.filter(isObject);
  if (brief && (raw.length > mostPatches || patches.length < raw.length)) return `sends ${raw.length} patches`;
  return patches.map((patch, index) => sayPatch(patch, symbols[index], brief)).join(', ');
}

function sayPatch(
  patch: { readonly [member: string]: unknown },
  symbol: PatchStep | undefined,
  brief: boolean,
): string {
  const at = `at ${show(patch['SyncCount'])}${saySymbol(symbol)}`;
  const date = brief ? undefined : patch['DeviceLastModifiedDate'];
  const dated = date === undefined ? '' : ` dated ${show(date)}`;
  if (patch['Op'] === 'remove')
    return `removes ${show(patch['Key'])}${patch['Value'] === undefined ? '' : ` (with Value ${show(patch['Value'])})`} ${at}${dated}`;
  return `sets ${show(patch['Key'])}=${patch['Value'] === undefined ? '(no Value)' : show(patch['Value'])} ${at}${dated}`;
}

function saySymbol(symbol: PatchStep | undefined): string {
  if (symbol === undefined) return '';
  switch (symbol.count.at) {
    case 'behind':
      return ` (stale by ${symbol.count.by ?? 1})`;
    case 'ahead':
      return ` (ahead by ${symbol.count.by ?? 1})`;
    case 'dataset':
      return ` (${symbol.count.by ?? 1} above the dataset's)`;
    case 'known':
    case 'current':
    case 'zero':
      return '';
  }
}

function sayToken(played: Played, ref: string): string {
  if (ref === 'none') return ' without a token';
  if (ref === 'made-up') return ' with a made-up token';
  if (played.tokenFrom === undefined) return '';
  const origin =
    ref === 'other-dataset'
      ? ' (another dataset)'
      : ref === 'other-identity'
        ? ' (another identity)'
        : ref === 'spent' || ref === 'first-spent'
          ? ' (already used)'
          : '';
  return ` with the token of call ${played.tokenFrom + 1}${origin}`;
}

/** The dataset's name, with its identity and pool where the sequence has several. */
function isolation(sequence: Sequence, index: number, real: string): string {
  const ref = sequence.datasets[index];
  if (ref === undefined) return show(real);
  const identities =
    new Set(sequence.datasets.map((one) => one.identity)).size > 1 ? ` of identity ${ref.identity + 1}` : '';
  const pools = new Set(sequence.datasets.map((one) => one.pool)).size > 1 ? ` of pool ${ref.pool + 1}` : '';
  return `${ref.name}${identities}${pools}`;
}

/** A, B, … */
export function nameOfClient(actor: number): string {
  return String.fromCodePoint(65 + actor);
}

/** What came back, in one short line: `200 a@3`, `409 ResourceConflictException`. */
export function sayAnswer(exchange: Exchange): string {
  const { answer, operation } = exchange;
  if (answer.kind === 'silence') return `no usable answer (${answer.reason})`;
  if (answer.kind === 'failure') return `${answer.status} ${answer.type ?? 'without an error type'}`;
  const { output, status } = answer;
  const records = Array.isArray(output['Records']) ? output['Records'].filter(isObject) : [];
  const listed = records.slice(0, 6).map((record) => `${show(record['Key'])}@${show(record['SyncCount'])}`);
  const more = records.length > listed.length ? [`… ${records.length} records`] : [];
  switch (operation) {
    case 'UpdateRecords':
      return `${status} ${[...listed, ...more].join(', ') || 'no records'}`;
    case 'ListRecords': {
      const content = records
        .slice(0, 6)
        .map(
          (record) =>
            `${show(record['Key'])}@${show(record['SyncCount'])}=${isMissing(record['Value']) ? '(none)' : show(record['Value'])}`,
        );
      return `${status} dataset at ${show(output['DatasetSyncCount'])}${sayExistence(output['DatasetExists'])}: ${[...content, ...more].join(', ') || 'no records'}`;
    }
    case 'DescribeDataset':
      return `${status} ${isObject(output['Dataset']) ? `${show(output['Dataset']['NumRecords'])} records, ${show(output['Dataset']['DataStorage'])} stored` : 'no dataset'}`;
    case 'ListDatasets':
      return `${status} ${
        Array.isArray(output['Datasets'])
          ? output['Datasets']
              .filter(isObject)
              .map((one) => show(one['DatasetName']))
              .join(', ') || 'none'
          : 'no list'
      }`;
    default:
      return String(status);
  }
}

function sayExistence(exists: unknown): string {
  if (isMissing(exists)) return ', no DatasetExists';
  return exists === true ? '' : ', does not exist';
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
