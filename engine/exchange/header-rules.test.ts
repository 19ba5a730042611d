import { expect, test } from 'vitest';
import { exchange, httpCall } from './call.ts';
import { headerDeviations } from './header-rules.ts';

function told(status: number, headers: { readonly [name: string]: string }, body: string): readonly string[] {
  const call = httpCall('ListDatasets', { IdentityPoolId: 'r:1', IdentityId: 'r:2' });
  return headerDeviations(exchange(call, { kind: 'response', status, headers, body, ms: 1 }, 0)).flatMap(
    (one) => one.suspects,
  );
}

test.each([
  'application/json',
  'application/x-amz-json-1.1',
  'Application/JSON; charset=UTF-8',
  'application/hal+json',
  'text/json',
])('a success may be sent as %s', (type) => {
  expect(told(200, { 'content-type': type }, '{}')).toEqual([]);
});

test.each(['text/html', 'text/plain; charset=utf-8', 'application/octet-stream', 'application/json; charset=latin1'])(
  'a success may not be sent as %s',
  (type) => {
    expect(told(200, { 'content-type': type }, '{}')).toEqual(['wire/success-is-json']);
  },
);

test('a success without a body or without the header says nothing wrong', () => {
  expect(told(200, { 'content-type': 'text/html' }, '')).toEqual([]);
  expect(told(200, {}, '{}')).toEqual([]);
});

test('an error may name its type in two places, if it is the same', () => {
  const header = { 'x-amzn-errortype': 'ResourceNotFoundException:http://x' };
  expect(told(404, header, '{"__type":"com.amazonaws#ResourceNotFoundException"}')).toEqual([]);
  expect(told(404, header, '{"message":"x"}')).toEqual([]);
  expect(told(404, header, 'no JSON')).toEqual([]);
  expect(told(404, header, '{"__type":"InternalErrorException"}')).toEqual(['wire/error-type-agrees']);
});
