import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signer } from './sign.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const sign = signer({
  region: 'eu-west-1',
  host: '127.0.0.1:4566',
  now: () => Date.parse('2024-01-02T03:04:05Z'),
  credentials: () => Promise.resolve({ accessKeyId: 'AKID', secretAccessKey, sessionToken: 'session' }),
});

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** The signature computed by hand from a canonical request. */
function expected(canonicalRequest: string): string {
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  const scope = '20240102/eu-west-1/cognito-sync/aws4_request';
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, `AWS4-HMAC-SHA256\n20240102T030405Z\n${scope}\n${hash}`).toString('hex');
}

test('the signature covers body, headers and the path encoded twice', async () => {
  const signed = await sign({
    method: 'POST',
    path: '/p/identitypools/us-east-1%3Aab/x:y',
    headers: { 'content-type': 'application/json', 'x-amz-client-context': ' a  b ' },
    body: '{"é":"\ud800"}',
  });
  const signature = expected(
    [
      'POST',
      '/p/identitypools/us-east-1%253Aab/x%3Ay',
      '',
      'content-type:application/json',
      'host:127.0.0.1:4566',
      'x-amz-client-context:a b',
      'x-amz-date:20240102T030405Z',
      'x-amz-security-token:session',
      '',
      'content-type;host;x-amz-client-context;x-amz-date;x-amz-security-token',
      createHash('sha256').update('{"é":"\ufffd"}').digest('hex'),
    ].join('\n'),
  );
  expect(signed.headers['authorization']).toContain(`Signature=${signature}`);
  expect(signed.headers['host']).toBe('127.0.0.1:4566');
  expect(signed.path).toBe('/p/identitypools/us-east-1%3Aab/x:y');
});

test('the query is sorted and encoded once, repeated and hostile parameters included', async () => {
  const query = 'syncSessionToken=a%2Bb%2F%3D&lastSyncCount=0&constructor=1&b=2&b=1&bad=%zz&flag';
  const signed = await sign({ method: 'GET', path: `/x?${query}`, headers: {} });
  const signature = expected(
    [
      'GET',
      '/x',
      'b=1&b=2&bad=%25zz&constructor=1&flag=&lastSyncCount=0&syncSessionToken=a%2Bb%2F%3D',
      'host:127.0.0.1:4566',
      'x-amz-date:20240102T030405Z',
      'x-amz-security-token:session',
      '',
      'host;x-amz-date;x-amz-security-token',
      createHash('sha256').digest('hex'),
    ].join('\n'),
  );
  expect(signed.headers['authorization']).toContain(`Signature=${signature}`);
});

test('a call of Cognito Identity is signed for that service', async () => {
  const scope = async (target: string): Promise<string | undefined> => {
    const signed = await sign({ method: 'POST', path: '/', headers: { 'x-amz-target': target }, body: '{}' });
    return /eu-west-1\/([^/]+)\//.exec(signed.headers['authorization'] ?? '')?.[1];
  };
  expect(await scope('AWSCognitoIdentityService.GetId')).toBe('cognito-identity');
  expect(await scope('Other.GetId')).toBe('cognito-sync');
});
