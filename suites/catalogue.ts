import type fc from 'fast-check';
import type { Plan, Suite } from '../engine/interface/plan.ts';
import { draw, sequences } from '../generators/sequences.ts';
import { races } from '../generators/races.ts';
import { settings } from '../generators/settings.ts';
import type { Sequence } from '../specs/types/sequence.ts';
import { deepExamples, examples } from './examples/deep.ts';
import { opening, openingOthers } from './opening.ts';
import { probes } from './probes.ts';
import { rareShapes, shapes } from './shapes.ts';
import { surface } from './examples-by-layer.ts';

const titles: { readonly [suite: string]: string } = {
  'sync-count': 'Sync counts',
  conflict: 'Conflicts',
  record: 'Records',
  'list-records': 'Listing records',
  dataset: 'Datasets',
  'session-token': 'Session tokens',
  consistency: 'Choices kept',
};

/** Random sequences of a suite; no two suites draw the same of one seed. */
function drawing(id: string, arbitrary: fc.Arbitrary<Sequence>): NonNullable<Suite['draw']> {
  const salt = [...id].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);
  return (seed, index) => draw(arbitrary, seed ^ salt, index);
}

const rare: { readonly [suite: string]: fc.Arbitrary<Sequence> } = {
  ...Object.fromEntries(Object.entries(rareShapes).map(([id, shape]) => [id, sequences(shape)])),
  configuration: settings('configuration'),
  events: settings('events'),
  concurrency: races,
};

/** Everything the suite knows to ask a target. */
export const catalogue: Plan = {
  opening,
  openingOthers,
  probes,
  suites: [
    ...Object.entries(shapes).map(([id, shape]): Suite => ({
      id,
      title: titles[id] ?? id,
      examples: examples[id] ?? [],
      deep: deepExamples[id] ?? [],
      draw: drawing(id, sequences(shape)),
      turns: id === 'consistency' ? 3 : 1,
    })),
    ...surface.map((suite): Suite => {
      const arbitrary = rare[suite.id];
      return arbitrary === undefined ? suite : { ...suite, rare: true, draw: drawing(suite.id, arbitrary) };
    }),
  ],
};
