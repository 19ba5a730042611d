import type { Suite } from '../engine/plan.ts';
import { authorizationExamples } from './authorization-examples.ts';
import { pagingExamples } from './paging-examples.ts';
import { quotaExamples } from './quota-examples.ts';
import { raceExamples } from './race-examples.ts';
import { usageExamples } from './usage-examples.ts';
import { validationExamples } from './validation-examples.ts';
import { wireExamples } from './wire-examples.ts';

/** Suites that are written out: each call says itself what it must come to. The order is that of their first turns; what the opening asks is not asked again. */
export const surface: readonly Suite[] = [
  { id: 'paging', title: 'Paging', examples: pagingExamples },
  { id: 'validation', title: 'Validation', examples: validationExamples, turns: 2 },
  { id: 'wire', title: 'Wire', examples: wireExamples },
  { id: 'authorization', title: 'Authorization', examples: authorizationExamples, verified: true },
  { id: 'usage', title: 'Usage', examples: usageExamples },
  { id: 'configuration', title: 'Configuration', examples: [] },
  { id: 'events', title: 'Events', examples: [] },
  { id: 'concurrency', title: 'Calls at the same time', examples: raceExamples },
  { id: 'quota', title: 'Quotas', examples: quotaExamples, from: 5 },
];
