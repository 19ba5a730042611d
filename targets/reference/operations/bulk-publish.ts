import type { Input, Json } from '../../../specs/types/wire.ts';
import type { Output, Part, Service } from '../core/behaviour.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { knownPool, poolOf } from '../rules/storage.ts';

/** Nothing is really published, so it takes this long on the endpoint's clock. */
const publishingMs = 1000;
const dayMs = 24 * 60 * 60 * 1000;

export const publishing: Part<'publishStatus'> = {
  publishStatus(service, pool) {
    if (pool?.publishStarted === undefined) return 'NOT_STARTED';
    return service.behaviour.now(service) < pool.publishStarted + publishingMs ? 'IN_PROGRESS' : 'SUCCEEDED';
  },
};

/** BulkPublish (P-16, P-24): one at a time, one success a day, and only into an enabled stream. */
export function bulkPublish(service: Service, input: Input): Output | Refusal {
  const poolId = String(input['IdentityPoolId']);
  const pool = poolOf(service, poolId);
  if (pool.streams?.['StreamingStatus'] !== 'ENABLED') {
    return refuse('InvalidParameterException', `Streaming is not enabled for identity pool ${poolId}`);
  }
  const now = service.behaviour.now(service);
  if (service.behaviour.publishStatus(service, pool) === 'IN_PROGRESS') {
    return refuse('DuplicateRequestException', `A bulk publish of ${poolId} is in progress`);
  }
  if (pool.publishStarted !== undefined && now < pool.publishStarted + publishingMs + dayMs) {
    return refuse('AlreadyStreamedException', `A bulk publish of ${poolId} succeeded within the last 24 hours`);
  }
  pool.publishStarted = now;
  return { IdentityPoolId: poolId };
}

/** GetBulkPublishDetails (P-17). */
export function getBulkPublishDetails(service: Service, input: Input): Output {
  const poolId = String(input['IdentityPoolId']);
  const pool = knownPool(service, poolId);
  const status = service.behaviour.publishStatus(service, pool);
  const date = (ms: number | undefined): Json => (ms === undefined ? null : service.behaviour.shownDate(service, ms));
  const started = pool?.publishStarted;
  return {
    BulkPublishCompleteTime: date(status === 'SUCCEEDED' && started !== undefined ? started + publishingMs : undefined),
    BulkPublishStartTime: date(started),
    BulkPublishStatus: status,
    FailureMessage: null,
    IdentityPoolId: poolId,
  };
}
