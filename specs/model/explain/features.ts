import type { DatasetState } from '../state/dataset-state.ts';
import type { Disposition } from '../state/disposition.ts';
import type { AtPatch } from '../state/rules.ts';

/** What may be special about a dataset, as a relative clause to `a dataset`. */
export interface DatasetFeature {
  readonly id: string;
  readonly says: string;
  readonly is: (dataset: DatasetState) => boolean;
}

const values = ({ records }: DatasetState): readonly (string | null)[] =>
  [...records.values()].map(({ value }) => value);

/** A server may treat some datasets otherwise than others. */
export const datasetFeatures: readonly DatasetFeature[] = [
  ...[1, 2, 3, 5, 10, 20, 50, 100].map((most): DatasetFeature => ({
    id: `updates-${most}`,
    says: `that had more than ${most === 1 ? 'one update' : `${most} updates`}`,
    is: ({ updates }) => updates > most,
  })),
  ...[1, 2, 3, 5, 10, 20, 50, 100].map((most): DatasetFeature => ({
    id: `records-${most}`,
    says: `of more than ${most === 1 ? 'one record' : `${most} records`}`,
    is: ({ records }) => records.size > most,
  })),
  { id: 'with-removed', says: 'that holds a removed record', is: (dataset) => values(dataset).includes(null) },
  {
    id: 'all-removed',
    says: 'whose records were all removed',
    is: (dataset) => dataset.records.size > 0 && values(dataset).every((value) => value === null),
  },
  {
    id: 'recreated',
    says: 'that was deleted and created again',
    is: ({ exists, deletedAt }) => exists && deletedAt !== null,
  },
  { id: 'deleted', says: 'that was deleted', is: ({ exists, deletedAt }) => !exists && deletedAt !== null },
  { id: 'unknown', says: 'that does not exist', is: ({ exists }) => !exists },
  { id: 'refused-before', says: 'whose last update was refused', is: ({ refused }) => refused !== null },
  {
    id: 'odd-name',
    says: 'whose name holds other characters than letters and digits',
    is: ({ id }) => !/^[\w-]*\.?[a-zA-Z0-9]*$/.test(id.name),
  },
];

/** What may be special about a patch among others, as a relative clause to `a patch`. */
export interface PatchFeature {
  readonly id: string;
  readonly says: string;
  /** It is about the company of the patch. */
  readonly ofBatch?: true;
  readonly is: (one: Disposition, at: AtPatch) => boolean;
}

const isPlain = (text: string): boolean => /^[a-zA-Z0-9]*$/.test(text);
const isRemoval = ({ patch }: Disposition): boolean => patch.op === 'remove';

/** A server may treat some patches otherwise than others. */
export const patchFeatures: readonly PatchFeature[] = [
  { id: 'removal', says: 'that removes', is: isRemoval },
  { id: 'write', says: 'that writes', is: (one) => !isRemoval(one) },
  { id: 'new', says: 'for a key that does not exist', is: ({ record }) => record === undefined },
  { id: 'removed', says: 'for a removed record', is: ({ record }) => record?.value === null },
  { id: 'live', says: 'for a record with a value', is: ({ record }) => record !== undefined && record.value !== null },
  { id: 'empty-value', says: 'with an empty value', is: ({ patch }) => patch.value === '' },
  { id: 'empty-stored', says: 'for a record whose value is empty', is: ({ record }) => record?.value === '' },
  {
    id: 'odd-value',
    says: 'with a value of other characters than letters and digits',
    is: ({ patch }) => !isPlain(patch.value ?? ''),
  },
  {
    id: 'odd-key',
    says: 'with a key of other characters than letters and digits',
    is: ({ patch }) => !isPlain(patch.key),
  },
  { id: 'blank-key', says: 'with white space in its key', is: ({ patch }) => /\s/.test(patch.key) },
  { id: 'wide-key', says: 'with a key beyond ASCII', is: ({ patch }) => /[^\p{ASCII}]/u.test(patch.key) },
  { id: 'wide-value', says: 'with a value beyond ASCII', is: ({ patch }) => /[^\p{ASCII}]/u.test(patch.value ?? '') },
  { id: 'number-key', says: 'with a number as its key', is: ({ patch }) => /^-?\d+$/.test(patch.key) },
  {
    id: 'number-value',
    says: 'with a number as its value',
    is: ({ patch }) => /^-?\d+(?:\.\d+)?$/.test(patch.value ?? ''),
  },
  ...[32, 64, 100, 127, 128, 255, 512].map((most): PatchFeature => ({
    id: `long-key-${most}`,
    says: `with a key of more than ${most} characters`,
    is: ({ patch }) => patch.key.length > most,
  })),
  ...[100, 255, 1000, 4096, 65_535, 100_000, 500_000].map((most): PatchFeature => ({
    id: `long-value-${most}`,
    says: `with a value of more than ${most} characters`,
    is: ({ patch }) => (patch.value ?? '').length > most,
  })),
  { id: 'dated', says: 'with a DeviceLastModifiedDate', is: ({ patch }) => patch.deviceDate !== undefined },
  { id: 'undated', says: 'without a DeviceLastModifiedDate', is: ({ patch }) => patch.deviceDate === undefined },
  {
    id: 'same-value',
    says: 'with the value that is stored',
    is: ({ patch, record }) => record !== undefined && patch.value === record.value,
  },
  {
    id: 'dataset-name',
    says: 'whose key is the name of the dataset',
    is: ({ patch }, { dataset }) => patch.key === dataset.id.name,
  },
  { id: 'key-is-value', says: 'whose value is its key', is: ({ patch }) => patch.key === patch.value },
  { id: 'inherited', says: 'with a key that every JavaScript object has', is: ({ patch }) => patch.key in {} },
  { id: 'behind-one', says: 'one count behind', is: ({ patch, record }) => (record?.count ?? 0) - patch.count === 1 },
  { id: 'zero', says: 'at sync count 0', is: ({ patch }) => patch.count === 0 },
  {
    id: 'newest',
    says: 'for the record written last',
    is: ({ record }, { dataset }) => record !== undefined && record.count === dataset.count,
  },
  {
    id: 'older',
    says: 'for a record older than the latest update',
    is: ({ record }, { dataset }) => record !== undefined && record.count < dataset.count,
  },
  { id: 'in-batch', says: 'beside others', ofBatch: true, is: (_, { all }) => all.length > 1 },
  { id: 'alone', says: 'alone in its update', is: (_, { all }) => all.length === 1 },
  {
    id: 'first',
    says: 'at the head of a batch',
    ofBatch: true,
    is: (_, { all, index }) => index === 0 && all.length > 1,
  },
  {
    id: 'last',
    says: 'at the end of a batch',
    ofBatch: true,
    is: (_, { all, index }) => index === all.length - 1 && all.length > 1,
  },
  {
    id: 'inner',
    says: 'inside a batch',
    ofBatch: true,
    is: (_, { all, index }) => index > 0 && index < all.length - 1,
  },
  ...[2, 3, 4, 5, 9, 10, 19, 20, 24, 25, 50, 100].map((most): PatchFeature => ({
    id: `batch-${most}`,
    says: `in a batch of more than ${most}`,
    ofBatch: true,
    is: (_, { all }) => all.length > most,
  })),
  ...datasetFeatures.map(({ id, says, is }): PatchFeature => ({
    id: `dataset-${id}`,
    says: `in a dataset ${says}`,
    is: (_, { dataset }) => is(dataset),
  })),
];
