import { expect, test } from 'vitest';
import { listStep, patchStep, staleAccepted } from '../../tests/fixtures/small-run.ts';
import { bodyWithToken, pathWithToken, tokenGivers, tokenSource } from './session-token.ts';

const token = { expand: '$t' };

test.each([
  ['{"SyncSessionToken":"old","a":1.0}', ['{"SyncSessionToken":"', token, '","a":1.0}']],
  ['{ "SyncSessionToken" : "o\\"ld…" }', ['{ "SyncSessionToken" : "', token, '" }']],
  [
    String.raw`{"V":"\"SyncSessionToken\":\"x\"","SyncSessionToken":"y"}`,
    [String.raw`{"V":"\"SyncSessionToken\":\"x\"","SyncSessionToken":"`, token, '"}'],
  ],
  [
    '{"P":[{"SyncSessionToken":"in"}],"SyncSessionToken":"out"}',
    ['{"P":[{"SyncSessionToken":"in"}],"SyncSessionToken":"', token, '"}'],
  ],
  ['{"SyncSessionToken":""}', ['{"SyncSessionToken":""}']],
  ['{"SyncSessionToken":7}', ['{"SyncSessionToken":7}']],
  ['{"SyncSessionToken":"cut', ['{"SyncSessionToken":"cut']],
  ['null', ['null']],
])('in %s', (body, pieces) => {
  expect(bodyWithToken(body, token)).toEqual(pieces);
});

test('in a query, wherever it stands', () => {
  expect(pathWithToken('/r?syncSessionToken=abc…&maxResults=2', token)).toEqual([
    '/r?syncSessionToken=',
    token,
    '&maxResults=2',
  ]);
  expect(pathWithToken('/r?a=1', token)).toEqual(['/r?a=1']);
});

test('a token comes from an earlier call only', () => {
  const steps = [listStep('', ''), patchStep('', '', 1, {}), patchStep('', '', 3, {}), patchStep('', '', 0, {})];
  const finding = { ...staleAccepted, steps };
  expect(steps.map((_, index) => tokenSource(finding, index))).toEqual([undefined, 1, undefined, undefined]);
  expect([...tokenGivers(finding)]).toEqual([1]);
});
