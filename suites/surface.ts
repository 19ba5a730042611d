import type { Suite } from '../engine/plan.ts';
import { authorizationExamples } from './authorization-examples.ts';
import { pagingExamples } from './paging-examples.ts';
import { bulkPublishExamples, configurationExamples, deviceExamples, eventsExamples } from './pool-examples.ts';
import { quotaExamples } from './quota-examples.ts';
import { raceExamples } from './race-examples.ts';
import { usageExamples } from './usage-examples.ts';
import { validationExamples } from './validation-examples.ts';
import { wireExamples } from './wire-examples.ts';

/** Suites that are written out: each call says itself what it must come to. The order is that of their first turns. */
export const surface: readonly Suite[] = [
  { id: 'paging', title: 'Paging', examples: pagingExamples },
  { id: 'validation', title: 'Validation', examples: validationExamples },
  { id: 'wire', title: 'Wire', examples: wireExamples },
  { id: 'authorization', title: 'Authorization', examples: authorizationExamples, verified: true },
  { id: 'usage', title: 'Usage', examples: usageExamples },
  { id: 'configuration', title: 'Configuration', examples: configurationExamples },
  { id: 'events', title: 'Events', examples: eventsExamples },
  { id: 'device', title: 'Devices', examples: deviceExamples },
  { id: 'bulk-publish', title: 'Bulk publishing', examples: bulkPublishExamples },
  { id: 'concurrency', title: 'Calls at the same time', examples: raceExamples },
  { id: 'quota', title: 'Quotas', examples: quotaExamples },
];
