import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import { skipWithout } from '../fixtures/skip-without.ts';

const script = fileURLToPath(new URL('../../scripts/aws-cli-check.sh', import.meta.url));

const installed = spawnSync('aws', ['--version']).status === 0;

test('the AWS CLI finds what it expects', { timeout: 300_000 }, async (context) => {
  skipWithout(installed, 'there is no aws on the path (Debian: apt-get install awscli)', context);
  const endpoint = await startEndpoint();
  try {
    const { stdout } = await promisify(execFile)(script, [endpoint.url]);
    expect(stdout.match(/^ok: /gm)).toHaveLength(9);
  } finally {
    await endpoint.close();
  }
});
