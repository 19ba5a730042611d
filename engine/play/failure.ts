import { requirementOf } from '../../specs/model/state/consistency.ts';
import type { Sequence } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { namedKeys } from './named-keys.ts';
import type { Played } from './played.ts';

/** A call whose answer breaks a requirement. */
export interface Failure {
  /** requirement | operation | expected outcome class | actual outcome class */
  readonly key: string;
  readonly requirement: string;
  readonly operation: Operation;
  readonly expected: string;
  readonly actual: string;
  /** The requirements that can explain it, the most likely first. */
  readonly suspects: readonly string[];
  /** Requirements that nothing in the run speaks against: they are no suspects, whatever an answer alone may say. */
  readonly cleared?: ReadonlySet<string>;
  /** The records it is about, where the deviations name some. */
  readonly keys: readonly string[];
  readonly step: number;
  /** HTTP calls up to and with the one that fails. */
  readonly calls: number;
  /** An earlier answer of the play was not as foreseen, so this may be its consequence. */
  readonly secondary: boolean;
}

/** The failures that one judged call shows: one for each requirement that is most likely to blame. */
export function failuresOf(played: Played): readonly Failure[] {
  const bySuspect = new Map<string, Failure>();
  if (played.deviations.length === 0) return [];
  const keys = namedKeys(played, played.deviations);
  for (const { suspects } of played.deviations) {
    const requirement = suspects[0];
    if (requirement === undefined) continue;
    const known = bySuspect.get(requirement);
    if (known !== undefined && suspects.every((suspect) => known.suspects.includes(suspect))) continue;
    const all = known === undefined ? suspects : [...new Set([...known.suspects, ...suspects])];
    bySuspect.set(requirement, {
      key: failureKey(requirement, played),
      requirement: requirementOf(requirement).id,
      operation: played.operation,
      expected: played.expected,
      actual: played.actual,
      suspects: all,
      keys,
      step: played.step,
      calls: played.race?.all.length ?? played.call + played.exchanges.length,
      secondary: played.afterDeviation,
    });
  }
  return [...bySuspect.values()];
}

function failureKey(requirement: string, played: Played): string {
  return `${requirement}|${played.operation}|${played.expected}|${played.actual}`;
}

/** Whether `other` is the same failure as `wanted`, or the same one seen more clearly. */
export function sameFailure(wanted: Failure, other: Failure): boolean {
  return (
    other.operation === wanted.operation &&
    other.expected === wanted.expected &&
    other.actual === wanted.actual &&
    (wanted.secondary || !other.secondary) &&
    (other.suspects.every((suspect) => wanted.suspects.includes(suspect)) ||
      isWire(wanted, other) ||
      isClouded(wanted, other))
  );
}

/** Seen less clearly: beside the first suspect there are others again, but they have an alibi. */
function isClouded(wanted: Failure, other: Failure): boolean {
  const [first = ''] = wanted.suspects;
  return (
    other.suspects.includes(first) &&
    other.suspects.every((suspect) => wanted.suspects.includes(suspect) || wanted.cleared?.has(suspect) === true)
  );
}

/** `other`, which is the same as `wanted`, with what is known of `wanted`: suspects that were cleared stay so. */
export function asSeen(wanted: Failure, other: Failure): Failure {
  const suspects = other.suspects.filter((suspect) => wanted.suspects.includes(suspect));
  const [first] = suspects;
  if (first === undefined || isWire(wanted, other)) return other;
  return {
    ...other,
    suspects,
    requirement: requirementOf(first).id,
    key: [first, ...other.key.split('|').slice(1)].join('|'),
    ...(wanted.cleared === undefined ? {} : { cleared: wanted.cleared }),
  };
}

/** What a server cannot say at all is the same failure whatever was asked. */
function isWire(wanted: Failure, other: Failure): boolean {
  return wanted.requirement.startsWith('wire/') && wanted.requirement === other.requirement;
}
/** A sequence that fails, with the failure it ends in. */

export interface Failing {
  readonly sequence: Sequence;
  readonly failure: Failure;
}
