import { list, put, sequence, update } from '../../generators/build.ts';
import { accepted, answered, check, patch, refused } from '../../generators/check.ts';
import type { CheckStep, HttpEdit } from '../../specs/types/check-step.ts';
import type { Sequence, Step } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';

type BodyEdit = NonNullable<HttpEdit['body']>;

/** A legal update, sent in another spelling: it must be stored like any other. */
function spelled(requirement: string, context: string, key: string, http: HttpEdit, date?: number): CheckStep {
  const dated = date === undefined ? {} : { DeviceLastModifiedDate: date };
  const input = { RecordPatches: [patch(key, 'x', dated)] };
  return check('UpdateRecords', input, accepted(`wire/${requirement}`, context), { http });
}

const rawColons = { path: [['%3A', ':']] } as const satisfies HttpEdit;

/** A legal update in every spelling that means the same. */
export const spellings: Sequence = sequence([
  update([put('a', 'x')]),
  check('ListRecords', {}, accepted('wire/raw-colon', 'ListRecords'), { http: rawColons }),
  check('DescribeDataset', {}, accepted('wire/raw-colon', 'DescribeDataset'), { http: rawColons }),
  spelled('raw-colon', 'UpdateRecords', 'b', rawColons),
  spelled('both-content-types', 'application/x-amz-json-1.1', 'c', {
    headers: { 'content-type': 'application/x-amz-json-1.1' },
  }),
  spelled('both-content-types', 'application/json; charset=UTF-8', 'd', {
    headers: { 'content-type': 'application/json; charset=UTF-8' },
  }),
  check('ListRecords', {}, accepted('wire/both-content-types', 'a GET with application/x-amz-json-1.1'), {
    http: { headers: { 'content-type': 'application/x-amz-json-1.1' } },
  }),
  spelled('json-spelling', 'members in the other order, white space, escapes', 'e', { body: { respelled: true } }),
  spelled('unknown-members-ignored', 'beside RecordPatches', 'f', {
    body: { replace: [['"RecordPatches":', '"Unknown":{"x":[1,null]},"RecordPatches":']] },
  }),
  spelled('unknown-members-ignored', 'in a patch', 'g', { body: { replace: [['"Op":', '"Unknown":[1],"Op":']] } }),
  spelled('timestamp-forms', 'whole seconds', 'h', {}, 1_400_000_000),
  spelled('timestamp-forms', 'milliseconds', 'i', {}, 1_412_974_057.151),
  spelled('exponent-timestamps', '1.4E9', 'j', { body: { replace: [['1400000000', '1.4E9']] } }, 1_400_000_000),
  check(
    'UpdateRecords',
    { RecordPatches: [patch('k', 'x')] },
    { ...accepted('wire/chunked-body', 'UpdateRecords in chunks, without Content-Length'), orStatus: 411 },
    { http: { chunked: true } },
  ),
  list(),
]);

/** Other ways to write the names of a path (RFC 3986, 2.3). Region and identity ids hold hyphens and colons. */
const encodings: readonly (readonly [context: string, path: NonNullable<HttpEdit['path']>])[] = [
  ['lower-case escapes', [['%3A', '%3a']]],
  ['hyphens as %2D', [['-', '%2D']]],
  [
    'hyphens as %2d beside raw colons',
    [
      ['-', '%2d'],
      ['%3A', ':'],
    ],
  ],
];

/** What is written and read under one spelling of a name is there under every other. */
const encodedNames: Sequence = sequence(
  [
    update([put('a', 'x')]),
    ...encodings.flatMap(([context, path], index) => [
      ...(['ListRecords', 'DescribeDataset', 'ListDatasets'] as const).map((operation) =>
        check(operation, {}, accepted('wire/encoded-names', `${operation}, ${context}`), { http: { path } }),
      ),
      spelled('encoded-names', context, `e${index}`, { path }),
    ]),
    list(),
  ],
  [{ pool: 0, identity: 0, name: 'd-e' }],
);

/** Bodies that are almost those of a legal update, so that a server that reads them stores something. */
const malformed: readonly (readonly [context: string, body: BodyEdit, type?: string])[] = [
  ['a list', { before: '[', after: ']' }],
  ['text after the object', { after: 'x' }],
  ['two objects', { after: '{}' }],
  ['an open list', { replace: [['}]', '}']] }],
  ['a comma at the end', { replace: [['}]', '},]']] }],
  ['single quotes', { replace: [['"Op"', "'Op'"]] }],
  ['a name without quotes', { replace: [['"Op"', 'Op']] }],
  ['a comment', { replace: [['"Op"', '/* x */"Op"']] }],
  ['a number with a leading zero', { replace: [['"SyncCount":0', '"SyncCount":00']] }],
  ['a number in hexadecimal', { replace: [['"SyncCount":0', '"SyncCount":0x0']] }],
  ['NaN', { replace: [['"SyncCount":0', '"SyncCount":NaN']] }],
  ['a raw line break in a text', { replace: [['"x"', '"x\n"']] }],
  ['no JSON', { text: 'RecordPatches=z' }],
  ['a JSON text', { text: '"x"' }],
  ['a JSON number', { text: '1' }],
  ['JSON null', { text: 'null' }],
  ['an empty body', { text: '' }],
  ['white space', { text: ' \n' }],
  ['XML of the type application/xml', { text: '<x/>' }, 'application/xml'],
];

/** Each has a key of its own: what was stored by mistake must not stand in the way of the next. */
const malformedBodies: readonly CheckStep[] = malformed.map(([context, body, type], index) => {
  const http = { body, ...(type === undefined ? {} : { headers: { 'content-type': type } }) };
  const input = { RecordPatches: [patch(`z${index}`, 'x')] };
  return check('UpdateRecords', input, refused('wire/malformed-refused', context), { http });
});

/** How deep parsers that call themselves for each level do not get. */
const depth = 20_000;
const count = (written: string): BodyEdit => ({ replace: [['"SyncCount":0', `"SyncCount":${written}`]] });

/** Bodies that parsers may take one way or the other, as long as they do not break down. */
const doubtful: readonly (readonly [context: string, body: BodyEdit, type?: string | null])[] = [
  ['a byte order mark', { before: '\uFEFF' }],
  ['a member twice', { replace: [['"Op":"replace"', '"Op":"replace","Op":"replace"']] }],
  ['lists in lists, deep', { replace: [['"Op"', `"Unknown":${'['.repeat(depth)}${']'.repeat(depth)},"Op"`]] }],
  ['half a surrogate pair', { replace: [['"x"', '"\\ud800"']] }],
  ['a whole number with a fraction', count('0.0')],
  ['a count beyond 64 bits', count('9223372036854775808')],
  ['a count beyond a double', count('1e999')],
  ['a negative count', count('-1')],
  ['JSON of the type text/plain', {}, 'text/plain'],
  ['JSON of the type of a form', {}, 'application/x-www-form-urlencoded'],
  ['JSON without a type', {}, null],
];

const doubtfulBodies: readonly CheckStep[] = doubtful.map(([context, body, type], index) => {
  const http = { body, ...(type === undefined ? {} : { headers: { 'content-type': type } }) };
  const input = { RecordPatches: [patch(`y${index}`, 'x')] };
  return check('UpdateRecords', input, answered('wire/malformed-refused', context), { http });
});

function route(operation: Operation, context: string, http: HttpEdit): CheckStep {
  return check(operation, {}, refused('wire/unknown-route-refused', context), { http });
}

const routes: readonly Step[] = [
  update([put('a', 'x')]),
  route('ListRecords', 'a word too many', { path: [['/records', '/records/x']] }),
  route('ListRecords', 'another word', { path: [['/records', '/recordz']] }),
  route('ListRecords', 'PUT of the records', { method: 'PUT' }),
  route('DescribeDataset', 'another first word', { path: [['/identitypools/', '/identitypool/']] }),
  route('DescribeDataset', 'PATCH of a dataset', { method: 'PATCH' }),
  route('ListDatasets', 'DELETE of all datasets', { method: 'DELETE' }),
  check('ListRecords', {}, refused('wire/malformed-refused', 'a percent sign without digits in the path'), {
    http: { path: [['/datasets/', '/datasets/%zz']] },
  }),
  check('ListRecords', {}, refused('wire/malformed-refused', 'bytes that are no UTF-8 in the path'), {
    http: { path: [['/datasets/', '/datasets/%ff']] },
  }),
  list(),
];

/** Requests that cannot be read. */
export const wireExamples: readonly Sequence[] = [
  sequence([update([put('a', 'x')]), ...malformedBodies.slice(0, 9), list()]),
  sequence([update([put('a', 'x')]), ...malformedBodies.slice(9), list()]),
  sequence([update([put('a', 'x')]), ...doubtfulBodies, list()]),
  sequence(routes),
  encodedNames,
];
