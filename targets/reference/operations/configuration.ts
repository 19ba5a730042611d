import type { Input, Json } from '../../../specs/types/wire.ts';
import type { Output, Service } from '../core/behaviour.ts';
import { knownPool, poolOf } from '../rules/storage.ts';
import type { PoolState } from '../core/world.ts';

/** GetIdentityPoolConfiguration (P-09): what was never set is null (P-22). */
export function getIdentityPoolConfiguration(service: Service, input: Input): Output {
  const poolId = String(input['IdentityPoolId']);
  return shown(poolId, knownPool(service, poolId));
}

/** SetIdentityPoolConfiguration (P-10): a member left out stays, an empty one is cleared (P-22). */
export function setIdentityPoolConfiguration(service: Service, input: Input): Output {
  const poolId = String(input['IdentityPoolId']);
  const pool = poolOf(service, poolId);
  const pushSync = members(input['PushSync']);
  const streams = members(input['CognitoStreams']);
  if (pushSync !== undefined) {
    const { ApplicationArns = null, RoleArn = null } = pushSync;
    pool.pushSync = ApplicationArns === null && RoleArn === null ? null : { ApplicationArns, RoleArn };
  }
  if (streams !== undefined) {
    const { RoleArn = null, StreamName = null, StreamingStatus = null } = streams;
    const empty = RoleArn === null && StreamName === null && StreamingStatus === null;
    pool.streams = empty ? null : { RoleArn, StreamName, StreamingStatus };
  }
  return shown(poolId, pool);
}

function members(value: Json | undefined): Input | undefined {
  return typeof value === 'object' && value !== null ? (value as Input) : undefined;
}

function shown(poolId: string, pool: PoolState | undefined): Output {
  return { CognitoStreams: pool?.streams ?? null, IdentityPoolId: poolId, PushSync: pool?.pushSync ?? null };
}
