/** How well a promise is proven: by the API reference, by what AWS's clients rely on, by sight alone, or by convention. */

import type { Operation } from './wire.ts';

export type Level = 'documented' | 'relied-on' | 'observed' | 'convention';
/** Strongest evidence first. */

export const LEVELS: readonly Level[] = ['documented', 'relied-on', 'observed', 'convention'];
/** One checkable promise of the service (requirements.yaml). */

/** What an answer must show before a requirement is put to the test by it. */
export const PREMISES = ['refused', 'removed-shown'] as const;
export type Premise = (typeof PREMISES)[number];

export interface Requirement {
  readonly id: string;
  /** The part of the id before the slash. */
  readonly group: string;
  /** One sentence. */
  readonly title: string;
  readonly level: Level;
  /** A breach only shows wrongly what was done rightly: what is stored is not in question. */
  readonly about?: 'told';
  /** Without it every call that the requirement is about puts it to the test. */
  readonly premise?: Premise;
  readonly sources: readonly string[];
  readonly detail?: string;
  readonly example?: string;
  /** Too costly for every run: judged only by the preset `deep`. */
  readonly deep?: boolean;
}
/** One silence of the documentation (choices.yaml): a correct server may take any option, but then keeps to it. */

export interface Choice {
  readonly id: string;
  readonly question: string;
  /** As of a requirement. */
  readonly about?: 'told';
  /** Option name to what it means. */
  readonly options: Readonly<Record<string, string>>;
  /** The option AWS is known to take, else null. */
  readonly aws: string | null;
  readonly sources: readonly string[];
  /** False: only reported, never held against the target. */
  readonly held: boolean;
  /** The requirement that holds a target to its answer, where it is not `consistency/<id>`. */
  readonly heldBy?: string;
}
export type MemberType = 'string' | 'integer' | 'long' | 'timestamp' | 'boolean' | 'list' | 'map' | 'structure';
/** A type with its constraints. Lengths are characters for strings, entries for lists and maps. */

export interface ShapeSpec {
  readonly type: MemberType;
  readonly min?: number;
  readonly max?: number;
  /** A regular expression that the whole string must match. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Element of a list, value of a map. */
  readonly of?: ShapeSpec;
  /** Members of a structure. */
  readonly fields?: readonly FieldSpec[];
}
/** A member of a structure; its name is also its name on the wire. */

export interface FieldSpec extends ShapeSpec {
  readonly name: string;
  readonly required: boolean;
}
/** An input member and where it travels. */

export interface MemberSpec extends FieldSpec {
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly wire: string;
}
export interface OperationSpec {
  readonly operation: Operation;
  readonly method: string;
  /** `/identitypools/{IdentityPoolId}/…`: names in braces are wire names of path members. */
  readonly uri: string;
  readonly input: readonly MemberSpec[];
  /** Null when the operation has no output shape at all. No output member is required. */
  readonly output: readonly FieldSpec[] | null;
  /** Names of the modelled errors it may answer. */
  readonly errors: readonly string[];
}
/** Quotas (facts) and the lengths of the shapes (W-31). */

export interface Limits {
  readonly datasetsPerIdentity: number;
  readonly recordsPerDataset: number;
  readonly bytesPerDataset: number;
  readonly bulkPublishIntervalHours: number;
  /** Bytes; what AWS's own clients allow, below the service's `keyLength`. */
  readonly clientKeyBytes: number;
  /** Characters, as all lengths below. */
  readonly keyLength: number;
  readonly valueLength: number;
  readonly datasetNameLength: number;
  readonly idLength: number;
  readonly deviceIdLength: number;
}
export interface Contract {
  readonly operations: Readonly<Record<Operation, OperationSpec>>;
  /** Modelled errors: name to HTTP status. */
  readonly errors: Readonly<Record<string, number>>;
  /** Errors any AWS service may answer: name to HTTP status. */
  readonly commonErrors: Readonly<Record<string, number>>;
  readonly limits: Limits;
  readonly requirements: readonly Requirement[];
  readonly choices: readonly Choice[];
}
/** One place where a response body has the wrong type. */

export interface OutputProblem {
  /** JSON pointer into the body; empty for the body itself. */
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
}
