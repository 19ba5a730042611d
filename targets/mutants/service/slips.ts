import type { Json } from '../../../specs/types/wire.ts';
import { refuse } from '../../reference/core/refusal.ts';
import { type Mutant, withAnswers } from '../base/mutant.ts';

/** Small slips whose consequences are easily taken for faults of their own, and conditions that are too narrow. */
export const slipMutants: readonly Mutant[] = [
  {
    id: 'listing-hides-removed',
    title: 'No listing shows a removed record.',
    requirement: 'record/removed-stays-listed',
    group: 'record',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      listedRecords: (service, dataset, since) =>
        base.listedRecords(service, dataset, since).filter(({ value }) => value !== null),
    }),
  },
  {
    id: 'remove-needs-value',
    title: 'A remove without a Value is refused.',
    requirement: 'record/remove-accepted',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      readPatches(service, input) {
        const bare = (patch: Json): boolean =>
          /"Op":"remove"/.test(JSON.stringify(patch)) && !/"Value":"/.test(JSON.stringify(patch));
        const patches: readonly Json[] = Array.isArray(input['RecordPatches']) ? input['RecordPatches'] : [];
        return patches.some(bare)
          ? refuse('InvalidParameterException', 'Value must not be null')
          : base.readPatches(service, input);
      },
    }),
  },
  {
    id: 'unchanged-left-out-of-answer',
    title: 'The answer of an update lacks the records that it did not change, though they take its count.',
    requirement: 'record/answer-lists-patched',
    group: 'record',
    minimum: 4,
    options: { choices: { 'same-value-current': 'raises', 'same-value-in-batch': 'raises' } },
    mutate: (base) => ({
      ...base,
      answeredRecords(service, dataset, records, judged) {
        const unchanged = new Set(
          judged.flatMap(({ patch, record }) => (record?.value === patch.value ? [patch.key] : [])),
        );
        const changed = records.filter(({ key, value }) => value === null || !unchanged.has(key));
        return base.answeredRecords(service, dataset, changed, judged);
      },
    }),
  },
  {
    id: 'key-not-shown-of-removed',
    title: 'A removed record is shown without its key.',
    requirement: 'record/key-exact',
    group: 'record',
    minimum: 4,
    mutate: (base) => ({
      ...base,
      renderRecord(service, dataset, record) {
        const shown = base.renderRecord(service, dataset, record);
        if (record.value === null) delete shown['Key'];
        return shown;
      },
    }),
  },
  {
    id: 'nothing-after-zero',
    title: 'A listing after sync count 0 is empty.',
    requirement: 'list-records/everything-without-count',
    group: 'list-records',
    minimum: 3,
    mutate: (base) =>
      withAnswers(base, (_, operation, input, answer) =>
        operation === 'ListRecords' && input['LastSyncCount'] === 0
          ? { ...answer, body: { ...answer.body, Count: 0, Records: [] } }
          : answer,
      ),
  },
  {
    id: 'only-latest-changes-listed',
    title: 'A listing after a count shows what the last two updates changed, and nothing older.',
    requirement: 'list-records/only-newer',
    group: 'list-records',
    minimum: 9,
    mutate: (base) => ({
      ...base,
      listedRecords: (service, dataset, since) =>
        base.listedRecords(service, dataset, since > 0 ? Math.max(since, dataset.count - 2) : since),
    }),
  },
  {
    id: 'empty-value-is-no-change',
    title: 'A listing after a count leaves out records whose value is empty.',
    requirement: 'list-records/only-newer',
    group: 'list-records',
    minimum: 5,
    mutate: (base) => ({
      ...base,
      listedRecords: (service, dataset, since) =>
        base.listedRecords(service, dataset, since).filter(({ value }) => since === 0 || value !== ''),
    }),
  },
  {
    id: 'count-restarts-when-emptied',
    title: 'The count starts again with the first record that is written when all were removed.',
    requirement: 'sync-count/rises-by-one',
    group: 'sync-count',
    minimum: 6,
    mutate: (base) => ({
      ...base,
      nextCount(dataset, judged) {
        const records = [...dataset.records.values()];
        const emptied = records.length > 0 && records.every(({ value }) => value === null);
        return emptied && judged.some(({ patch }) => patch.op === 'replace') ? 1 : base.nextCount(dataset, judged);
      },
    }),
  },
  {
    id: 'odd-key-never-stale',
    title: 'A stale count, not 0, is accepted for keys of other characters than letters and digits.',
    requirement: 'conflict/stale-refused',
    group: 'conflict',
    minimum: 6,
    mutate: (base) => ({
      ...base,
      judgePatch(service, dataset, record, patch) {
        const odd = record !== undefined && record.value !== null && /[^a-z0-9]/i.test(patch.key);
        return odd && patch.count > 0 && patch.count < record.count
          ? 'write'
          : base.judgePatch(service, dataset, record, patch);
      },
    }),
  },
  {
    id: 'dots-are-underscores',
    title: 'Dots and underscores in dataset names are one.',
    requirement: 'dataset/names-apart',
    group: 'dataset',
    minimum: 3,
    mutate: (base) => ({ ...base, datasetKey: (name) => base.datasetKey(name).replaceAll('.', '_') }),
  },
  {
    id: 'errors-with-status-200',
    title: 'Errors are answered with status 200.',
    requirement: 'wire/error-is-declared',
    group: 'wire',
    minimum: 1,
    mutate: (base) => ({
      ...base,
      errorAnswer: (refusal, operation) => ({ ...base.errorAnswer(refusal, operation), status: 200 }),
    }),
  },
  {
    id: 'subscribing-answers-true',
    title: 'SubscribeToDataset answers with a JSON boolean.',
    requirement: 'wire/answers-have-the-modelled-shape',
    group: 'wire',
    minimum: 4,
    mutate: (base) =>
      withAnswers(base, (_, operation, __, answer) =>
        operation === 'SubscribeToDataset' && answer.status === 200 ? { ...answer, text: 'true' } : answer,
      ),
  },
  {
    id: 'streams-kept-disabled',
    title: 'Stream settings are kept as DISABLED, whatever they say.',
    requirement: 'configuration/set-then-get',
    group: 'configuration',
    minimum: 2,
    mutate: (base) => ({
      ...base,
      intercept(service, operation, input, answer) {
        const pool = service.world.pools.get(base.poolKey(String(input['IdentityPoolId'])));
        if (operation === 'SetIdentityPoolConfiguration' && answer.status === 200 && pool?.streams != null)
          pool.streams = { ...pool.streams, StreamingStatus: 'DISABLED' };
        return base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'leading-punctuation-refused',
    title: 'A dataset name that begins with punctuation is refused.',
    requirement: 'validation/boundary-accepted',
    group: 'validation',
    minimum: 1,
    mutate: (base) => ({
      ...base,
      violations: (service, operation, input) => [
        ...base.violations(service, operation, input),
        ...(/^[._-]/.test(String(input['DatasetName'] ?? ''))
          ? [{ member: 'datasetName', value: '', constraint: 'Member must begin with a letter or a digit' }]
          : []),
      ],
    }),
  },
  {
    id: 'any-resource-as-role',
    title: 'The role of stream or push settings may be a user.',
    requirement: 'validation/pattern-refused',
    group: 'validation',
    minimum: 1,
    mutate: (base) => ({
      ...base,
      violations: (service, operation, input) =>
        base.violations(service, operation, input).filter((one) => !/:user\//.test(one.value)),
    }),
  },
];
