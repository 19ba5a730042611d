import { type Answer, answerClass, readAnswer } from '../specs/answer.ts';
import { bind } from '../specs/bind.ts';
import { ownPool } from '../specs/sequence.ts';
import type { Input, Operation } from '../specs/wire.ts';
import { type Asked, missing } from './asked.ts';
import type { Place } from './place.ts';
import type { Session } from './session.ts';

/**
 * Finds out which of the operations beside datasets and records the target does not implement. In a pool of its own, where
 * there can be one: nothing of another is touched.
 */
export async function tryOthers(session: Session): Promise<void> {
  const { place, meter, unsupported, emit, context } = session;
  const own = place.name({ pool: ownPool, identity: 0, name: 'set-up' }, 0xffff_ffff);
  const ask = async (operation: Operation, input: Input): Promise<Asked> => {
    const reply = await meter.send({ operation, request: bind(operation, input), input });
    return { operation, reply, answer: readAnswer(reply) };
  };
  for (const [operation, input] of harmlessCalls(own.pool, own.identity)) {
    if (session.stopped() !== null) return;
    const evidence = notTried(operation, place) ?? (await evidenceAgainst(ask, operation, input, place));
    if (evidence === null) continue;
    unsupported.set(operation, evidence);
    emit({ kind: 'unsupported', at: context.now(), operation, evidence });
  }
}

type Ask = (operation: Operation, input: Input) => Promise<Asked>;

async function evidenceAgainst(ask: Ask, operation: Operation, input: Input, place: Place): Promise<string | null> {
  const asked = await ask(operation, input);
  const again = lacksPush(asked) && !place.shared ? await askWithPush(ask, operation, input) : null;
  const last = again?.asked ?? asked;
  const evidence = missing(last) ?? deniedHere(last.answer);
  if (evidence === null || again === null) return evidence;
  return `${evidence}, also after SetIdentityPoolConfiguration of push settings, answered ${again.settings}`;
}

/** Operations beside datasets and records, each with a call that changes nothing that anybody could miss. */
function harmlessCalls(pool: string, identity: string): readonly (readonly [Operation, Input])[] {
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
function notTried(operation: Operation, place: Place): string | null {
  return place.shared && writing.has(operation) ? 'not tried: it would change a pool that is not only for this' : null;
}

/** Answers that other credentials or other settings would change. */
const denied: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidConfigurationException',
  'NotAuthorizedException',
]);

/**
 * The same call of a pool of the run's own, after push settings were made there: without them devices may be refused (P-13,
 * P-14). Resolves to the answer, and to what the settings came to.
 */
async function askWithPush(
  ask: Ask,
  operation: Operation,
  input: Input,
): Promise<{ readonly asked: Asked; readonly settings: string }> {
  const RoleArn = 'arn:aws:iam::123456789012:role/sync';
  const ApplicationArns = ['arn:aws:sns:us-east-1:123456789012:app/GCM/sync'];
  const { answer } = await ask('SetIdentityPoolConfiguration', {
    IdentityPoolId: input['IdentityPoolId'] ?? '',
    PushSync: { ApplicationArns, RoleArn },
  });
  return { asked: await ask(operation, input), settings: answerClass(answer) };
}

/** Whether a pool without push settings may be the reason. */
function lacksPush({ answer }: Asked): boolean {
  return answer.kind === 'failure' && answer.type === 'InvalidConfigurationException';
}

/** Evidence that these credentials cannot use an operation, or null. */
function deniedHere(answer: Answer): string | null {
  if (answer.kind !== 'failure') return null;
  const refused = denied.has(answer.type ?? '') || answer.status === 401 || answer.status === 403;
  return refused ? `answered ${answer.status} ${answer.type ?? 'without an error type'}` : null;
}
