import type { Suite } from '../engine/interface/plan.ts';
import { authorizationExamples } from './examples/authorization.ts';
import { pagingExamples } from './examples/paging.ts';
import { quotaExamples } from './examples/quotas.ts';
import { refusedUpdates } from './examples/refused-updates.ts';
import { raceExamples } from './examples/races.ts';
import { usageExamples } from './examples/usage.ts';
import { validationExamples } from './examples/validation.ts';
import { wireExamples } from './examples/wire.ts';

/** Suites that are written out: each call says itself what it must come to. The order is that of their first turns; what the opening asks is not asked again. */
export const surface: readonly Suite[] = [
  { id: 'paging', title: 'Paging', examples: pagingExamples },
  { id: 'validation', title: 'Validation', examples: [...validationExamples, ...refusedUpdates], turns: 2 },
  { id: 'wire', title: 'Wire', examples: wireExamples },
  { id: 'authorization', title: 'Authorization', examples: authorizationExamples, verified: true },
  { id: 'usage', title: 'Usage', examples: usageExamples },
  { id: 'configuration', title: 'Configuration', examples: [] },
  { id: 'events', title: 'Events', examples: [] },
  { id: 'concurrency', title: 'Calls at the same time', examples: raceExamples },
  { id: 'quota', title: 'Quotas', examples: quotaExamples, from: 5 },
];
