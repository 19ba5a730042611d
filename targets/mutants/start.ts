import type { Behaviour } from '../reference/core/behaviour.ts';
import { defaultBehaviour } from '../reference/server/default-behaviour.ts';
import type { Endpoint } from '../reference/server/endpoint.ts';
import type { EndpointOptions } from '../reference/core/options.ts';
import type { Disk } from '../reference/core/disk.ts';
import { startEndpoint } from '../reference/server/server.ts';
import { mutants } from './catalogue.ts';
import type { Mutant } from './base/mutant.ts';

export type Faults = Mutant | string | readonly (Mutant | string)[];

/**
 * Starts an endpoint with the given faults, by record or by id. Given options go before those of the mutants.
 * Throws a RangeError for an id that is not in the catalogue.
 */
export async function startMutant(
  faults: Faults,
  options: Partial<EndpointOptions> = {},
  disk?: Disk,
): Promise<Endpoint> {
  const faulty = withFaults(faults, options);
  return startEndpoint(faulty.options, faulty.behaviour, disk);
}

/** The behaviour and the options of an endpoint with these faults. */
export function withFaults(
  faults: Faults,
  options: Partial<EndpointOptions>,
): { readonly behaviour: Behaviour; readonly options: Partial<EndpointOptions> } {
  const chosen = (typeof faults === 'string' || 'mutate' in faults ? [faults] : faults).map(findMutant);
  const behaviour = chosen.reduce((base, mutant) => mutant.mutate(base), defaultBehaviour);
  const all = [...chosen.map((mutant) => mutant.options ?? {}), options];
  const choices = Object.assign({}, ...all.map((some) => some.choices));
  return { behaviour, options: Object.assign({}, ...all, { choices }) };
}

function findMutant(fault: Mutant | string): Mutant {
  if (typeof fault !== 'string') return fault;
  const found = mutants.find(({ id }) => id === fault);
  if (found === undefined) throw new RangeError(`There is no mutant "${fault}".`);
  return found;
}
