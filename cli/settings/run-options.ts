import { randomInt } from 'node:crypto';
import type { RunOptions } from '../../engine/interface/options.ts';
import type { Policy } from '../../reports/summary/verdict.ts';
import { selectRequirements } from './selection.ts';
import type { Settings } from './settings.ts';

export const defaultConcurrency = 8;

/** What the engine is asked to do; throws a UsageError for a pattern that matches nothing. */
export function runOptions(settings: Settings): RunOptions {
  const { runs, maxTime, maxRequests, maxFindings, shard, identityPoolId, identityId, deviceId } = settings;
  return {
    seed: settings.seed ?? randomInt(0x8000_0000),
    preset: settings.preset ?? 'ci',
    concurrency: settings.concurrency ?? defaultConcurrency,
    requirements: selectRequirements(settings),
    shrink: settings.noShrink !== true,
    ...(runs !== undefined && { runs }),
    ...(maxTime !== undefined && { maxTimeMs: maxTime * 1000 }),
    ...(maxRequests !== undefined && { maxRequests }),
    ...(maxFindings !== undefined && { maxFindings }),
    ...(shard !== undefined && { shard }),
    ...(identityPoolId !== undefined && { identityPoolId }),
    ...(identityId !== undefined && { identityIds: identityId }),
    ...(deviceId !== undefined && { deviceId }),
  };
}

/** What decides between a failure and a warning. */
export function policy(settings: Settings): Policy {
  return { failOn: settings.failOn ?? 'relied-on', matchAws: settings.matchAws === true, exerciseRequired: true };
}
