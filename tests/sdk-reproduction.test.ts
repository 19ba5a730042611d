import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hostileFinding, hostileStrings, invisible } from './fixtures/hostile.ts';
import { sampleFindings } from './fixtures/sample-findings.ts';
import { startMutant } from '../targets/mutants/start.ts';
import { startEndpoint } from '../targets/reference/server/server.ts';
import { csharpProgram } from '../reports/reproduction/csharp.ts';
import { asciiJson, typescriptProgram } from '../reports/reproduction/typescript.ts';

const target = { endpointUrl: 'http://127.0.0.1:4566', region: 'us-east-1', embedded: false };
const [stale, batch] = sampleFindings();

/** Runs a program from inside the package, where it finds the SDK. */
async function runHere(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const folder = mkdtempSync(join(fileURLToPath(new URL('../node_modules', import.meta.url)), '.reproduction-'));
  try {
    const file = join(folder, 'reproduction.mjs');
    writeFileSync(file, program);
    const child = spawn(process.execPath, [file], { env: { ...process.env, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    await new Promise((done) => child.on('close', done));
    return said;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the TypeScript program shows the failure at an endpoint that has it, and the refusal at one that has not', async () => {
  const faulty = await startMutant('last-write-wins');
  const sound = await startEndpoint();
  try {
    const program = typescriptProgram(stale!, { target });
    const broken = await runHere(program, { ENDPOINT_URL: faulty.url });
    expect(broken).toMatch(/Value: 'y'/);
    const refused = await runHere(program, { ENDPOINT_URL: sound.url });
    expect(refused).toMatch(/ResourceConflictException/);
    expect(refused).not.toMatch(/Value: 'y'/);
    expect(await runHere(typescriptProgram(batch!, { target }), { ENDPOINT_URL: sound.url })).toMatch(/SyncCount: 1/);
  } finally {
    await Promise.all([faulty.close(), sound.close()]);
  }
}, 60_000);

test('the C# program builds requests of the SDK', () => {
  const program = csharpProgram(batch!, { target });
  expect(program).toContain(`var answer1 = await client.ListRecordsAsync(new ListRecordsRequest`);
  expect(program).toContain(`        new RecordPatch { Op = "replace", Key = "b", Value = "", SyncCount = 0 },`);
  expect(program).toContain('SyncSessionToken = answer1.SyncSessionToken,');
});

test.each(hostileStrings.map((text) => [text]))('nothing leaves its string or hides in the source: %#', (text) => {
  const finding = hostileFinding('F-0001', text);
  for (const program of [typescriptProgram(finding, { target }), csharpProgram(finding, { target })]) {
    const literal = asciiJson(text);
    const code = program
      .split('\n')
      .filter((line) => !line.startsWith('//'))
      .join('\n');
    expect(code).toContain(literal);
    expect(code.replaceAll(literal, '')).not.toContain('pwned');
    expect(code).toMatch(/^[ -~\n]*$/);
    expect(program).not.toMatch(invisible);
  }
});

test.each([
  [{ signature: 'wrong-secret' as const }, 'The SDK signs as it should'],
  [{ chunked: true }, 'The SDK sends no chunks'],
])('neither program claims to make a call that its SDK cannot make: %j', (odd, says) => {
  const [step] = stale!.steps;
  const spoilt = { ...stale!, steps: [{ ...step!, request: { ...step!.request, ...odd } }] };
  for (const program of [typescriptProgram(spoilt, { target }), csharpProgram(spoilt, { target })]) {
    expect(program).toContain(`${says}, so it cannot make this call: see the curl script.`);
    expect(program).not.toMatch(/ListRecords(Command|Async)\(/);
  }
});
