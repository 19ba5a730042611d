// Measures the built program: requests per second of a whole run against what autocannon gets out of the same endpoint
// with the same mix of requests and connections; the memory in use late in a long run against early in it; and the time of
// `--version` against an empty Node.
// Usage: node scripts/bench.mjs [flags for `run`], after `npm run build`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import autocannon from 'autocannon';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const CONNECTIONS = 8;
const SAMPLE = 2000;
const CANNON_SECONDS = 5;
const PAIRS = 15;
const EARLY = 500;
const LATE = 4000;

/** @typedef {{ method: string, path: string, headers: Record<string, string>, body: string }} Recorded */

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const endpoint = await serve();
try {
  const sample = await record(endpoint.url);
  // Once before and once after, as the machine may change its mind about its clock in between.
  const first = await cannon(endpoint.url, sample);
  const traffic = await run(endpoint.url);
  const second = await cannon(endpoint.url, sample);
  const ceiling = (first + second) / 2;
  say(
    `run         ${format(traffic.requestsPerSecond)} requests/s (${traffic.requests} requests, ${traffic.sequences} sequences)`,
  );
  say(
    `autocannon  ${format(ceiling)} requests/s (${format(first)}, ${format(second)}; ${sample.length} recorded requests)`,
  );
  say(`ratio       ${(traffic.requestsPerSecond / ceiling).toFixed(2)}`);
  const [early = NaN, late = NaN] = await memory(endpoint.url);
  say(
    `memory      ${mebibytes(early)} MiB of heap after ${EARLY} sequences, ${mebibytes(late)} after ${LATE}, ratio ${(late / early).toFixed(2)}`,
  );
} finally {
  endpoint.stop();
  rmSync(folder, { recursive: true });
}
const start = startUp();
say(
  `--version   ${start.program.toFixed(0)} ms, node -e 0: ${start.node.toFixed(0)} ms, ratio ${(start.program / start.node).toFixed(2)}`,
);

/** Starts the embedded endpoint in a process of its own. @returns {Promise<{ url: string, stop: () => void }>} */
function serve() {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      said += chunk;
      const url = /listening (http:\/\/\S+)/.exec(said)?.[1];
      if (url) resolve({ url, stop: () => void child.kill() });
    });
    child.on('exit', (code) => reject(new Error(`serve ended with ${code} before it listened: ${said}`)));
  });
}

/** A whole run. @param {string} url */
async function run(url) {
  const flags = ['run', '--endpoint-url', url, '--preset', 'ci', '--seed', '1', '--concurrency', String(CONNECTIONS)];
  const output = ['--output', 'json', '--no-progress', '--report-dir', join(folder, 'report')];
  const args = [MAIN, ...flags, ...process.argv.slice(2), ...output];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (text += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) say(`note: the run ended with exit code ${code}`);
  /** @type {{ requests: number, sequences: number, requestsPerSecond: number }} */
  const traffic = JSON.parse(text).traffic;
  return traffic;
}

/** The requests of a run, a fair sample of them, caught between it and the endpoint. @param {string} url */
async function record(url) {
  /** @type {Recorded[]} */
  const sample = [];
  const random = generator(1);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let seen = 0;
  const proxy = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (body += chunk));
    incoming.on('end', () => {
      const { method = 'GET', url: path = '/', headers } = incoming;
      // Reservoir sampling: each request of the run is kept with the same probability.
      seen += 1;
      const at = seen <= SAMPLE ? seen - 1 : Math.floor(random() * seen);
      if (at < SAMPLE) sample[at] = { method, path, headers: carried(headers), body };
      const forward = httpRequest(url + path, { method, headers, agent }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forward.on('error', () => outgoing.destroy());
      forward.end(body);
    });
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  await run(`http://127.0.0.1:${address.port}`);
  proxy.close();
  proxy.closeAllConnections();
  agent.destroy();
  return sample;
}

/** The headers a replay sends too; the client makes the others. @param {import('node:http').IncomingHttpHeaders} headers */
function carried(headers) {
  /** @type {Record<string, string>} */
  const kept = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)) kept[name] = String(value);
  }
  return kept;
}

/** Requests per second of autocannon. @param {string} url @param {Recorded[]} sample */
async function cannon(url, sample) {
  const requests = sample.map(({ method, path, headers, body }) => ({
    method: /** @type {import('autocannon').Request['method']} */ (method),
    path,
    headers,
    ...(body !== '' && { body }),
  }));
  const result = await autocannon({ url, connections: CONNECTIONS, pipelining: 1, duration: CANNON_SECONDS, requests });
  if (result.errors > 0) say(`note: ${result.errors} of autocannon's requests failed`);
  return result.requests.total / result.duration;
}

/** Bytes of heap in use after EARLY and after LATE sequences of one run in this process. @param {string} url */
async function memory(url) {
  setFlagsFromString('--expose-gc');
  /** @type {() => void} */
  const collectGarbage = runInNewContext('gc');
  /** @type {typeof import('../index.ts')} */
  const {
    catalogue,
    contract,
    httpTarget,
    run: judge,
  } = await import(new URL('../dist/index.js', import.meta.url).href);
  const target = httpTarget({ endpointUrl: url, region: 'us-east-1', connections: CONNECTIONS });
  const events = judge(
    catalogue,
    {
      seed: 1,
      preset: 'ci',
      runs: LATE,
      concurrency: CONNECTIONS,
      requirements: contract.requirements.map(({ id }) => id),
      shrink: false,
    },
    {
      target,
      info: { endpointUrl: url, region: 'us-east-1', embedded: false },
      toolVersion: 'bench',
      runId: 'be4c4000',
      now: Date.now,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ledger: { planned: () => Promise.resolve(), deleted: () => Promise.resolve() },
    },
  );
  /** @type {number[]} */
  const heaps = [];
  let sequences = 0;
  for await (const event of events) {
    if (event.kind !== 'sequence-finished') continue;
    sequences += 1;
    if (sequences !== EARLY && sequences !== LATE) continue;
    collectGarbage();
    heaps.push(process.memoryUsage().heapUsed);
  }
  await target.close();
  return heaps;
}

/** @param {number} bytes */
function mebibytes(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}

/** Median milliseconds of `--version` and of an empty Node, taken in turns. */
function startUp() {
  /** @type {number[]} */
  const program = [];
  /** @type {number[]} */
  const node = [];
  for (let i = 0; i < PAIRS; i += 1) {
    program.push(timed([MAIN, '--version']));
    node.push(timed(['-e', '0']));
  }
  return { program: median(program), node: median(node) };
}

/** @param {string[]} args */
function timed(args) {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, args);
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - begin;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** A small repeatable source of numbers in [0, 1) (mulberry32). @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} value */
function format(value) {
  return value.toFixed(0);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
