import type { Choices } from './choices.ts';
import type { Operation } from '../../types/wire.ts';
import type { DatasetName, DatasetState, RecordState, TokenState } from './dataset-state.ts';
import type { Disposition } from './disposition.ts';
import type { Listing } from './expected-listing.ts';
import type { Deviation } from './deviation.ts';
import type { RefusedTrace } from './refused-trace.ts';
import type { TokenVerdict } from './token-verdict.ts';

/** A patch among the others of its update. */
export interface AtPatch {
  readonly dataset: DatasetState;
  /** All patches of the update, each seen alone, in the order of the request. */
  readonly all: readonly Disposition[];
  readonly index: number;
}

/** An update that is accepted. */
export interface AtUpdate {
  readonly dataset: DatasetState;
  readonly effects: readonly Disposition[];
  /** The other datasets of the identity. */
  readonly neighbours: () => readonly DatasetState[];
}

/** An update that is refused. */
export interface AtRefusal {
  readonly dataset: DatasetState;
  readonly because: RefusedTrace['because'];
  readonly all: readonly Disposition[];
}

/** What a refused update leaves behind all the same. */
export interface Leak {
  readonly stored: readonly Disposition[];
  /** Whether the dataset's count rises, and the stored records have that count. */
  readonly raises: boolean;
  /** Whether the dataset exists afterwards. */
  readonly creates: boolean;
}

/**
 * What the service does, as small pure functions, each asked at one place of the model. The model's own answer comes in,
 * the answer of this server goes out: the service changes nothing. A fault hypothesis overrides one of them.
 */
export interface Rules {
  /** Datasets with the same text are one to the server. */
  readonly sameDataset: (id: DatasetName) => string;
  /** Keys with the same text are one record to the server. */
  readonly sameKey: (key: string) => string;
  /** The key that a record has once it was written. `stored`: the key it had, undefined where it is new. */
  readonly keptKey: (stored: string | undefined, sent: string) => string;
  /** The options that the server takes for this dataset. */
  readonly options: (choices: Choices, dataset: DatasetState) => Choices;
  readonly decide: (one: Disposition, at: AtPatch) => Disposition;
  /** `token`: what is known of it, undefined where it was never given for this dataset. */
  readonly token: (verdict: TokenVerdict, token: TokenState | undefined) => TokenVerdict;
  /** The dataset's count after an accepted update. */
  readonly datasetCount: (count: number, at: AtUpdate) => number;
  /** The count of one record of an accepted update. */
  readonly recordCount: (count: number, one: Disposition, at: AtUpdate) => number;
  /** The effects that are really stored. */
  readonly stored: (effects: readonly Disposition[], at: AtUpdate) => readonly Disposition[];
  readonly storedValue: (value: string) => string | null;
  readonly refused: (at: AtRefusal) => Leak;
  /** The records of a deleted dataset that are there when it is written again. `checked`: as patches are checked against them. */
  readonly survivors: (dataset: DatasetState, checked: boolean) => ReadonlyMap<string, RecordState>;
  readonly deleted: (after: DatasetState, before: DatasetState) => DatasetState;
  readonly read: (dataset: DatasetState) => DatasetState;
  /** Whether a listing shows the record. */
  readonly listed: (record: RecordState, listing: Omit<Listing, 'lists'>) => boolean;
  /** The dataset as ListRecords shows it. */
  readonly shown: (dataset: DatasetState, listing: Omit<Listing, 'lists'>) => DatasetState;
  /** Whether the answer is wrong in this point while what was done is right. */
  readonly misreports: (deviation: Deviation, operation: Operation) => boolean;
}
