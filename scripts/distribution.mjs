// Prints what 2,000 random sequences are made of, as the model rehearses them: no request is sent.
// Usage: npm run distribution [-- seed], which builds first.

/** @param {string} file Path below dist. */
const built = (file) => import(new URL(`../dist/${file}`, import.meta.url).href);
/** @type {typeof import('../suites/catalogue.ts')} */
const { catalogue } = await built('suites/catalogue.js');
/** @type {typeof import('../engine/session/rehearse.ts')} */
const { rehearse } = await built('engine/session/rehearse.js');
/** @type {typeof import('../engine/isolation/isolation.ts')} */
const { freshIdentities } = await built('engine/isolation/isolation.js');
/** @type {typeof import('../specs/contract.ts')} */
const { contract } = await built('specs/contract.js');

const SEQUENCES = 2000;
const seed = Number(process.argv[2] ?? 1);
const isolation = freshIdentities('us-east-1', '00000000');
const choices = Object.fromEntries(
  contract.choices.map(({ id, aws, options }) => [id, aws ?? Object.keys(options)[0]]),
);
const suites = catalogue.suites.filter(({ draw }) => draw !== undefined);

/** How often each feature was met, and in how many sequences. @type {Map<string, { calls: number, sequences: Set<number> }>} */
const features = new Map();
const lengths = [];
let calls = 0;
for (let number = 0; number < SEQUENCES; number += 1) {
  const suite = suites[number % suites.length];
  const sequence = suite.draw(seed, Math.floor(number / suites.length));
  const played = rehearse(sequence, { isolation, serial: 0, choices });
  calls += played.length;
  lengths.push(played.length);
  for (const one of played) for (const feature of featuresOf(one)) note(feature, number);
}

say(`${SEQUENCES} sequences of seed ${seed}, ${calls} calls; calls of a sequence: ${quantiles(lengths)}`);
say('');
say(`${'feature'.padEnd(58)}   of 1000 calls   of 100 sequences`);
for (const [feature, seen] of [...features].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const often = ((1000 * seen.calls) / calls).toFixed(1);
  const spread = ((100 * seen.sequences.size) / SEQUENCES).toFixed(1);
  say(`${feature.padEnd(58)}   ${often.padStart(13)}   ${spread.padStart(16)}`);
}

/** @param {string} feature @param {number} sequence */
function note(feature, sequence) {
  const known = features.get(feature) ?? { calls: 0, sequences: new Set() };
  known.calls += 1;
  known.sequences.add(sequence);
  features.set(feature, known);
}

/** What one call is, by its request and by what the model says that it puts to the test. @param {import('../engine/play/play.ts').Played} played */
function featuresOf(played) {
  const found = new Set([`call ${played.operation}`]);
  const { input } = played.exchanges[0];
  if (played.expected === 'any') found.add(`open ${played.operation}`);
  if (played.operation === 'UpdateRecords') for (const one of ofUpdate(input.RecordPatches)) found.add(one);
  for (const { requirement, context } of played.exercises) found.add(`${requirement} (${context})`);
  return found;
}

/** @param {any} patches */
function ofUpdate(patches) {
  if (!Array.isArray(patches)) return ['batch without patches'];
  const keys = new Set(patches.map((patch) => patch.Key));
  const ops = new Set(patches.map((patch) => patch.Op));
  return [
    `batch of ${patches.length}`,
    ...(ops.size > 1 ? [`batch of ${patches.length} with mixed operations`] : []),
    ...(keys.size < patches.length ? ['batch with a key twice'] : []),
    ...(patches.some((patch) => patch.Value === '') ? ['batch with an empty value'] : []),
    ...(patches.some((patch) => !/^\w*$/.test(patch.Key)) ? ['batch with an awkward key'] : []),
  ];
}

/** @param {number[]} values */
function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) => sorted[Math.floor(part * (sorted.length - 1))];
  return `median ${at(0.5)}, 90th percentile ${at(0.9)}, most ${at(1)}`;
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
