import { featureHypotheses } from './by-feature.ts';
import { countHypotheses } from './counts.ts';
import { datasetHypotheses } from './datasets.ts';
import type { Hypothesis } from './hypothesis.ts';
import { listingHypotheses } from './listings.ts';
import { stalenessHypotheses } from './staleness.ts';
import { storedHypotheses } from './stored.ts';
import { textHypotheses } from './texts.ts';
import { tokenHypotheses } from './tokens.ts';

/** Every hypothesis that does not depend on what was seen; of two that explain the same the earlier is preferred. */
export const hypotheses: readonly Hypothesis[] = [
  ...countHypotheses,
  ...stalenessHypotheses,
  ...textHypotheses,
  ...datasetHypotheses,
  ...storedHypotheses,
  ...listingHypotheses,
  ...tokenHypotheses,
  ...featureHypotheses,
];
