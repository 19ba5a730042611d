import type { Input, Json, Operation } from '../../../specs/types/wire.ts';
import type { ResolvedOptions } from './options.ts';
import type { ReceivedRequest } from './request.ts';
import type { Refusal } from './refusal.ts';
import type { findRoute } from './routes.ts';
import type { Shape } from './shapes.ts';
import type { Scope } from './sigv4.ts';
import type { Change, Disk } from './disk.ts';
import type { DatasetState, IdentityState, PoolState, RecordState, World } from './world.ts';

/** One running endpoint, as its functions see it. */
export interface Service {
  readonly world: World;
  /** Where changes are kept; without one they end with the process. */
  readonly disk?: Disk;
  readonly options: ResolvedOptions;
  readonly behaviour: Behaviour;
}

export interface Output {
  [member: string]: Json;
}

/** What goes back over the wire. `text`, when set, is sent instead of `body`. */
export interface Answer {
  readonly status: number;
  readonly errorType?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body: Output;
  readonly text?: string;
}

export interface DatasetPath {
  readonly poolId: string;
  readonly identityId: string;
  readonly name: string;
}

/** One patch of an update; `value` null means that none was sent. */
export interface Patch {
  readonly op: 'remove' | 'replace';
  readonly key: string;
  readonly count: number;
  readonly value: string | null;
  readonly deviceDate: number | null;
}

/**
 * What an update makes of one patch.
 * `write`: stored at the next count. `same`: changes nothing, the batch decides about its count.
 * `keep`: accepted, the record stays as it is. `raise`: nothing is stored, the dataset's count rises.
 * `ignore`: accepted without any effect, and not part of the answer.
 */
export type Judgement = Refusal | 'ignore' | 'keep' | 'raise' | 'same' | 'write';

export interface JudgedPatch {
  readonly patch: Patch;
  readonly record: RecordState | undefined;
  readonly judgement: Judgement;
}

/** What a session token says (S-32). `expires` in epoch milliseconds. */
export interface SessionClaims {
  readonly sessionId: string;
  readonly serial: number;
  readonly identityId: string;
  readonly datasetName: string;
  readonly expires: number;
}

/** A member that breaks a constraint of its type. */
export interface Violation {
  readonly member: string;
  readonly value: string;
  readonly constraint: string;
}

/** Part of a list: `next` is the index of the first item of the next page. */
interface Page<T> {
  readonly items: readonly T[];
  readonly next: number | undefined;
}

interface Listing {
  readonly page: readonly RecordState[];
  readonly newer: readonly RecordState[];
  readonly all: readonly RecordState[];
}

/** Where things are kept: two names with one key share their data. */
interface StorageBehaviour {
  poolKey(poolId: string): string;
  identityKey(identityId: string): string;
  datasetKey(name: string): string;
  recordKey(key: string): string;
  findRecord(service: Service, dataset: DatasetState, key: string): RecordState | undefined;
  /** Where a dataset's data is, whether or not it exists. */
  findDataset(service: Service, path: DatasetPath): DatasetState;
}

interface TokenBehaviour {
  /** The token of a listing; `presented` is the valid one the caller brought. */
  issueToken(service: Service, dataset: DatasetState, path: DatasetPath, presented: SessionClaims | undefined): string;
  /** Undefined for a text this endpoint never issued. */
  readToken(service: Service, text: string): SessionClaims | undefined;
  tokenBelongs(claims: SessionClaims, path: DatasetPath): boolean;
  tokenExpired(service: Service, claims: SessionClaims): boolean;
  tokenSpent(service: Service, claims: SessionClaims): boolean;
  tokenProblem(
    service: Service,
    claims: SessionClaims | undefined,
    path: DatasetPath,
    use: 'list' | 'update',
  ): Refusal | undefined;
  /** Called for every accepted update. */
  spendToken(service: Service, dataset: DatasetState, claims: SessionClaims | undefined): void;
}

/** UpdateRecords: validate, judge every patch, and only then apply. */
interface UpdateBehaviour {
  readPatches(service: Service, input: Input): readonly Patch[] | Refusal;
  /** Whether a sent count is the current one (S-03). */
  countMatches(current: number, sent: number): boolean;
  sameValue(record: RecordState, patch: Patch): boolean;
  conflict(key: string, current: number, sent: number): Refusal;
  judgePatch(service: Service, dataset: DatasetState, record: RecordState | undefined, patch: Patch): Judgement;
  judgeBatch(service: Service, dataset: DatasetState, patches: readonly Patch[]): readonly JudgedPatch[];
  firstRefusal(judged: readonly JudgedPatch[]): Refusal | undefined;
  quotaProblem(service: Service, dataset: DatasetState, judged: readonly JudgedPatch[]): Refusal | undefined;
  /** The dataset's count after a batch that changes something (S-05). */
  nextCount(dataset: DatasetState, judged: readonly JudgedPatch[]): number;
  /** The count of one record of the batch; `index` is the place of its patch among `size`. */
  recordCount(next: number, record: RecordState | undefined, index: number, size: number): number;
  storedKey(patch: Patch): string;
  storedValue(patch: Patch): string | null;
  storedDeviceDate(service: Service, patch: Patch): number | null;
  modifiedDate(service: Service, record: RecordState | undefined, patch: Patch): number;
  author(service: Service, dataset: DatasetState): string | null;
  makeRecord(
    service: Service,
    dataset: DatasetState,
    record: RecordState | undefined,
    patch: Patch,
    count: number,
  ): RecordState;
  storeRecord(service: Service, dataset: DatasetState, record: RecordState): void;
  /** Applies an accepted batch; returns the records of the answer in the order of the patches. */
  applyBatch(service: Service, dataset: DatasetState, judged: readonly JudgedPatch[]): readonly RecordState[];
  answeredRecords(
    service: Service,
    dataset: DatasetState,
    records: readonly RecordState[],
    judged: readonly JudgedPatch[],
  ): Json[];
  /** Nothing by default: a refused update leaves no trace. */
  afterRefusal(
    service: Service,
    dataset: DatasetState,
    judged: readonly JudgedPatch[],
    claims: SessionClaims | undefined,
    refusal: Refusal,
  ): void;
  /** Nothing by default: an update touches its own records only. */
  afterUpdate(service: Service, dataset: DatasetState, judged: readonly JudgedPatch[]): void;
}

interface ListBehaviour {
  sinceProblem(service: Service, dataset: DatasetState, since: number): Refusal | undefined;
  isNewer(record: RecordState, since: number): boolean;
  /** Negative when `a` comes first. */
  compareRecords(service: Service, a: RecordState, b: RecordState): number;
  listedRecords(service: Service, dataset: DatasetState, since: number): readonly RecordState[];
  slicePage<T>(items: readonly T[], start: number, size: number): Page<T>;
  shownCount(service: Service, listing: Listing): number;
  shownDatasetCount(service: Service, dataset: DatasetState): number;
  shownExists(dataset: DatasetState): boolean;
  deletedFlag(service: Service, dataset: DatasetState, since: number): boolean;
  /** Nothing by default: reading changes nothing. */
  afterList(service: Service, dataset: DatasetState): void;
}

interface DatasetBehaviour {
  createDataset(service: Service, dataset: DatasetState): void;
  describable(dataset: DatasetState): boolean;
  numRecords(service: Service, dataset: DatasetState): number;
  dataStorage(service: Service, dataset: DatasetState): number;
  createdDate(dataset: DatasetState): number;
  listedDatasets(service: Service, identity: IdentityState | undefined): readonly DatasetState[];
  /** The datasets that one DeleteDataset erases. */
  doomedDatasets(service: Service, identity: IdentityState | undefined, dataset: DatasetState): readonly DatasetState[];
  eraseDataset(service: Service, dataset: DatasetState): void;
}

interface RenderBehaviour {
  now(service: Service): number;
  /** A date as the answer shows it: epoch seconds (W-12), from epoch milliseconds. */
  shownDate(service: Service, ms: number): Json;
  shownValue(service: Service, record: RecordState): Json;
  renderRecord(service: Service, dataset: DatasetState, record: RecordState): Output;
  renderDataset(service: Service, dataset: DatasetState): Output;
  /** Nulls written or left out, as the choice `null-members` says. */
  finish(service: Service, output: Output): Output;
  writeJson(output: Output): string;
}

interface PoolBehaviour {
  poolUsage(service: Service, poolId: string, pool: PoolState | undefined): Output;
  identityUsage(service: Service, poolId: string, identityId: string, identity: IdentityState | undefined): Output;
  publishStatus(service: Service, pool: PoolState | undefined): 'IN_PROGRESS' | 'NOT_STARTED' | 'SUCCEEDED';
}

/** Who is asking. */
interface SignatureBehaviour {
  /** Whether a request is signed as the options ask; undefined when it is. */
  signatureProblem(service: Service, request: ReceivedRequest, operation: Operation): Refusal | undefined;
  demandsSignature(service: Service, operation: Operation): boolean;
  /** The secret key of an access key; undefined for one that does not exist. */
  secretOf(service: Service, accessKeyId: string): string | undefined;
  scopeProblem(service: Service, scope: Scope): Refusal | undefined;
  /** `signedAt`: the date of the signature as it was sent. */
  clockProblem(service: Service, signedAt: string): Refusal | undefined;
  /** The hash of the body that the signature must cover. */
  bodyHash(request: ReceivedRequest): string;
  signaturesEqual(expected: Buffer, sent: Buffer): boolean;
}

/** What survives a restart, for an endpoint that keeps its data. */
interface PersistenceBehaviour {
  /** Keys of the records that the call may make disappear, before it is performed. */
  recordKeysBefore(service: Service, operation: Operation, input: Input): readonly string[];
  /** The rows of what a call has changed. */
  changedRows(
    service: Service,
    operation: Operation,
    input: Input,
    call: { readonly keysBefore: readonly string[]; readonly answer: { readonly status: number } },
  ): readonly Change[];
  /** Writes the rows; the call is answered once this resolves. */
  acknowledge(disk: Disk, changes: readonly Change[]): Promise<void>;
  /** The world that a start finds on its disk. */
  restored(world: World): World;
}

interface ProtocolBehaviour {
  /** The operation of a method and path; the allowed methods when only the method is wrong. */
  route(method: string, path: string): ReturnType<typeof findRoute>;
  /** The body of a request, as far as it is read. */
  readBytes(request: ReceivedRequest): Buffer;
  /** Whether a body of this content type is read; undefined for none. */
  takesType(type: string | undefined): boolean;
  /** The JSON value of a body. Throws when it is none. */
  parseBody(text: string): unknown;
  /** Where a value is not of its shape; undefined when it is. */
  misfit(shape: Shape, value: Json | undefined, place: string): string | undefined;
  /** A path segment as it came, to the name it stands for. Throws URIError when it stands for none. */
  decodeSegment(segment: string): string;
  violations(service: Service, operation: Operation, input: Input): readonly Violation[];
  /** Refuses unknown pools and foreign identities. */
  accessProblem(service: Service, operation: Operation, input: Input): Refusal | undefined;
  errorAnswer(refusal: Refusal, operation: Operation | undefined): Answer;
  /**
   * Around all that an operation does: `perform` does it, by a given behaviour. Nothing by default: a call is answered in the tick in which
   * it was read, so no two ever meet. A fault may wait, and act on what it saw before.
   */
  attend(
    service: Service,
    operation: Operation,
    input: Input,
    perform: (behaviour: Behaviour) => Answer | 'drop',
  ): Answer | 'drop' | Promise<Answer | 'drop'>;
  /** The last word on every call that reached an operation; `drop` closes the connection without an answer. */
  intercept(service: Service, operation: Operation, input: Input, answer: Answer): Answer | 'drop';
}

/**
 * The endpoint as a record of small functions. Each calls the others through `service.behaviour`, so that
 * replacing one changes the endpoint in exactly that point.
 */
export interface Behaviour
  extends
    StorageBehaviour,
    TokenBehaviour,
    UpdateBehaviour,
    ListBehaviour,
    DatasetBehaviour,
    RenderBehaviour,
    PoolBehaviour,
    PersistenceBehaviour,
    SignatureBehaviour,
    ProtocolBehaviour {}

/** The functions a part of the default behaviour contributes. */
export type Part<Names extends keyof Behaviour> = Pick<Behaviour, Names>;
