import type { Plan, Suite } from '../engine/plan.ts';
import { draw, sequences } from '../generators/sequences.ts';
import { deepExamples, examples } from './examples.ts';
import { opening } from './opening.ts';
import { probes } from './probes.ts';
import { surface } from './surface.ts';
import { shapes } from './shapes.ts';

const titles: { readonly [suite: string]: string } = {
  'sync-count': 'Sync counts',
  conflict: 'Conflicts',
  record: 'Records',
  'list-records': 'Listing records',
  dataset: 'Datasets',
  'session-token': 'Session tokens',
  consistency: 'Choices kept',
};

/** Everything the suite knows to ask a target. */
export const catalogue: Plan = {
  opening,
  probes,
  suites: [
    ...Object.entries(shapes).map(([id, shape]): Suite => {
      const arbitrary = sequences(shape);
      const salt = [...id].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);
      return {
        id,
        title: titles[id] ?? id,
        examples: examples[id] ?? [],
        deep: deepExamples[id] ?? [],
        draw: (seed, index) => draw(arbitrary, seed ^ salt, index),
      };
    }),
    ...surface,
  ],
};
