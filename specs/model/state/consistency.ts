import { contract, requirement } from '../../contract.ts';
import type { Requirement } from '../../types/contract-types.ts';

const prefix = 'consistency/';

/** For every choice that targets are held to by no requirement of its own: a target that took an option stays with it. */
const consistencyRequirements: readonly Requirement[] = contract.choices
  .filter((choice) => choice.held && choice.heldBy === undefined)
  .map((choice) => ({
    id: `${prefix}${choice.id}`,
    group: 'consistency',
    title: `The target answers "${choice.question}" the same way every time.`,
    level: 'relied-on',
    ...(choice.about === undefined ? {} : { about: choice.about }),
    sources: [
      `Nothing documents this; clients can only rely on a server that keeps to its own answer (${choice.sources.join(', ')})`,
    ],
  }));

const byId = new Map(consistencyRequirements.map((one) => [one.id, one]));

/** A requirement of the contract or of consistency; throws when there is none of that id. */
export function requirementOf(id: string): Requirement {
  return byId.get(id) ?? requirement(id);
}

/** Every requirement that a run can judge. */
export const allRequirements: readonly Requirement[] = [...contract.requirements, ...consistencyRequirements];

const told: ReadonlySet<string> = new Set(allRequirements.filter(({ about }) => about === 'told').map(({ id }) => id));

/** Whether a breach only shows wrongly what was done rightly: after it the model's state still holds. */
export function isTold(id: string): boolean {
  return told.has(id);
}
