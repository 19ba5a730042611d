import { put, sequence, update } from '../../generators/build.ts';
import { accepted, check, refused } from '../../generators/check.ts';
import type { CheckStep, Expectation, Symbolic } from '../../specs/types/check-step.ts';
import { type DatasetRef, ownPool, type Sequence } from '../../specs/types/sequence.ts';
import type { Operation } from '../../specs/types/wire.ts';

/** These operations are about a whole pool, so each play has one of its own. */
const own: readonly DatasetRef[] = ['d', 'e'].map((name) => ({ pool: ownPool, identity: 0, name }));

type Members = { readonly [member: string]: Symbolic };
type Facts = Pick<CheckStep, 'needs' | 'gives' | 'save'>;

function ask(operation: Operation, input: Members, expect: Expectation, facts: Facts = {}): CheckStep {
  return check(operation, input, expect, { free: true, ...facts });
}

const pool = { $: 'pool' } as const;
const any = { $: 'any' } as const;
const role = 'arn:aws:iam::123456789012:role/sync';
const arn = 'arn:aws:sns:us-east-1:123456789012:app/GCM/sync';
const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:sync';
const push = { ApplicationArns: [arn], RoleArn: role };
const streams = { StreamName: 'stream', RoleArn: role, StreamingStatus: 'ENABLED' };
const disabled = { ...streams, StreamingStatus: 'DISABLED' };

function setConfiguration(
  requirement: string,
  context: string,
  input: Members,
  ...gives: readonly string[]
): CheckStep {
  const expect = accepted(`configuration/${requirement}`, context, { IdentityPoolId: pool });
  return ask('SetIdentityPoolConfiguration', input, expect, { gives });
}
function configuration(requirement: string, context: string, output: Members, ...needs: readonly string[]): CheckStep {
  const expect = accepted(`configuration/${requirement}`, context, { IdentityPoolId: pool, ...output });
  return ask('GetIdentityPoolConfiguration', {}, expect, { needs });
}
// What becomes of settings that a call leaves out is nowhere said: it ends what is known of them.
/** Push settings, without which devices may be refused. */
export const setPush: CheckStep = setConfiguration(
  'set-then-get',
  'set push settings',
  { PushSync: push },
  'push',
  '!cleared',
  '!enabled',
  '!disabled',
);
const clearPush = setConfiguration(
  'empty-clears',
  'set empty push settings',
  { PushSync: {} },
  '!push',
  'cleared',
  '!enabled',
  '!disabled',
);
const enable = setConfiguration(
  'set-then-get',
  'streams ENABLED',
  { CognitoStreams: streams },
  'enabled',
  '!disabled',
  '!push',
);
const disable = setConfiguration(
  'set-then-get',
  'streams DISABLED',
  { CognitoStreams: disabled },
  '!enabled',
  'disabled',
  '!push',
);
const setBoth = setConfiguration(
  'set-then-get',
  'set push and stream settings',
  { PushSync: push, CognitoStreams: disabled },
  'push',
  'disabled',
  '!cleared',
  '!enabled',
);

export const configurationExamples: readonly Sequence[] = [
  sequence(
    [
      configuration(
        'never-set',
        'never set',
        { PushSync: null, CognitoStreams: null },
        '!push',
        '!cleared',
        '!disabled',
      ),
      setPush,
      configuration('set-then-get', 'push settings', { PushSync: push }, 'push'),
      clearPush,
      configuration('empty-clears', 'after empty push settings', { PushSync: null }, 'cleared'),
      setBoth,
      configuration(
        'set-then-get',
        'push and stream settings',
        { PushSync: push, CognitoStreams: disabled },
        'push',
        'disabled',
      ),
    ],
    own,
  ),
];

function events(requirement: string, context: string, wanted: Members, ...needs: readonly string[]): CheckStep {
  return ask('GetCognitoEvents', {}, accepted(`events/${requirement}`, context, { Events: wanted }), { needs });
}
function setEvents(requirement: string, context: string, value: string, ...gives: readonly string[]): CheckStep {
  return ask('SetCognitoEvents', { Events: { SyncTrigger: value } }, accepted(`events/${requirement}`, context), {
    gives,
  });
}

export const eventsExamples: readonly Sequence[] = [
  sequence(
    [
      events('never-set', 'a fresh pool', {}, '!set', '!removed'),
      setEvents('set-then-get', 'set SyncTrigger', lambda, 'set', '!removed'),
      events('set-then-get', 'get SyncTrigger', { SyncTrigger: lambda }, 'set'),
      setEvents('empty-removes', 'set SyncTrigger to the empty string', '', '!set', 'removed'),
      events('empty-removes', 'get after removal', {}, 'removed'),
    ],
    own,
  ),
];

const device = { DeviceId: { $: 'saved', name: 'device' } } as const;
const subscribes = (context: string): Expectation => accepted('device/subscribes', context);
const stranger = { DeviceId: 'never-registered' };

export const deviceExamples: readonly Sequence[] = [
  sequence(
    [
      update([put('a', 'x')]),
      setPush,
      ask(
        'RegisterDevice',
        { Platform: 'GCM', Token: 'token' },
        accepted('device/registered', 'GCM', { DeviceId: any }),
        {
          save: { device: 'DeviceId' },
        },
      ),
      ask('SubscribeToDataset', device, subscribes('subscribe'), { gives: ['subscribed'] }),
      ask('UnsubscribeFromDataset', device, subscribes('unsubscribe'), {
        needs: ['subscribed'],
        gives: ['!subscribed'],
      }),
      ask('SubscribeToDataset', device, subscribes('subscribe after unsubscribing'), { gives: ['subscribed'] }),
      ask('SubscribeToDataset', stranger, refused('device/unknown-refused', 'subscribe')),
      clearPush,
    ],
    own,
  ),
];

function details(
  requirement: string,
  context: string,
  statuses: readonly string[],
  ...needs: readonly string[]
): CheckStep {
  const output = { IdentityPoolId: pool, BulkPublishStatus: { $: 'one-of', values: statuses } };
  return ask('GetBulkPublishDetails', {}, accepted(`bulk-publish/${requirement}`, context, output), { needs });
}
const started = accepted('bulk-publish/starts', 'streaming enabled', { IdentityPoolId: pool });
const again = refused('bulk-publish/once', 'right again', ['DuplicateRequestException', 'AlreadyStreamedException']);

export const bulkPublishExamples: readonly Sequence[] = [
  sequence(
    [
      update([put('a', 'x')]),
      details('not-started', 'a fresh pool', ['NOT_STARTED'], '!published'),
      disable,
      ask('BulkPublish', {}, refused('bulk-publish/needs-streaming', 'streaming disabled'), {
        needs: ['disabled'],
        gives: ['published'],
      }),
      enable,
      configuration('set-then-get', 'stream settings', { CognitoStreams: streams }, 'enabled'),
      ask('BulkPublish', {}, started, { needs: ['enabled', '!published'], gives: ['published'] }),
      details('starts', 'after the start', ['IN_PROGRESS', 'SUCCEEDED', 'FAILED'], 'published'),
      ask('BulkPublish', {}, again, { needs: ['published', 'enabled'] }),
      disable,
    ],
    own,
  ),
];
