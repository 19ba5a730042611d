import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import { verifyingOptions } from '../../targets/reference/server/verifying.ts';
import { skipWithout } from '../fixtures/skip-without.ts';

const script = fileURLToPath(new URL('../../scripts/boto3-check.py', import.meta.url));
const importable = spawnSync('python3', ['-c', 'import boto3']).status === 0;

test('boto3 finds what it expects, signed and verified', { timeout: 120_000 }, async (context) => {
  skipWithout(importable, 'there is no python3 with boto3 (pip install boto3)', context);
  const endpoint = await startEndpoint(verifyingOptions('us-east-1'));
  try {
    // No configuration of the machine may reach it.
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      PYTHONIOENCODING: 'utf-8',
    };
    const { stdout } = await promisify(execFile)('python3', [script, endpoint.url], { env });
    expect(stdout.match(/^ok: /gm)).toHaveLength(11);
  } finally {
    await endpoint.close();
  }
});
