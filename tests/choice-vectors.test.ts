import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choiceOptions } from '../targets/reference/core/choices.ts';
import { choiceIds, complaints, type Options } from './fixtures/choice-run.ts';

/** One option of every choice at a time. */
const vector: fc.Arbitrary<Options> = fc.record(
  Object.fromEntries(choiceIds.map((id) => [id, fc.constantFrom<string>(...choiceOptions[id])])),
);

const vectors = fc
  .sample(vector, { seed: 20_140_630, numRuns: 50 })
  .map((options, index): readonly [number, Options] => [index + 1, options]);

test.each(vectors)(
  'server %i of any options has nothing said against it',
  { timeout: 20_000 },
  async (seed, options) => {
    expect(await complaints(options, seed, 72)).toEqual([]);
  },
);
