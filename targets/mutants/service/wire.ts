import type { Mutant } from '../base/mutant.ts';

const group = 'wire';

/** A server that breaks down on some text. */
function breakingOn(id: string, title: string, breaks: (text: string) => boolean): Mutant {
  return {
    id,
    title,
    requirement: 'wire/no-server-error',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      readPatches: (service, input) => {
        const patches = base.readPatches(service, input);
        if (Array.isArray(patches) && patches.some(({ key, value }) => breaks(`${key}${value ?? ''}`))) {
          throw new Error('broken');
        }
        return patches;
      },
    }),
  };
}

export const wireMutants: readonly Mutant[] = [
  {
    id: 'counts-as-text',
    title: 'The SyncCount of a record is written as a string.',
    requirement: 'wire/answers-have-the-modelled-shape',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      renderRecord: (service, dataset, record) => ({
        ...base.renderRecord(service, dataset, record),
        SyncCount: String(record.count),
      }),
    }),
  },
  {
    id: 'exists-as-text',
    title: 'DatasetExists is written as a string.',
    requirement: 'wire/answers-have-the-modelled-shape',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        'DatasetExists' in answer.body
          ? { ...answer, body: { ...answer.body, DatasetExists: String(answer.body['DatasetExists']) } }
          : base.intercept(service, operation, input, answer),
    }),
  },
  {
    id: 'single-record-without-list',
    title: 'A single record stands in Records without a list around it.',
    requirement: 'wire/answers-have-the-modelled-shape',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        const records = answer.body['Records'];
        return Array.isArray(records) && records.length === 1
          ? { ...answer, body: { ...answer.body, Records: records[0] } }
          : base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'missing-token-undeclared',
    title: 'An update without a session token is answered with MissingTokenException.',
    requirement: 'wire/error-is-declared',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        operation === 'UpdateRecords' && (input['SyncSessionToken'] ?? null) === null && answer.status === 400
          ? { ...answer, errorType: 'MissingTokenException' }
          : base.intercept(service, operation, input, answer),
    }),
  },
  {
    id: 'invalid-is-422',
    title: 'InvalidParameterException comes with status 422 when the session token is missing.',
    requirement: 'wire/error-is-declared',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        operation === 'UpdateRecords' && (input['SyncSessionToken'] ?? null) === null && answer.status === 400
          ? { ...answer, status: 422 }
          : base.intercept(service, operation, input, answer),
    }),
  },
  {
    id: 'creation-is-201',
    title: 'An update that creates its dataset is answered with status 201.',
    requirement: 'wire/success-is-200',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) => {
        const counts = operation === 'UpdateRecords' && answer.status === 200 ? answer.body['Records'] : undefined;
        return JSON.stringify(counts ?? []).includes('"SyncCount":1,')
          ? { ...answer, status: 201 }
          : base.intercept(service, operation, input, answer);
      },
    }),
  },
  {
    id: 'partial-listing-is-206',
    title: 'A listing of a part of the records is answered with status 206.',
    requirement: 'wire/success-is-200',
    group,
    minimum: 3,
    mutate: (base) => ({
      ...base,
      intercept: (service, operation, input, answer) =>
        operation === 'ListRecords' && Number(input['LastSyncCount'] ?? 0) > 0 && answer.status === 200
          ? { ...answer, status: 206 }
          : base.intercept(service, operation, input, answer),
    }),
  },
  breakingOn('quote-breaks-statement', 'A single quote in a key or value ends in an internal error.', (text) =>
    text.includes("'"),
  ),
  breakingOn('nul-breaks-store', 'A NUL in a key or value ends in an internal error.', (text) => text.includes('\0')),
  breakingOn(
    'large-value-breaks-store',
    'A value of more than 65,536 bytes ends in an internal error.',
    (text) => text.length > 65_536,
  ),
  {
    id: 'negative-count-breaks-listing',
    title: 'A listing after a negative count ends in an internal error.',
    requirement: 'wire/no-server-error',
    group,
    minimum: 1,
    mutate: (base) => ({
      ...base,
      sinceProblem: (service, dataset, since) => {
        if (since < 0) throw new RangeError('a negative count');
        return base.sinceProblem(service, dataset, since);
      },
    }),
  },
  {
    id: 'answer-length-in-characters',
    title: 'The length of an answer is counted in characters, so that one beyond ASCII is cut off.',
    requirement: 'wire/answers-have-the-modelled-shape',
    group,
    minimum: 2,
    mutate: (base) => ({
      ...base,
      writeJson: (output) => {
        const text = base.writeJson(output);
        return Buffer.from(text).subarray(0, text.length).toString();
      },
    }),
  },
];
