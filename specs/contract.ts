import { readApi } from './load/read-api.ts';
import { readChoices, readRequirements } from './load/read-lists.ts';
import { nearest } from './nearest.ts';
import { compileOutput } from './load/output-validator.ts';
import type { Operation } from './types/wire.ts';
import { type Contract, LEVELS, type OutputProblem, type Requirement } from './types/contract-types.ts';

/** What the service must do, read from api.yaml, requirements.yaml and choices.yaml and checked. */
export const contract: Contract = {
  ...readApi(),
  requirements: readRequirements(LEVELS),
  choices: readChoices(),
};

const byId = new Map(contract.requirements.map((entry) => [entry.id, entry]));

/** The requirement of this id; throws with a suggestion when there is none. */
export function requirement(id: string): Requirement {
  const found = byId.get(id);
  if (found) return found;
  const hint = nearest(id, byId.keys());
  throw new RangeError(`unknown requirement '${id}'${hint === undefined ? '' : `; did you mean '${hint}'?`}`);
}

const checks = new Map<Operation, (body: unknown) => readonly OutputProblem[]>();

/**
 * Where a parsed 200 body breaks the operation's output shape. Judges JSON types only: null counts as absent, unknown
 * members pass, and so do lengths and patterns, which no client checks in an answer.
 */
export function outputProblems(operation: Operation, body: unknown): readonly OutputProblem[] {
  let check = checks.get(operation);
  if (!check) checks.set(operation, (check = compileOutput(contract.operations[operation].output)));
  return check(body);
}
