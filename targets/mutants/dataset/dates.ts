import type { Json } from '../../../specs/types/wire.ts';
import type { Service } from '../../reference/core/behaviour.ts';
import { datasetPath } from '../../reference/rules/storage.ts';
import type { DatasetState } from '../../reference/core/world.ts';
import type { Mutant } from '../base/mutant.ts';

export const dateMutants: readonly Mutant[] = [
  {
    id: 'date-kept-for-a-minute',
    title: 'A record that is written again within a minute keeps its LastModifiedDate.',
    requirement: 'record/last-modified-moves',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      modifiedDate: (service, record, patch) => {
        const date = base.modifiedDate(service, record, patch);
        return record !== undefined && date - record.modified < 60_000 ? record.modified : date;
      },
    }),
  },
  {
    id: 'device-date-in-milliseconds',
    title: 'DeviceLastModifiedDate comes back in milliseconds.',
    requirement: 'record/dates-are-epoch-seconds',
    group: 'record',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      storedDeviceDate: (service, patch) => {
        const date = base.storedDeviceDate(service, patch);
        return date === null ? null : date * 1000;
      },
    }),
  },
  {
    id: 'removal-keeps-date',
    title: 'A removal leaves LastModifiedDate as it was.',
    requirement: 'record/last-modified-moves',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      modifiedDate: (service, record, patch) =>
        patch.op === 'remove' && record !== undefined ? record.modified : base.modifiedDate(service, record, patch),
    }),
  },
  {
    id: 'removed-without-date',
    title: 'A removed record has no LastModifiedDate.',
    requirement: 'record/last-modified-is-server-time',
    group: 'record',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      renderRecord: (service, dataset, record) => {
        const shown = base.renderRecord(service, dataset, record);
        return record.value === null ? { ...shown, LastModifiedDate: null } : shown;
      },
    }),
  },
  {
    id: 'dates-without-epoch',
    title: 'LastModifiedDate counts from the start of the server.',
    requirement: 'record/last-modified-is-server-time',
    group: 'record',
    minimum: 2,
    mutate: (base) => {
      let started: number | undefined;
      return {
        ...base,
        modifiedDate: (service, record, patch) => {
          const date = base.modifiedDate(service, record, patch);
          started ??= date;
          return date - started;
        },
      };
    },
  },
  {
    id: 'dates-in-local-time',
    title: 'LastModifiedDate is that of a time zone two hours ahead.',
    requirement: 'record/last-modified-is-server-time',
    group: 'record',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      renderRecord: (service, dataset, record) =>
        base.renderRecord(service, dataset, { ...record, modified: record.modified + 7_200_000 }),
    }),
  },
  {
    id: 'dataset-dates-in-local-time',
    title: 'The dates of a dataset are those of a time zone an hour behind.',
    requirement: 'dataset/dates-agree',
    group: 'dataset',
    minimum: 3,
    mutate: (base) => {
      const local = (service: Service, date: number): Json => base.shownDate(service, date - 3_600_000);
      return {
        ...base,
        renderDataset: (service, dataset) => ({
          ...base.renderDataset(service, dataset),
          CreationDate: local(service, dataset.created),
          LastModifiedDate: local(service, dataset.modified),
        }),
      };
    },
  },
  {
    id: 'neighbours-dated',
    title: 'An update moves the LastModifiedDate of every record of the dataset.',
    requirement: 'sync-count/untouched-records-keep',
    group: 'sync-count',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      afterUpdate: (_service, dataset) => {
        for (const [key, record] of dataset.records) {
          dataset.records.set(key, { ...record, modified: dataset.modified });
        }
      },
    }),
  },
  {
    id: 'describing-modifies',
    title: 'Every look at a dataset moves its LastModifiedDate by a second.',
    requirement: 'list-records/reading-changes-nothing',
    group: 'list-records',
    minimum: 4,
    mutate: (base) => {
      const looks = new WeakMap<DatasetState, number>();
      return {
        ...base,
        renderDataset: (service, dataset) => {
          const look = looks.get(dataset) ?? 0;
          looks.set(dataset, look + 1);
          const date = base.shownDate(service, dataset.modified + look * 1000);
          return { ...base.renderDataset(service, dataset), LastModifiedDate: date };
        },
      };
    },
  },
  {
    id: 'refusal-modifies',
    title: 'An update refused for a conflict moves the LastModifiedDate of the dataset.',
    requirement: 'conflict/refused-changes-nothing',
    group: 'conflict',
    minimum: 6,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        if (operation === 'UpdateRecords' && answer.status === 409)
          base.findDataset(service, datasetPath(input)).modified += 1000;
        return base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'listed-date-of-its-own',
    title: 'A listing tells a LastModifiedDate a minute before the one that the update told.',
    requirement: 'record/update-is-stored',
    group: 'record',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      listedRecords: (service, dataset, since) =>
        base
          .listedRecords(service, dataset, since)
          .map((record) => ({ ...record, modified: record.modified - 60_000 })),
    }),
  },
  {
    id: 'described-date-cached',
    title: 'The LastModifiedDate of a dataset stays as it was first shown.',
    requirement: 'dataset/dates-agree',
    group: 'dataset',
    minimum: 6,
    mutate: (base) => {
      const shown = new WeakMap<DatasetState, number>();
      return {
        ...base,
        renderDataset: (service, dataset) => {
          const first = shown.get(dataset) ?? dataset.modified;
          shown.set(dataset, first);
          return { ...base.renderDataset(service, dataset), LastModifiedDate: base.shownDate(service, first) };
        },
        eraseDataset: (service, dataset) => {
          base.eraseDataset(service, dataset);
          shown.delete(dataset);
        },
      };
    },
  },
  {
    id: 'creation-date-moves',
    title: 'Once it was shown, the CreationDate of a dataset is that of its last update.',
    requirement: 'dataset/dates-agree',
    group: 'dataset',
    minimum: 6,
    mutate: (base) => {
      const shown = new WeakSet<DatasetState>();
      return {
        ...base,
        createdDate: (dataset) => {
          const date = shown.has(dataset) ? dataset.modified : base.createdDate(dataset);
          shown.add(dataset);
          return date;
        },
      };
    },
  },
];
