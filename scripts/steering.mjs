// What it is worth to choose among random sequences: faults that drawn sequences alone find in the smoke preset, and requests to the
// first detection, with and without the choosing. Usage: npm run steering [-- seeds every], which builds first; `every` 4
// judges a fault in four.
import { availableParallelism } from 'node:os';

/** @param {string} file Path below dist. */
const built = (file) => import(new URL(`../dist/${file}`, import.meta.url).href);
/** @type {typeof import('../cli/self-test/run-jobs.ts')} */
const { runJobs } = await built('cli/self-test/run-jobs.js');
/** @type {typeof import('../targets/mutants/catalogue.ts')} */
const { mutants } = await built('targets/mutants/catalogue.js');

const [seeds, every] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 1)];
const ways = [true, false];
const faults = mutants.filter((one, index) => one.deep !== true && index % every === 0).map(({ id }) => id);
const jobs = faults.flatMap((mutant) =>
  Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    ways.map((steered) => ({ mutant, seed, preset: /** @type {const} */ ('smoke'), written: false, steered })),
  ),
);
const rows = await runJobs(jobs, availableParallelism());
/** By fault and seed, with the choosing and without. */
const pairs = Array.from({ length: rows.length / 2 }, (_, index) =>
  [rows[2 * index], rows[2 * index + 1]].map((row) => row?.detected?.requests ?? Infinity),
);
/** Those that the probes alone do not show: here a choice was made. */
const drawn = pairs.filter(([one, other]) => one !== other);

line(`${faults.length} faults, ${seeds} seeds`, 'chosen', 'not chosen');
line('faults found', ...ways.map((_, way) => pairs.filter((pair) => finite(pair[way])).length));
line('found by one way only', ...ways.map((_, way) => drawn.filter((pair) => !finite(pair[1 - way])).length));
line('found sooner', ...ways.map((_, way) => drawn.filter((pair) => at(pair, way) < at(pair, 1 - way)).length));
const both = drawn.filter((pair) => pair.every(finite));
line('median requests where both find', ...ways.map((_, way) => median(both.map((pair) => at(pair, way)))));
for (const sequences of [40, 80, 160])
  line(
    `found within ${sequences} sequences`,
    ...ways.map(
      (steered) =>
        rows.filter(
          (row, index) => jobs[index]?.steered === steered && (row.detected?.sequences ?? Infinity) <= sequences,
        ).length,
    ),
  );

/** @param {number | undefined} requests */
function finite(requests) {
  return requests !== undefined && requests < Infinity;
}

/** @param {readonly number[]} pair @param {number} way */
function at(pair, way) {
  return pair[way] ?? Infinity;
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** @param {string} name @param {readonly (number | string)[]} cells */
function line(name, ...cells) {
  process.stdout.write(`${name.padEnd(34)}${cells.map((cell) => String(cell).padStart(12)).join('')}\n`);
}
