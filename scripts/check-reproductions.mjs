// Judges servers with known faults over HTTP, and runs the curl script of every finding: against the faulty server, where
// the failure must show (0), and against a right one, where it must not (1). `npm run scripts:check [-- MUTANT…]`, after
// `npm run build`. The mutants are every nth of the catalogue unless they are named.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mutants } from '../dist/targets/mutants/catalogue.js';
import { startMutant } from '../dist/targets/mutants/start.js';
import { startEndpoint } from '../dist/targets/reference/server/server.js';

const SAMPLE = 20;
const run = promisify(execFile);
const named = process.argv.slice(2);
const step = Math.ceil(mutants.length / SAMPLE);
const chosen = mutants.filter(({ id }, at) => (named.length > 0 ? named.includes(id) : at % step === 0));

async function codeOf(file, args, env = {}) {
  try {
    await run(file, args, { env: { ...process.env, ...env }, timeout: 180_000, maxBuffer: 1 << 26 });
    return 0;
  } catch (error) {
    return error.code;
  }
}

const tally = {};
for (const { id } of chosen) {
  const work = mkdtempSync(join(tmpdir(), 'check-reproductions-'));
  const [faulty, right] = [await startMutant(id), await startEndpoint()];
  const flags = ['--endpoint-url', faulty.url, '--report-dir', work, '--preset', 'smoke', '--seed', '1', '--quiet'];
  await codeOf(process.execPath, ['dist/cli/main.js', 'run', '--no-progress', ...flags]);
  const folder = join(work, 'findings');
  let files = [];
  try {
    files = readdirSync(folder);
  } catch {
    process.stdout.write(`${id}  no findings\n`);
  }
  for (const file of files.filter((name) => name.endsWith('.curl.sh'))) {
    const script = join(folder, file);
    const there = await codeOf('bash', [script], { ENDPOINT_URL: faulty.url });
    const elsewhere = await codeOf('bash', [script], { ENDPOINT_URL: right.url });
    const { finding } = JSON.parse(readFileSync(script.replace('.curl.sh', '.json'), 'utf8'));
    const result = `${there} and ${elsewhere}`;
    tally[result] = (tally[result] ?? 0) + 1;
    process.stdout.write(`${id}  ${finding.id}  ${finding.requirement}  faulty ${there}, right ${elsewhere}\n`);
  }
  await Promise.all([faulty.close(), right.close()]);
  rmSync(work, { recursive: true });
}
process.stdout.write(`${JSON.stringify(tally)}\n`);
process.exitCode = Object.keys(tally).some((result) => result.endsWith('and 0')) ? 1 : 0;
