import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startEndpoint } from '../targets/reference/server/server.ts';
import { staleAccepted } from './fixtures/small-run.ts';
import { curlScript } from '../reports/reproduction/curl.ts';

const run = promisify(execFile);
const lacks = (command: string): boolean => spawnSync(command, ['--version']).status !== 0;
const target = { endpointUrl: 'http://127.0.0.1:9', region: 'us-east-1', embedded: false, signed: true };
const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 's/e"c+\\=' };

test(
  'the curl script signs as the run did, so that a server that verifies signatures answers its calls',
  { skip: lacks('curl') || lacks('python3'), timeout: 30_000 },
  async () => {
    const credentials = { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY };
    const endpoint = await startEndpoint({ acceptUnsigned: false, credentials });
    const statuses = async (calls: number, env: NodeJS.ProcessEnv): Promise<readonly string[]> => {
      const finding = { ...staleAccepted, steps: staleAccepted.steps.slice(0, calls) };
      const options = { env: { PATH: process.env['PATH'], HOME: '/nonexistent', ENDPOINT_URL: endpoint.url, ...env } };
      // It ends with 3: the call that fails was cut off.
      const { stdout } = await run('bash', ['-c', curlScript(finding, { target })], options).catch(
        (error: unknown) => error as { readonly stdout: string },
      );
      return [...stdout.matchAll(/HTTP (\d+)/g)].map(([, status = '']) => status);
    };
    try {
      const right = await statuses(2, keys);
      expect(right).toHaveLength(2);
      expect(right).not.toContain('403');
      expect(new Set(await statuses(1, { ...keys, AWS_SECRET_ACCESS_KEY: 'wrong' }))).toEqual(new Set(['403']));
      expect(new Set(await statuses(1, { ...keys, SIGN_REQUESTS: '' }))).toEqual(new Set(['403']));
    } finally {
      await endpoint.close();
    }
  },
);

test('a script that cannot sign says which tool is missing', () => {
  const script = curlScript(staleAccepted, { target });
  const { status, stderr } = spawnSync('/bin/bash', ['-c', script], {
    env: { PATH: '/nonexistent' },
    encoding: 'utf8',
  });
  expect(status).toBe(64);
  expect(stderr).toContain('This script needs curl (python3 signs the calls).');
});
