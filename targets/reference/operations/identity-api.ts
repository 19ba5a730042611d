import { randomUUID } from 'node:crypto';
import type { Input } from '../../../specs/types/wire.ts';
import type { Answer, Output, Service } from '../core/behaviour.ts';
import type { ReceivedRequest } from '../core/request.ts';
import { type Refusal, isRefusal, refuse } from '../core/refusal.ts';

const prefix = 'AWSCognitoIdentityService.';

/** The part of Cognito Identity that makes pools and identities, as JSON 1.1; undefined for any other request. */
export function identityAnswer(service: Service, request: ReceivedRequest): Answer | undefined {
  const target = request.headers['x-amz-target'];
  if (!service.options.identityApi || typeof target !== 'string' || !target.startsWith(prefix)) return undefined;
  const perform = operations.get(target.slice(prefix.length));
  const result = perform?.(service, inputOf(request)) ?? refuse('UnknownOperationException', `No operation ${target}`);
  if (!isRefusal(result)) return { status: 200, body: result };
  return service.behaviour.errorAnswer(result, undefined);
}

const operations: ReadonlyMap<string, (service: Service, input: Input) => Output | Refusal> = new Map([
  [
    'CreateIdentityPool',
    ({ world }: Service, input: Input) => {
      const name = input['IdentityPoolName'];
      if (typeof name !== 'string') return refuse('InvalidParameterException', 'IdentityPoolName is missing');
      const id = `us-east-1:${randomUUID()}`;
      world.identityPools.set(id, { name, identities: new Set() });
      return {
        IdentityPoolId: id,
        IdentityPoolName: name,
        AllowUnauthenticatedIdentities: input['AllowUnauthenticatedIdentities'] === true,
      };
    },
  ],
  [
    'GetId',
    ({ world }: Service, input: Input) => {
      const pool = world.identityPools.get(String(input['IdentityPoolId']));
      if (pool === undefined) return noPool(input);
      const id = `us-east-1:${randomUUID()}`;
      pool.identities.add(id);
      return { IdentityId: id };
    },
  ],
  [
    'DeleteIdentityPool',
    ({ world }: Service, input: Input) =>
      world.identityPools.delete(String(input['IdentityPoolId'])) ? {} : noPool(input),
  ],
  [
    'ListIdentityPools',
    ({ world }: Service) => ({
      IdentityPools: [...world.identityPools].map(([id, { name }]) => ({
        IdentityPoolId: id,
        IdentityPoolName: name,
      })),
    }),
  ],
]);

function noPool(input: Input): Refusal {
  return refuse('ResourceNotFoundException', `IdentityPool '${String(input['IdentityPoolId'])}' not found.`);
}

function inputOf(request: ReceivedRequest): Input {
  try {
    const body: unknown = JSON.parse(request.body.toString());
    return typeof body === 'object' && body !== null ? (body as Input) : {};
  } catch {
    return {};
  }
}
