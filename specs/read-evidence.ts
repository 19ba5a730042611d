import { readdirSync } from 'node:fs';
import { contract } from './contract.ts';
import { count, entries, fault, fields, items, need, object, readSpec, text, word } from './load/yaml-fields.ts';
import type { Node } from './load/yaml-fields.ts';
import type { Input, Operation } from './types/wire.ts';

/** A past exchange with the real service, told so that it can be played again (evidence/README.md). */
export interface Evidence {
  readonly id: string;
  readonly source: string;
  readonly note: string;
  /** What the dataset of the first step already held, where the exchange presupposes it. */
  readonly given: EvidenceState | null;
  readonly steps: readonly EvidenceStep[];
}

interface EvidenceState {
  readonly count: number;
  readonly records: readonly { readonly Key: string; readonly Value: string | null; readonly SyncCount: number }[];
}

export interface EvidenceStep {
  readonly operation: Operation;
  readonly input: Input;
  /** `unseen`: nobody tells the answer, but the call must have gone before. */
  readonly seen: SeenOutput | SeenError | 'unseen';
}

/** A success. Only the members named were seen. */
interface SeenOutput {
  readonly kind: 'output';
  readonly output: Input;
}

/** A refusal; members not seen are missing. */
interface SeenError {
  readonly kind: 'error';
  readonly type?: string;
  readonly status?: number;
  readonly message?: string;
  /** A part of the message. */
  readonly messagePart?: string;
}

const OPERATIONS = Object.values(contract.operations).map(({ operation }) => operation);
const ERROR_KEYS = ['type', 'status', 'message', 'messagePart'];

/** Every scenario of specs/evidence, in the order of the file names. */
export function readEvidence(): readonly Evidence[] {
  const folder = new URL('./evidence/', import.meta.resolve('#specs/api.yaml'));
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.toSorted().map((file) => readScenario(readSpec(`evidence/${file}`)));
}

function readScenario(node: Node): Evidence {
  const map = fields(node, ['id', 'source', 'note', 'shared', 'given', 'steps']);
  const shared = map.get('shared');
  const common = shared ? object(shared) : {};
  const given = map.get('given');
  return {
    id: text(need(map, 'id', node)),
    source: text(need(map, 'source', node)),
    note: text(need(map, 'note', node)),
    given: given ? readGiven(given) : null,
    steps: items(need(map, 'steps', node)).map((step) => readStep(step, common)),
  };
}

function readGiven(node: Node): EvidenceState {
  const map = fields(node, ['count', 'records']);
  const records = map.get('records');
  return {
    count: count(need(map, 'count', node)),
    records: records ? items(records).map(readGivenRecord) : [],
  };
}

function readGivenRecord(node: Node): EvidenceState['records'][number] {
  const map = fields(node, ['Key', 'Value', 'SyncCount']);
  const value = need(map, 'Value', node);
  return {
    Key: text(need(map, 'Key', node)),
    Value: value.value === null ? null : text(value),
    SyncCount: count(need(map, 'SyncCount', node)),
  };
}

function readStep(node: Node, common: Input): EvidenceStep {
  const map = fields(node, ['operation', 'input', 'output', 'error']);
  const [input, output, error] = [map.get('input'), map.get('output'), map.get('error')];
  if (output && error) fault(node, 'either output or error');
  return {
    operation: word(need(map, 'operation', node), OPERATIONS),
    input: input ? { ...common, ...object(input) } : common,
    seen: output
      ? { kind: 'output', output: object(output) }
      : error
        ? { kind: 'error', ...Object.fromEntries(entries(error, ERROR_KEYS).map(([key, told]) => [key, told.value])) }
        : 'unseen',
  };
}
