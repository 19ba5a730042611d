import { setTimeout as delay } from 'node:timers/promises';
import type { Behaviour, Service } from '../reference/behaviour.ts';
import { datasetPath } from '../reference/storage.ts';
import type { DatasetState } from '../reference/world.ts';
import type { Input } from '../../specs/wire.ts';
import type { Mutant } from './mutant.ts';

const group = 'concurrency';

/** Milliseconds between a check and the write: long enough for what was sent together to arrive. */
const gap = 3;

/** A dataset as it is now, whatever becomes of it. */
function snapshot(service: Service, input: Input): DatasetState {
  const dataset = service.behaviour.findDataset(service, datasetPath(input));
  return { ...dataset, records: new Map(dataset.records) };
}

/** Updates that look at the dataset when they arrive, and act after a while by the behaviour that `afterwards` makes of what they saw. */
function lateUpdates(base: Behaviour, afterwards: (seen: DatasetState, service: Service) => Behaviour): Behaviour {
  return {
    ...base,
    attend: async (service, operation, input, perform) => {
      if (operation !== 'UpdateRecords') return perform(service.behaviour);
      const seen = snapshot(service, input);
      await delay(gap);
      return perform(afterwards(seen, service));
    },
  };
}

/** Servers that are right as long as one call comes after the other. */
export const raceMutants: readonly Mutant[] = [
  {
    id: 'checked-before-the-write',
    title: 'An update is checked against the records as they were when it arrived, and stored a moment later.',
    requirement: 'concurrency/one-accepted',
    group,
    minimum: 4,
    mutate: (base) =>
      lateUpdates(base, (seen, { behaviour }) => ({
        ...behaviour,
        judgePatch: (service, dataset, _record, patch) =>
          behaviour.judgePatch(service, dataset, seen.records.get(patch.key), patch),
      })),
  },
];
