import type { Behaviour, Service } from '../../reference/core/behaviour.ts';
import type { Mutant } from '../base/mutant.ts';

/** From this count on a dataset counts as grown. Whoever asks a question once asks it of a younger one. */
const grown = 4;

/** A server that takes another option of a choice as soon as a dataset has seen a few updates. */
function changing(choice: string, option: string, title: string, minimum: number): Mutant {
  return {
    id: `${choice}-changes`,
    title: `${title} in a dataset of more than three updates.`,
    requirement: `consistency/${choice}`,
    group: 'consistency',
    minimum,
    mutate: (base) => withOptionFor(base, choice, option, isGrown),
  };
}

/** The behaviour with another option wherever a function is about data of which `when` holds. */
function withOptionFor(base: Behaviour, choice: string, option: string, when: (data: unknown) => boolean): Behaviour {
  const wrap =
    (plain: (...all: readonly unknown[]) => unknown) =>
    (...all: readonly unknown[]): unknown => {
      const [service, data, ...rest] = all;
      return isService(service) && when(data) ? plain(taking(service, choice, option), data, ...rest) : plain(...all);
    };
  const wrapped = Object.entries(base).map(([name, plain]) => [
    name,
    wrap(plain as (...all: readonly unknown[]) => unknown),
  ]);
  return Object.fromEntries(wrapped) as Behaviour;
}

function taking(service: Service, choice: string, option: string): Service {
  return { ...service, options: { ...service.options, choices: { ...service.options.choices, [choice]: option } } };
}

function isService(value: unknown): value is Service {
  return typeof value === 'object' && value !== null && 'behaviour' in value && 'world' in value;
}

function isGrown(data: unknown): boolean {
  return (
    typeof data === 'object' && data !== null && 'records' in data && 'count' in data && Number(data.count) >= grown
  );
}

const ending = { member: 'name', value: '', constraint: 'Member must have another form' };

/** A server that refuses or accepts some of what a choice is about. */
function refusing(
  choice: string,
  id: string,
  title: string,
  minimum: number,
  change: (base: Behaviour) => Behaviour['violations'],
): Mutant {
  return {
    id,
    title,
    requirement: `consistency/${choice}`,
    group: 'consistency',
    minimum,
    mutate: (base) => ({ ...base, violations: change(base) }),
  };
}

const isBatch = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'RecordPatches' in data &&
  Array.isArray(data.RecordPatches) &&
  data.RecordPatches.length > 1;

/** A server that takes another option of a choice for a patch that has company. */
function inBatches(choice: string, option: string, title: string): Mutant {
  return {
    id: `${choice}-in-batch`,
    title: `${title} in a batch.`,
    requirement: `consistency/${choice}`,
    group: 'consistency',
    minimum: 2,
    mutate: (base) => withOptionFor(base, choice, option, isBatch),
  };
}

export const changingMutants: readonly Mutant[] = [
  inBatches('replace-without-value', 'empty', 'A replace without Value is refused, but stored as an empty value'),
  inBatches('remove-with-value', 'refused', 'A remove with a Value is accepted, but refused'),
  refusing(
    'dataset-name-colon',
    'colon-at-end-refused',
    'A dataset name may hold a colon, but not at its end.',
    1,
    (base) => (service, operation, input) => [
      ...base.violations(service, operation, input),
      ...(String(input['DatasetName'] ?? '').endsWith(':') ? [ending] : []),
    ],
  ),
  refusing(
    'id-upper-case',
    'upper-case-lists-datasets',
    'Upper-case digits of an identity id are refused, but not by ListDatasets.',
    1,
    (base) => (service, operation, input) =>
      base
        .violations(service, operation, input)
        .filter(
          ({ member }) =>
            operation !== 'ListDatasets' || member !== 'identityId' || /[^\w:-]/.test(String(input['IdentityId'])),
        ),
  ),
  refusing(
    'key-over-128',
    'keys-up-to-256',
    'A key of 1,024 characters is refused, one of 256 is not.',
    2,
    (base) => (service, operation, input) => [
      ...base.violations(service, operation, input),
      ...(JSON.stringify(input['RecordPatches'] ?? []).match(/"Key":"[^"]{257,}"/) === null ? [] : [ending]),
    ],
  ),
  changing('same-value-stale', 'raises', 'A stored value is accepted at a stale count', 10),
  changing('same-value-in-batch', 'keeps', 'A patch that changes nothing keeps its count beside others', 10),
  changing('count-ahead-of-dataset', 'accepted', "A count above the dataset's is accepted", 10),
  changing('unknown-key-count', 'accepted', 'A new key may have any count up to the one of the dataset', 10),
  changing('unknown-key-count-ahead', 'accepted', "A new key may have a count above the dataset's", 10),
  changing('recreate-at-zero', 'accepted', 'A removed record is written again at count 0', 10),
  changing('recreate-at-stale', 'accepted', 'A removed record is written again at a stale count', 10),
  changing('remove-tombstone-current', 'keeps', 'A second remove of a removed record leaves its count as it is', 10),
  changing('remove-tombstone-stale', 'raises', 'A second remove at a stale count is accepted', 10),
  changing('remove-tombstone-zero', 'raises', 'A second remove at count 0 is accepted', 10),
  changing('duplicate-keys', 'last-wins', 'The last of two patches of a key is stored', 10),
  changing('device-date', 'server-made', 'DeviceLastModifiedDate shows a time of the server', 10),
  changing('deletion-count', 'raised', 'A deletion takes a count', 11),
  changing('deleted-dataset-count', 'last', 'A deleted dataset lists its last count', 10),
  changing(
    'deleted-flag-while-deleted',
    'false',
    'DatasetDeletedAfterRequestedSyncCount is false while it is deleted',
    10,
  ),
  changing(
    'deleted-flag-from-start',
    'false',
    'DatasetDeletedAfterRequestedSyncCount is false for a listing from the start',
    10,
  ),
  changing('num-records', 'all', 'NumRecords counts removed records', 9),
  changing('data-storage', 'values-bytes', 'DataStorage leaves out the keys', 9),
  changing('token-after-other-update', 'refused', 'An accepted update makes the other tokens invalid', 10),
];
