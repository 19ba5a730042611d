import type { Json, Operation } from '../../../specs/types/wire.ts';
import type { Answer, Behaviour, Service } from '../../reference/core/behaviour.ts';
import { poolOf } from '../../reference/rules/storage.ts';
import type { Mutant } from '../base/mutant.ts';

type Input = Parameters<Behaviour['intercept']>[2];
type Body = Answer['body'];

/** A server whose answers to one operation are wrong. */
function wrong(
  id: string,
  title: string,
  requirement: string,
  minimum: number,
  operation: Operation,
  change: (answer: Answer, service: Service, input: Input) => Answer,
): Mutant {
  return {
    id,
    title,
    requirement,
    group: requirement.split('/')[0] ?? '',
    minimum,
    mutate: (base) => ({
      ...base,
      intercept: (service, called, input, answer) =>
        base.intercept(service, called, input, called === operation ? change(answer, service, input) : answer),
    }),
  };
}

const member =
  (name: string, value: Json) =>
  (answer: Answer): Answer =>
    answer.status === 200 ? { ...answer, body: { ...answer.body, [name]: value } } : answer;
const accepted =
  (body: (input: Input) => Body) =>
  (answer: Answer, _service: Service, input: Input): Answer =>
    answer.status === 200 ? answer : { status: 200, body: body(input) };
const inner = (value: Json | undefined): { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : {};
const refusal: Answer = { status: 404, errorType: 'ResourceNotFoundException', body: { message: 'not found' } };

export const poolMutants: readonly Mutant[] = [
  {
    id: 'usage-counts-deleted',
    title: 'DescribeIdentityUsage counts deleted datasets too.',
    requirement: 'usage/identity-usage-agrees',
    group: 'usage',
    minimum: 6,
    mutate: (base) => ({
      ...base,
      identityUsage: (service, poolId, identityId, identity) => ({
        ...base.identityUsage(service, poolId, identityId, identity),
        DatasetCount: [...(identity?.datasets.values() ?? [])].filter((dataset) => dataset.count > 0).length,
      }),
    }),
  },
  {
    id: 'pool-usage-without-storage',
    title: 'DescribeIdentityPoolUsage tells no storage.',
    requirement: 'usage/pool-usage-agrees',
    group: 'usage',
    minimum: 3,
    mutate: (base) => ({
      ...base,
      poolUsage: (service, poolId, pool) => ({ ...base.poolUsage(service, poolId, pool), DataStorage: null }),
    }),
  },
  wrong(
    'pool-list-without-count',
    'ListIdentityPoolUsage has no Count.',
    'usage/pool-list-answers',
    1,
    'ListIdentityPoolUsage',
    member('Count', null),
  ),
  wrong(
    'push-never-null',
    'Push settings that were never set show a role.',
    'configuration/never-set',
    1,
    'GetIdentityPoolConfiguration',
    (answer) =>
      answer.body['PushSync'] === null
        ? member('PushSync', { ApplicationArns: null, RoleArn: 'none' })(answer)
        : answer,
  ),
  wrong(
    'push-loses-arns',
    'The application ARNs of the push settings are not kept.',
    'configuration/set-then-get',
    2,
    'GetIdentityPoolConfiguration',
    (answer) =>
      answer.body['PushSync'] === null
        ? answer
        : member('PushSync', { ...inner(answer.body['PushSync']), ApplicationArns: null })(answer),
  ),
  {
    id: 'push-stays-when-cleared',
    title: 'Empty push settings change nothing.',
    requirement: 'configuration/empty-clears',
    group: 'configuration',
    minimum: 3,
    mutate: (base) => {
      const kept = new Map<string, Json>();
      return {
        ...base,
        intercept: (service, operation, input, answer) => {
          const id = String(input['IdentityPoolId']);
          if (operation === 'SetIdentityPoolConfiguration' && 'PushSync' in input) {
            const empty = Object.keys(inner(input['PushSync'])).length === 0;
            if (!empty) kept.set(id, input['PushSync'] ?? null);
            else if (kept.has(id)) poolOf(service, id).pushSync = inner(kept.get(id));
          }
          return base.intercept(service, operation, input, answer);
        },
      };
    },
  },
  wrong(
    'events-never-empty',
    'A fresh pool shows an event without a function.',
    'events/never-set',
    1,
    'GetCognitoEvents',
    (answer) =>
      Object.keys(inner(answer.body['Events'])).length === 0 ? member('Events', { SyncTrigger: '' })(answer) : answer,
  ),
  wrong(
    'events-not-kept',
    'Events that were set are not kept.',
    'events/set-then-get',
    2,
    'GetCognitoEvents',
    member('Events', {}),
  ),
  wrong(
    'events-never-removed',
    'An event set to the empty string stays, empty.',
    'events/empty-removes',
    2,
    'SetCognitoEvents',
    (answer, service, input) => {
      const { events } = poolOf(service, String(input['IdentityPoolId']));
      for (const [event, value] of Object.entries(inner(input['Events']))) events.set(event, String(value));
      return answer;
    },
  ),
  wrong(
    'no-device-id',
    'RegisterDevice gives no device id.',
    'device/registered',
    1,
    'RegisterDevice',
    member('DeviceId', null),
  ),
  wrong(
    'unsubscribe-not-found',
    'Unsubscribing answers that there is no such subscription.',
    'device/subscribes',
    5,
    'UnsubscribeFromDataset',
    (answer) => (answer.status === 200 ? refusal : answer),
  ),
  wrong(
    'subscribe-not-found',
    'Subscribing answers that there is no such dataset.',
    'device/subscribes',
    4,
    'SubscribeToDataset',
    (answer) => (answer.status === 200 ? refusal : answer),
  ),
  {
    id: 'subscribe-once-only',
    title: 'A device that has unsubscribed from a dataset cannot subscribe to it again.',
    requirement: 'device/subscribes',
    group: 'device',
    minimum: 6,
    mutate(base) {
      const left = new Set<string>();
      return {
        ...base,
        intercept(service, operation, input, answer) {
          const place = JSON.stringify([input['DeviceId'], input['DatasetName']]);
          if (operation === 'UnsubscribeFromDataset' && answer.status === 200) left.add(place);
          const again = operation === 'SubscribeToDataset' && left.has(place);
          return base.intercept(service, operation, input, again ? refusal : answer);
        },
      };
    },
  },
  wrong(
    'any-device-subscribes',
    'A device that was never registered can subscribe.',
    'device/unknown-refused',
    1,
    'SubscribeToDataset',
    accepted(() => ({})),
  ),
  wrong(
    'publish-status-succeeded',
    'A pool that was never published is shown as published.',
    'bulk-publish/not-started',
    1,
    'GetBulkPublishDetails',
    (answer) =>
      answer.body['BulkPublishStatus'] === 'NOT_STARTED' ? member('BulkPublishStatus', 'SUCCEEDED')(answer) : answer,
  ),
  wrong(
    'publish-without-stream',
    'A pool without a stream can be published.',
    'bulk-publish/needs-streaming',
    2,
    'BulkPublish',
    (answer, service, input) =>
      answer.errorType === 'InvalidParameterException' ? accepted(poolName)(answer, service, input) : answer,
  ),
  wrong(
    'publish-never-shows',
    'A bulk publish that was started is shown as not started.',
    'bulk-publish/starts',
    3,
    'GetBulkPublishDetails',
    member('BulkPublishStatus', 'NOT_STARTED'),
  ),
  wrong(
    'publish-any-time',
    'A pool can be published again at once.',
    'bulk-publish/once',
    3,
    'BulkPublish',
    (answer, service, input) =>
      answer.errorType === 'InvalidParameterException' ? answer : accepted(poolName)(answer, service, input),
  ),
];

function poolName(input: Input): Body {
  return { IdentityPoolId: input['IdentityPoolId'] ?? null };
}
