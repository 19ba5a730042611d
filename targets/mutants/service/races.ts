import { setTimeout as delay } from 'node:timers/promises';
import type { Input } from '../../../specs/types/wire.ts';
import type { Behaviour, Service } from '../../reference/core/behaviour.ts';
import { datasetPath } from '../../reference/rules/storage.ts';
import type { DatasetState, RecordState } from '../../reference/core/world.ts';
import { refuse } from '../../reference/core/refusal.ts';
import type { Mutant } from '../base/mutant.ts';

const group = 'concurrency';

/** Milliseconds between a look and the act: long enough for what was sent together to arrive. */
const gap = 6;

/** Milliseconds that nobody waits for an answer. */
const hang = 1_500;

/** A dataset as it was when a call arrived. */
type Seen = Pick<DatasetState, 'count' | 'deletedAt' | 'records'>;

/**
 * Updates that look at the dataset when they arrive, and act after a while: as usual, but for what `late` makes of what they saw.
 * `late` gets the dataset as it is by then, too.
 */
function actingLate(
  base: Behaviour,
  late: (seen: Seen, now: DatasetState, usual: Behaviour) => Partial<Behaviour>,
): Behaviour {
  return {
    ...base,
    attend: async (service, operation, input, perform) => {
      const { behaviour } = service;
      if (operation !== 'UpdateRecords') return perform(behaviour);
      const dataset = datasetOf(service, input);
      const seen = seenIn(dataset);
      await delay(gap);
      return perform({ ...behaviour, ...late(seen, dataset, behaviour) });
    },
  };
}

function seenIn({ count, deletedAt, records }: DatasetState): Seen {
  return { count, deletedAt, records: new Map(records) };
}

function datasetOf(service: Service, input: Input): DatasetState {
  return service.behaviour.findDataset(service, datasetPath(input));
}

/** Checks patches against the records as they were. */
function judgingBy(records: ReadonlyMap<string, RecordState>, usual: Behaviour): Pick<Behaviour, 'judgePatch'> {
  return {
    judgePatch: (service, dataset, _record, patch) => usual.judgePatch(service, dataset, records.get(patch.key), patch),
  };
}

/** Updates that find another of their dataset under way. */
function meeting(
  base: Behaviour,
  late: (perform: () => ReturnType<Behaviour['attend']>) => ReturnType<Behaviour['attend']>,
): Behaviour {
  const busy = new Set<DatasetState>();
  return {
    ...base,
    attend: async (service, operation, input, perform) => {
      if (operation !== 'UpdateRecords') return perform(service.behaviour);
      const dataset = datasetOf(service, input);
      if (busy.has(dataset)) return late(() => perform(service.behaviour));
      busy.add(dataset);
      await delay(gap);
      busy.delete(dataset);
      return perform(service.behaviour);
    },
  };
}

/** Updates that meet lock their dataset: the second of them, and each that comes later, gets this answer. */
function lockedAfterMeeting(
  base: Behaviour,
  answered: (refused: ReturnType<Behaviour['errorAnswer']>) => ReturnType<Behaviour['attend']>,
): Behaviour {
  const locked = new Set<DatasetState>();
  const inner = meeting(base, () => 'drop');
  return {
    ...base,
    attend(service, operation, input, perform) {
      const dataset = datasetOf(service, input);
      const refuseIt = (): ReturnType<Behaviour['attend']> =>
        answered(base.errorAnswer(refuse('InternalErrorException', 'deadlock detected'), operation));
      if (operation !== 'UpdateRecords') return perform(service.behaviour);
      if (locked.has(dataset)) return refuseIt();
      return Promise.resolve(inner.attend(service, operation, input, perform)).then((answer) => {
        if (answer !== 'drop') return answer;
        locked.add(dataset);
        return refuseIt();
      });
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
    mutate: (base) => actingLate(base, ({ records }, _now, usual) => judgingBy(records, usual)),
  },
  {
    id: 'counted-before-the-write',
    title: 'The next count is worked out when an update arrives, and given out a moment later.',
    requirement: 'concurrency/counts-in-order',
    group,
    minimum: 4,
    mutate: (base) => actingLate(base, ({ count }) => ({ nextCount: () => count + 1 })),
  },
  {
    id: 'written-back-whole',
    title: 'An update reads all records, changes its own, and writes all of them back a moment later.',
    requirement: 'concurrency/nothing-lost',
    group,
    minimum: 5,
    mutate: (base) =>
      actingLate(base, ({ records }, _now, usual) => ({
        applyBatch: (service, dataset, judged) => {
          dataset.records = new Map(records);
          return usual.applyBatch(service, dataset, judged);
        },
      })),
  },
  {
    id: 'undone-in-part',
    title:
      'An update that turns out to be stale only while it is stored is refused, and what was stored by then stays.',
    requirement: 'concurrency/refused-changes-nothing',
    group,
    minimum: 5,
    mutate: (base) =>
      actingLate(base, ({ records }, now, usual) => ({
        afterRefusal: (service, dataset, judged, claims, refusal) => {
          const wasRight = judged.every(({ patch }) => patch.count === (records.get(patch.key)?.count ?? 0));
          const done = judged.filter(({ judgement }) => judgement === 'write').slice(0, wasRight ? 1 : 0);
          for (const { patch, record } of done)
            usual.storeRecord(service, dataset, usual.makeRecord(service, now, record, patch, now.count));
          usual.afterRefusal(service, dataset, judged, claims, refusal);
        },
      })),
  },
  {
    id: 'written-after-deletion',
    title: 'An update that was checked before the dataset was deleted is stored after it.',
    requirement: 'concurrency/deleted-stays-deleted',
    group,
    minimum: 6,
    mutate: (base) =>
      actingLate(base, ({ records, deletedAt }, now, usual) =>
        now.deletedAt === deletedAt ? {} : judgingBy(records, usual),
      ),
  },
  {
    id: 'number-taken-at-arrival',
    title: 'The next count is taken when an update arrives; if it is refused while another goes on, nobody gets it.',
    requirement: 'concurrency/counts-without-gaps',
    group,
    minimum: 5,
    mutate: (base) =>
      actingLate(base, ({ count }, now, usual) => ({
        afterRefusal: (service, dataset, judged, claims, refusal) => {
          if (now.count > count) dataset.count += 1;
          usual.afterRefusal(service, dataset, judged, claims, refusal);
        },
      })),
  },
  {
    id: 'lock-left-behind',
    title: 'An update that finds another one under way leaves its lock behind: the next one is refused, once.',
    requirement: 'concurrency/one-order',
    group,
    minimum: 6,
    mutate: (base) => {
      const locked = new WeakSet<DatasetState>();
      return {
        ...actingLate(base, ({ count }, now, usual) => {
          if (locked.delete(now))
            return {
              judgePatch: (_service, _dataset, record, patch) =>
                usual.conflict(patch.key, record?.count ?? 0, patch.count),
            };
          if (now.count > count) locked.add(now);
          return {};
        }),
      };
    },
  },
  {
    id: 'batch-stored-one-by-one',
    title: 'The records of an update are stored one after the other, and may be listed in between.',
    requirement: 'concurrency/whole-updates',
    group,
    minimum: 3,
    mutate: (base) => {
      const underWay = new Map<DatasetState, ReadonlyMap<string, RecordState>>();
      return {
        ...base,
        attend: async (service, operation, input, perform) => {
          const answer = await base.attend(service, operation, input, perform);
          if (operation !== 'UpdateRecords') return answer;
          const dataset = datasetOf(service, input);
          await delay(gap);
          underWay.delete(dataset);
          return answer;
        },
        applyBatch: (service, dataset, judged) => {
          const before = new Map(dataset.records);
          const records = base.applyBatch(service, dataset, judged);
          const first = records[0];
          if (first !== undefined && records.length > 1) underWay.set(dataset, before.set(first.key, first));
          return records;
        },
        listedRecords: (service, dataset, since) => {
          const records = underWay.get(dataset);
          return base.listedRecords(
            service,
            records === undefined ? dataset : { ...dataset, records: new Map(records) },
            since,
          );
        },
      };
    },
  },
  {
    id: 'cached-too-late',
    title: 'A listing beside an update puts what was there before it into the cache, where the next listing finds it.',
    requirement: 'concurrency/listed-at-once',
    group,
    minimum: 4,
    mutate: (base) => {
      const underWay = new Map<DatasetState, Seen>();
      const cached = new Map<DatasetState, Seen>();
      return {
        ...base,
        attend: async (service, operation, input, perform) => {
          const dataset = datasetOf(service, input);
          const [old, before] = [cached.get(dataset), underWay.get(dataset)];
          if (operation === 'ListRecords') {
            cached.delete(dataset);
            if (old !== undefined) return perform({ ...base, findDataset: () => ({ ...dataset, ...old }) });
            if (before !== undefined) cached.set(dataset, before);
          }
          if (operation !== 'UpdateRecords') return perform(service.behaviour);
          underWay.set(dataset, seenIn(dataset));
          const answer = perform(service.behaviour);
          await delay(gap);
          underWay.delete(dataset);
          return answer;
        },
      };
    },
  },
  {
    id: 'count-read-before-records',
    title: 'A listing reads the count of the dataset when it arrives, and the records a moment later.',
    requirement: 'concurrency/listing-is-one-state',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      attend: async (service, operation, input, perform) => {
        if (operation !== 'ListRecords') return perform(service.behaviour);
        const { count } = datasetOf(service, input);
        await delay(gap);
        return perform({ ...service.behaviour, shownDatasetCount: () => count });
      },
    }),
  },
  {
    id: 'second-update-hangs',
    title: 'An update that finds another of its dataset under way hangs until its connection is closed.',
    requirement: 'concurrency/meeting-calls-answered',
    group,
    minimum: 4,
    mutate: (base) => meeting(base, () => delay(hang, 'drop' as const, { ref: false })),
  },
  {
    id: 'dataset-locked-for-good',
    title: 'Once two updates of a dataset have met, every further one is answered with an internal error.',
    requirement: 'concurrency/meeting-calls-answered',
    group,
    minimum: 4,
    mutate: (base) => lockedAfterMeeting(base, (refused) => Promise.resolve(refused)),
  },
  {
    id: 'connections-dropped-for-good',
    title: 'Once two updates of a dataset have met, the connection of every further one is closed.',
    requirement: 'concurrency/meeting-calls-answered',
    group,
    minimum: 4,
    mutate: (base) => lockedAfterMeeting(base, () => Promise.resolve('drop' as const)),
  },
];
