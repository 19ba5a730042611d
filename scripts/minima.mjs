// Whether shrinking comes to the same end from wherever it starts: judges a few faults with many seeds, without the written
// sequences, which are the same for every seed, and counts the different minima of each failure key. Usage: npm run minima [-- seeds mutant…], which builds first.
import { availableParallelism } from 'node:os';

/** @param {string} file Path below dist. */
const built = (file) => import(new URL(`../dist/${file}`, import.meta.url).href);
/** @type {typeof import('../cli/self-test/run-jobs.ts')} */
const { runJobs } = await built('cli/self-test/run-jobs.js');

/** Faults with minima from two calls to six. */
const TEN = [
  'value-trimmed',
  'keys-ignore-case',
  'since-is-inclusive',
  'last-write-wins',
  'refused-batch-half-applied',
  'same-value-stale-in-batch',
  'recreated-at-zero-in-batch',
  'interleaved-update-skips',
  'recreation-empties-namesakes',
  'deletion-reaches-other-identities',
];

const [seeds = '100', ...named] = process.argv.slice(2);
const mutants = named.length > 0 ? named : TEN;
const jobs = mutants.flatMap((mutant) =>
  Array.from({ length: Number(seeds) }, (_, index) => ({
    mutant,
    seed: index + 1,
    preset: /** @type {const} */ ('ci'),
    written: false,
  })),
);
const rows = await runJobs(jobs, availableParallelism());

for (const mutant of mutants) {
  const own = rows.filter((row) => row.id === mutant);
  const caught = own.flatMap((row) => (row.caught === null ? [] : [row.caught]));
  const met = own.flatMap(({ detected }) => (detected === null ? [] : [detected.requests]));
  const [first, last] = [Math.min(...met), Math.max(...met)];
  say(
    `${mutant} (met at requests ${first} to ${last}): caught with ${caught.length} of ${own.length} seeds; most requests to shrink ${largest(caught)}`,
  );
  for (const key of new Set(caught.map((one) => one.key))) {
    const minima = caught.filter((one) => one.key === key).map((one) => one.steps.map(withoutSerial).join('\n      '));
    const different = new Set(minima);
    say(`  ${key}: ${different.size} ${different.size === 1 ? 'minimum' : 'minima'} in ${minima.length} runs`);
    if (different.size > 1)
      for (const steps of different) say(`    ${minima.filter((one) => one === steps).length} times\n      ${steps}`);
  }
}

/** Names of datasets bear the number of the play. @param {string} step */
function withoutSerial(step) {
  return step.replaceAll(/"[0-9a-z]{4}\./g, '"');
}

/** @param {readonly { readonly shrinkRequests: number }[]} caught */
function largest(caught) {
  return Math.max(0, ...caught.map((one) => one.shrinkRequests));
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
