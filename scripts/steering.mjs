// What it is worth to choose among random sequences: requests to the first detection of faults that neither the opening nor the
// examples show, with and without the choosing. Usage: npm run steering [-- seeds], which builds first.
import { availableParallelism } from 'node:os';

/** @param {string} file Path below dist. */
const built = (file) => import(new URL(`../dist/${file}`, import.meta.url).href);
/** @type {typeof import('../cli/self-test/run-jobs.ts')} */
const { runJobs } = await built('cli/self-test/run-jobs.js');
/** @type {typeof import('../suites/catalogue.ts')} */
const { catalogue } = await built('suites/catalogue.js');
/** @type {typeof import('../targets/mutants/catalogue.ts')} */
const { mutants } = await built('targets/mutants/catalogue.js');

const seeds = Number(process.argv[2] ?? 10);
const preset = /** @type {const} */ ('ci');
const threads = availableParallelism();
/** What every run plays before it draws: written sequences, in which a seed changes nothing. */
const written =
  catalogue.opening.length +
  catalogue.openingOthers.length +
  new Set(catalogue.probes.map((probe) => probe.sequence)).size;

const first = await runJobs(
  mutants.filter((one) => one.deep !== true).map(({ id }) => ({ mutant: id, seed: 1, preset })),
  threads,
);
const deepest = first
  .filter((row) => (row.detected?.sequences ?? 0) > written + 64 && row.minimum < 40)
  .map((row) => row.id);

const ways = [true, false];
const jobs = deepest.flatMap((mutant) =>
  ways.flatMap((steered) => Array.from({ length: seeds }, (_, seed) => ({ mutant, seed: seed + 1, preset, steered }))),
);
const rows = await runJobs(jobs, threads);
const requests = (/** @type {string} */ id, /** @type {boolean} */ steered) =>
  jobs.flatMap((job, index) =>
    job.mutant === id && job.steered === steered ? [rows[index]?.detected?.requests ?? Infinity] : [],
  );

process.stdout.write(`${'median requests to the first detection'.padEnd(44)}  chosen  not chosen   (${seeds} seeds)\n`);
for (const id of deepest) line(id, ...ways.map((steered) => requests(id, steered)));
line('all of them', ...ways.map((steered) => deepest.flatMap((id) => requests(id, steered))));

/** @param {string} name @param {readonly number[][]} columns */
function line(name, ...columns) {
  const cells = columns.map((column) => String([...column].sort((a, b) => a - b)[column.length >> 1]).padStart(8));
  process.stdout.write(`${name.padEnd(44)}${cells.join('    ')}\n`);
}
