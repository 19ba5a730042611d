/**
 * The points the documentation leaves open, and the ways this endpoint can fill them.
 * The first option is the default: what the service does where that is known.
 */
export const choiceOptions = {
  'same-value-current': ['raises', 'keeps'],
  'same-value-in-batch': ['raises', 'keeps'],
  'same-value-stale': ['refused', 'raises', 'keeps'],
  'count-ahead-of-record': ['conflict', 'invalid', 'accepted'],
  'count-ahead-of-dataset': ['conflict', 'invalid', 'accepted'],
  'unknown-key-count': ['conflict', 'invalid', 'not-found', 'accepted'],
  'unknown-key-count-ahead': ['conflict', 'invalid', 'not-found', 'accepted'],
  'recreate-at-zero': ['refused', 'accepted'],
  'recreate-at-stale': ['refused', 'accepted'],
  'remove-unknown': ['tombstone', 'ignored-raises', 'ignored-keeps', 'refused'],
  'remove-tombstone-current': ['raises', 'keeps', 'refused'],
  'remove-tombstone-stale': ['refused', 'raises', 'keeps'],
  'remove-tombstone-zero': ['refused', 'raises', 'keeps'],
  'duplicate-keys': ['invalid', 'conflict', 'last-wins', 'first-wins'],
  'empty-patches': ['keeps', 'raises', 'refused'],
  'missing-patches': ['keeps', 'raises', 'refused'],
  'replace-without-value': ['refused', 'empty', 'removed'],
  'remove-with-value': ['ignored', 'refused'],
  'device-date': ['echoed', 'server-made', 'absent'],
  'device-date-unsent': ['absent', 'server-made'],
  'null-members': ['null', 'absent', 'mixed'],
  'spent-token-update': ['refused', 'accepted'],
  'spent-token-list': ['refused', 'accepted'],
  'older-token': ['accepted', 'refused'],
  'token-after-other-update': ['accepted', 'refused'],
  'list-count': ['page', 'matching', 'total'],
  'list-count-removed': ['counted', 'not-counted'],
  'record-order': ['key', 'count', 'other'],
  'since-above': ['invalid', 'empty'],
  'since-above-unknown-dataset': ['invalid', 'empty'],
  'deletion-count': ['kept', 'raised'],
  'deleted-dataset-count': ['zero', 'last'],
  'update-after-deletion': ['recreates', 'not-found'],
  'list-after-deletion': ['answers', 'not-found'],
  'deleted-flag-while-deleted': ['true', 'false'],
  'deleted-flag-from-start': ['true', 'false'],
  'num-records': ['live', 'all'],
  'data-storage': [
    'keys-values-bytes',
    'all-keys-values-bytes',
    'values-bytes',
    'keys-values-characters',
    'keys-values-utf16',
    'other',
  ],
  'identity-usage-delay': ['at-once', 'later', 'much-later'],
  'identity-usage-storage': ['sum', 'later', 'other'],
  'pool-usage-storage': ['sum', 'later', 'other'],
  'pool-list-count': ['page', 'total', 'other'],
  'last-modified-by': ['identity', 'other', 'absent'],
  'date-resolution': ['milliseconds', 'seconds'],
  'validation-error-type': ['invalid-parameter', 'validation', 'other-client-error'],
  'dataset-name-colon': ['accepted', 'refused'],
  'id-upper-case': ['refused', 'accepted'],
  'key-over-128': ['accepted', 'refused'],
} as const;

type ChoiceId = keyof typeof choiceOptions;

/** One option for every choice. */
export type Choices = { readonly [Id in ChoiceId]: (typeof choiceOptions)[Id][number] };

/** The given options over the defaults. Throws a RangeError for an id or option that does not exist. */
export function resolveChoices(given: { readonly [id: string]: string } = {}): Choices {
  const table = new Map<string, readonly string[]>(Object.entries(choiceOptions));
  for (const [id, option] of Object.entries(given)) {
    const options = table.get(id);
    if (options === undefined) throw new RangeError(`The embedded endpoint knows no choice "${id}".`);
    if (!options.includes(option)) {
      throw new RangeError(`Choice "${id}" has the options ${options.join(', ')}, not "${option}".`);
    }
  }
  const resolved = Object.fromEntries([...table].map(([id, options]) => [id, given[id] ?? options[0]]));
  return resolved as unknown as Choices;
}
