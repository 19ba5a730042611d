import { expect, test } from 'vitest';
import { hostileStrings } from '../../tests/fixtures/hostile.ts';
import { patchStep, staleAccepted } from '../../tests/fixtures/small-run.ts';
import { csharpProgram } from './csharp.ts';

const target = { endpointUrl: 'http://localhost:4566', region: 'us-east-1', embedded: false };

function programOf(method: string, path: string, body: object): string {
  const step = patchStep('it', '200', 0, {});
  const request = { method, path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return csharpProgram({ ...staleAccepted, steps: [{ ...step, request }] }, { target });
}

const pool = '/identitypools/us-east-1%3A11111111-1111-4111-8111-111111111111';
const dataset = `${pool}/identities/us-east-1%3A22222222-2222-4222-8222-222222222222/datasets/d`;

test.each(hostileStrings)('a string literal holds what was sent, in printable ASCII: %j', (text) => {
  const patch = { Op: 'replace', Key: text, Value: text, SyncCount: 0 };
  const program = programOf('POST', dataset, { SyncSessionToken: 't', RecordPatches: [patch] });
  const line = program.split('\n').find((each) => each.includes('new RecordPatch {')) ?? '';
  expect(line).toMatch(/^[ -~]+$/);
  // JSON's escapes are C#'s, as far as JSON has any.
  const literals = [...line.matchAll(/"(?:[^"\\]|\\(?:["\\bfnrt]|u[\da-f]{4}))*"/g)].map(
    ([literal]) => JSON.parse(literal) as string,
  );
  expect(literals).toEqual(['replace', text, text]);
});

test('every structure is made by its class', () => {
  const program = programOf('POST', `${pool}/configuration`, {
    PushSync: { ApplicationArns: ['a', 'b'], RoleArn: 'r' },
    CognitoStreams: { StreamName: 's', RoleArn: 'r', StreamingStatus: 'ENABLED' },
  });
  expect(program).toContain('PushSync = new PushSync { ApplicationArns = new List<string>');
  expect(program).toContain('CognitoStreams = new CognitoStreams { ');
  expect(program).not.toContain('object');
});

test.each([
  ['a null, which the SDK would leave out', { Op: 'replace', Key: 'a', Value: null, SyncCount: 0 }],
  ['a count that is no number', { Op: 'replace', Key: 'a', Value: 'x', SyncCount: '0' }],
  ['a member that the class does not have', { Op: 'replace', Key: 'a', Value: 'x', SyncCount: 0, Odd: 1 }],
])('a call with %s is left to the curl script', (_, patch) => {
  const program = programOf('POST', dataset, { SyncSessionToken: 't', RecordPatches: [patch] });
  expect(program).toContain('// The SDK cannot make this call: see the curl script.');
  expect(program).not.toContain('UpdateRecordsAsync');
});
