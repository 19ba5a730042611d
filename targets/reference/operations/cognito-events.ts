import type { Input } from '../../../specs/types/wire.ts';
import type { Output, Service } from '../core/behaviour.ts';
import { knownPool, poolOf } from '../rules/storage.ts';

/** GetCognitoEvents (P-11): an empty map on a fresh pool (P-23). */
export function getCognitoEvents(service: Service, input: Input): Output {
  const pool = knownPool(service, String(input['IdentityPoolId']));
  return { Events: Object.fromEntries(pool?.events ?? []) };
}

/** SetCognitoEvents (P-12): an empty function name removes the event (P-23). No function is ever run. */
export function setCognitoEvents(service: Service, input: Input): Output {
  const { events } = poolOf(service, String(input['IdentityPoolId']));
  for (const [event, functionArn] of Object.entries(input['Events'] as Input)) {
    if (typeof functionArn !== 'string' || functionArn === '') events.delete(event);
    else events.set(event, functionArn);
  }
  return {};
}
