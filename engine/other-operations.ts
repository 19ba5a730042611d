import type { Answer } from '../specs/answer.ts';
import type { Input, Operation } from '../specs/wire.ts';
import type { Place } from './place.ts';

/** Operations beside datasets and records, each with a call that changes nothing that anybody could miss. */
export function harmlessCalls(pool: string, identity: string): readonly (readonly [Operation, Input])[] {
  const IdentityPoolId = pool;
  const device: Input = { IdentityPoolId, IdentityId: identity, DatasetName: 'set-up', DeviceId: 'never-registered' };
  return [
    ['DescribeIdentityUsage', { IdentityPoolId, IdentityId: identity }],
    ['DescribeIdentityPoolUsage', { IdentityPoolId }],
    ['ListIdentityPoolUsage', { MaxResults: 1 }],
    ['GetIdentityPoolConfiguration', { IdentityPoolId }],
    ['GetCognitoEvents', { IdentityPoolId }],
    ['GetBulkPublishDetails', { IdentityPoolId }],
    ['SetIdentityPoolConfiguration', { IdentityPoolId }],
    ['SetCognitoEvents', { IdentityPoolId, Events: {} }],
    ['RegisterDevice', { IdentityPoolId, IdentityId: identity, Platform: 'GCM', Token: 'set-up' }],
    ['SubscribeToDataset', device],
    ['UnsubscribeFromDataset', device],
    ['BulkPublish', { IdentityPoolId }],
  ];
}

/** Those that would leave something behind in a pool that others use too. */
const writing: ReadonlySet<Operation> = new Set([
  'SetIdentityPoolConfiguration',
  'SetCognitoEvents',
  'RegisterDevice',
  'BulkPublish',
]);

/** Why an operation is not tried at all; null: it is. */
export function notTried(operation: Operation, place: Place): string | null {
  return place.shared && writing.has(operation) ? 'not tried: it would change a pool that is not only for this' : null;
}

/** Answers that other credentials or other settings would change. */
const denied: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidConfigurationException',
  'NotAuthorizedException',
]);

/** Evidence that these credentials cannot use an operation, or null. */
export function deniedHere(answer: Answer): string | null {
  if (answer.kind !== 'failure') return null;
  const refused = denied.has(answer.type ?? '') || answer.status === 401 || answer.status === 403;
  return refused ? `answered ${answer.status} ${answer.type ?? 'without an error type'}` : null;
}
