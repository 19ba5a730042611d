import type { Part, Service } from '../core/behaviour.ts';
import type { DatasetState, RecordState } from '../core/world.ts';

/** What a dataset holds, measured as the choices `num-records` and `data-storage` say. */
export const sizes: Part<'dataStorage' | 'numRecords'> = {
  numRecords(service, dataset) {
    if (service.options.choices['num-records'] === 'all') return dataset.records.size;
    let live = 0;
    for (const { value } of dataset.records.values()) if (value !== null) live += 1;
    return live;
  },

  dataStorage(service, dataset) {
    let sum = 0;
    for (const record of dataset.records.values()) sum += measure(service, record);
    return sum;
  },
};

function measure(service: Service, { key, value }: RecordState): number {
  const option = service.options.choices['data-storage'];
  if (option === 'all-keys-values-bytes') return Buffer.byteLength(key) + Buffer.byteLength(value ?? '');
  if (value === null) return 0;
  switch (option) {
    case 'values-bytes':
      return Buffer.byteLength(value);
    case 'keys-values-characters':
      return Array.from(key + value).length;
    case 'keys-values-utf16':
      return key.length + value.length;
    case 'other':
      // A store that keeps a header of 100 bytes for each record.
      return 100 + Buffer.byteLength(key) + Buffer.byteLength(value);
    case 'keys-values-bytes':
      return Buffer.byteLength(key) + Buffer.byteLength(value);
  }
}

/** The storage of several datasets together. */
export function totalStorage(service: Service, list: readonly DatasetState[]): number {
  return list.reduce((sum, dataset) => sum + service.behaviour.dataStorage(service, dataset), 0);
}
