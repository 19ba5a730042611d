import type { JudgedPatch, Part, Service } from '../core/behaviour.ts';
import type { DatasetState, RecordState } from '../core/world.ts';

/** Writing an accepted batch: one new count for all its records (S-05). */
export const applying: Part<
  | 'afterRefusal'
  | 'afterUpdate'
  | 'answeredRecords'
  | 'applyBatch'
  | 'author'
  | 'makeRecord'
  | 'modifiedDate'
  | 'nextCount'
  | 'recordCount'
  | 'storeRecord'
  | 'storedDeviceDate'
  | 'storedKey'
  | 'storedValue'
> = {
  nextCount: (dataset) => dataset.count + 1,
  recordCount: (next) => next,
  storedKey: (patch) => patch.key,
  storedValue: (patch) => (patch.op === 'remove' ? null : patch.value),
  modifiedDate: (service) => service.behaviour.now(service),

  storedDeviceDate(service, patch) {
    const { choices } = service.options;
    const option = patch.deviceDate === null ? choices['device-date-unsent'] : choices['device-date'];
    if (option === 'server-made') return service.behaviour.now(service) / 1000;
    return option === 'echoed' ? patch.deviceDate : null;
  },

  author(service, dataset) {
    const option = service.options.choices['last-modified-by'];
    if (option === 'absent') return null;
    return option === 'identity' ? dataset.identityId : '123456789012';
  },

  makeRecord(service, dataset, record, patch, count) {
    const { behaviour } = service;
    return {
      key: behaviour.storedKey(patch),
      value: behaviour.storedValue(patch),
      count,
      by: behaviour.author(service, dataset),
      modified: behaviour.modifiedDate(service, record, patch),
      deviceDate: behaviour.storedDeviceDate(service, patch),
    };
  },

  storeRecord(service, dataset, record) {
    dataset.records.set(service.behaviour.recordKey(record.key), record);
  },

  applyBatch(service, dataset, judged) {
    const { behaviour } = service;
    const rises = batchRises(service, judged);
    if (rises && !dataset.exists) behaviour.createDataset(service, dataset);
    const next = rises ? behaviour.nextCount(dataset, judged) : dataset.count;
    const answered: RecordState[] = [];
    judged.forEach((item, index) => {
      const { patch, record } = item;
      if (writes(service, item, judged)) {
        const count = behaviour.recordCount(next, record, index, judged.length);
        const made = behaviour.makeRecord(service, dataset, record, patch, count);
        behaviour.storeRecord(service, dataset, made);
        answered.push(made);
      } else if (record !== undefined && item.judgement !== 'ignore') {
        answered.push(record);
      }
    });
    if (rises) touch(service, dataset, next);
    return answered;
  },

  answeredRecords: (service, dataset, records) =>
    records.map((record) => service.behaviour.renderRecord(service, dataset, record)),

  afterRefusal: () => {},
  afterUpdate: () => {},
};

/** Gives the dataset its new count and date. */
export function touch(service: Service, dataset: DatasetState, count: number): void {
  dataset.count = count;
  dataset.modified = service.behaviour.now(service);
  dataset.by = service.behaviour.author(service, dataset);
}

/** A refused patch counts as a change: it only gets here when a check was left out. */
function changes({ judgement }: JudgedPatch): boolean {
  return judgement === 'write' || judgement === 'raise' || typeof judgement === 'object';
}

function batchRises(service: Service, judged: readonly JudgedPatch[]): boolean {
  if (judged.some(changes)) return true;
  const { choices } = service.options;
  return choices['same-value-current'] === 'raises' && judged.some(({ judgement }) => judgement === 'same');
}

function writes(service: Service, item: JudgedPatch, judged: readonly JudgedPatch[]): boolean {
  if (item.judgement === 'same') {
    const choice = judged.some(changes) ? 'same-value-in-batch' : 'same-value-current';
    return service.options.choices[choice] === 'raises';
  }
  return item.judgement !== 'raise' && changes(item);
}
