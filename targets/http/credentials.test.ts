import { expect, test } from 'vitest';
import { findCredentials } from './credentials.ts';

const env = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };

test('the environment gives keys, and a session token if it has one', async () => {
  const plain = await findCredentials({ env });
  expect(await plain?.()).toEqual({ accessKeyId: 'AKID', secretAccessKey: 'secret' });
  const session = await findCredentials({ env: { ...env, AWS_SESSION_TOKEN: 't' } });
  expect(await session?.()).toEqual({ accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 't' });
});

test('an empty environment and --no-sign-request mean unsigned', async () => {
  expect(await findCredentials({ env: { AWS_ACCESS_KEY_ID: '' } })).toBeUndefined();
  expect(await findCredentials({ env, profile: 'p', unsigned: true })).toBeUndefined();
});

test('half a key pair is refused without showing it', async () => {
  const half = findCredentials({ env: { AWS_SECRET_ACCESS_KEY: 'hush' } });
  await expect(half).rejects.toThrow('must be set together');
  await expect(half).rejects.not.toThrow('hush');
});

test('a profile is read once, and again when its keys are about to expire', async () => {
  let reads = 0;
  const load = () =>
    Promise.resolve({
      fromIni:
        ({ profile }: { profile: string }) =>
        () => {
          reads += 1;
          const minutes = reads === 1 ? 1 : 60;
          return Promise.resolve({
            accessKeyId: `${profile}${reads}`,
            secretAccessKey: 's',
            expiration: new Date(Date.now() + minutes * 60_000),
          });
        },
    });
  const source = await findCredentials({ env, profile: 'p', load });
  expect(reads).toBe(1);
  const ids = [await source?.(), await source?.(), await source?.()].map((credentials) => credentials?.accessKeyId);
  expect(ids).toEqual(['p2', 'p2', 'p2']);
});

test('a profile that cannot be read fails before the run', async () => {
  const unread = findCredentials({
    env,
    profile: 'p',
    load: () => Promise.resolve({ fromIni: () => () => Promise.reject(new Error('no such profile')) }),
  });
  await expect(unread).rejects.toThrow('no such profile');
});
