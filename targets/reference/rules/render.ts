import type { Json } from '../../../specs/types/wire.ts';
import type { Output, Part } from '../core/behaviour.ts';

/** How stored things look on the wire: members in alphabetical order, nulls written (W-12, W-14, W-15). */
export const rendering: Part<
  'finish' | 'now' | 'renderDataset' | 'renderRecord' | 'shownDate' | 'shownValue' | 'writeJson'
> = {
  now: (service) => service.options.now(),

  shownDate: (service, ms) =>
    service.options.choices['date-resolution'] === 'seconds' ? Math.floor(ms / 1000) : ms / 1000,

  shownValue: (_service, record) => record.value,

  renderRecord: (service, _dataset, record) => ({
    DeviceLastModifiedDate: record.deviceDate,
    Key: record.key,
    LastModifiedBy: record.by,
    LastModifiedDate: service.behaviour.shownDate(service, record.modified),
    SyncCount: record.count,
    Value: service.behaviour.shownValue(service, record),
  }),

  renderDataset: (service, dataset) => ({
    CreationDate: service.behaviour.shownDate(service, service.behaviour.createdDate(dataset)),
    DataStorage: service.behaviour.dataStorage(service, dataset),
    DatasetName: dataset.name,
    IdentityId: dataset.identityId,
    LastModifiedBy: dataset.by,
    LastModifiedDate: service.behaviour.shownDate(service, dataset.modified),
    NumRecords: service.behaviour.numRecords(service, dataset),
  }),

  finish(service, output) {
    const option = service.options.choices['null-members'];
    if (option === 'null') return output;
    return withoutNulls(output, option === 'absent');
  },

  writeJson: (output) => JSON.stringify(output),
};

function withoutNulls(output: Output, deep: boolean): Output {
  const kept = Object.entries(output).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([name, value]) => [name, deep ? stripped(value) : value]));
}

function stripped(value: Json): Json {
  if (Array.isArray(value)) return value.map(stripped);
  return typeof value === 'object' && value !== null ? withoutNulls(value as Output, true) : value;
}
