import type { Input, Operation } from '../../../specs/types/wire.ts';
import type { Part, Service } from '../core/behaviour.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { identityOf } from './storage.ts';

/** Operations that do not know ResourceNotFoundException (P-02, P-04, P-08). */
const withoutNotFound: ReadonlySet<Operation> = new Set(['ListDatasets', 'ListIdentityPoolUsage', 'ListRecords']);

/** Strict mode: only the given pools exist, and only the given identities may be reached (S-69). */
export const access: Part<'accessProblem'> = {
  accessProblem(service, operation, input) {
    const { knownPools, knownIdentities, requireDevice } = service.options;
    const made = service.world.identityPools.get(String(input['IdentityPoolId']));
    const poolId = input['IdentityPoolId'];
    const identityId = input['IdentityId'];
    if (knownPools !== undefined && typeof poolId === 'string' && made === undefined && !knownPools.includes(poolId)) {
      return refuse(
        withoutNotFound.has(operation) ? 'NotAuthorizedException' : 'ResourceNotFoundException',
        `IdentityPool '${poolId}' not found.`,
      );
    }
    const reachable = (id: string): boolean => made?.identities.has(id) ?? knownIdentities?.includes(id) ?? true;
    if (typeof identityId === 'string' && !reachable(identityId)) {
      return refuse('NotAuthorizedException', 'These credentials are not valid for accessing this resource');
    }
    if (requireDevice && operation === 'UpdateRecords') return deviceProblem(service, input);
    return undefined;
  },
};

function deviceProblem(service: Service, input: Input): Refusal | undefined {
  const { devices } = identityOf(service, String(input['IdentityPoolId']), String(input['IdentityId']));
  const device = input['DeviceId'];
  return typeof device === 'string' && devices.has(device)
    ? undefined
    : refuse('InvalidParameterException', `No such Device: ${String(device)}`);
}
