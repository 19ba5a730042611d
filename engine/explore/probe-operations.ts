import { type Answer, answerClass, readAnswer } from '../../specs/types/answer.ts';
import { bind } from '../../specs/bind.ts';
import { ownPool, type Sequence } from '../../specs/types/sequence.ts';
import type { Input, Operation } from '../../specs/types/wire.ts';
import type { Asked } from '../isolation/first-answer.ts';
import { denied, missing } from '../isolation/unsupported.ts';
import { isShared, takeGround } from '../isolation/own-pools.ts';
import type { Session } from '../session/session.ts';

/** The play that tries them. */
const trial: Sequence = { datasets: [{ pool: ownPool, identity: 0, name: 'set-up' }], steps: [] };
const serial = 0xffff_ffff;

/**
 * Finds out which of the operations beside datasets and records the target does not implement. In a pool of its own, where
 * there can be one: nothing of another is touched.
 */
export async function tryOthers(session: Session): Promise<void> {
  const { isolation, meter, unsupported, emit, context } = session;
  const leave = await takeGround(isolation, trial, serial, () => (meter.requests += 1));
  const alone = leave !== null && !isShared(isolation, trial);
  const own = isolation.name(trial.datasets[0] ?? { pool: ownPool, identity: 0, name: '' }, serial);
  const served = new Set<Operation>();
  const ask = async (operation: Operation, input: Input): Promise<Asked> => {
    const reply = await meter.send({ operation, request: bind(operation, input), input });
    const answer = readAnswer(reply);
    if (answer.kind === 'success') served.add(operation);
    return { operation, reply, answer };
  };
  const note = (operation: Operation, evidence: string | null): void => {
    if (evidence === null || unsupported.has(operation)) return;
    unsupported.set(operation, evidence);
    emit({ kind: 'unsupported', at: context.now(), operation, evidence });
  };
  for (const [operation, input] of harmlessCalls(own.pool, own.identity)) {
    if (session.stopped() !== null) break;
    note(
      operation,
      notTried(operation, alone) ?? (await evidenceAgainst(ask, operation, input, alone, session.elsewhere)),
    );
  }
  for (const [operation, input] of alone ? settings(own.pool) : []) {
    if (session.stopped() !== null) break;
    if (served.has(operation)) note(operation, verified((await ask(operation, input)).answer));
  }
  await leave?.();
}

type Ask = (operation: Operation, input: Input) => Promise<Asked>;

async function evidenceAgainst(
  ask: Ask,
  operation: Operation,
  input: Input,
  alone: boolean,
  elsewhere: Answer,
): Promise<string | null> {
  const asked = await ask(operation, input);
  const again = lacksPush(asked) && alone ? await askWithPush(ask, operation, input) : null;
  const last = again?.asked ?? asked;
  const evidence = missing(last, elsewhere) ?? denied(last.answer);
  if (evidence === null || again === null) return evidence;
  return `${evidence}, also after SetIdentityPoolConfiguration of push settings, answered ${again.settings}`;
}

const RoleArn = 'arn:aws:iam::123456789012:role/sync';
const push = { ApplicationArns: ['arn:aws:sns:us-east-1:123456789012:app/GCM/sync'], RoleArn };

/** Settings that name what does not exist. */
function settings(IdentityPoolId: string): readonly (readonly [Operation, Input])[] {
  const CognitoStreams = { StreamName: 'stream', RoleArn, StreamingStatus: 'ENABLED' };
  const SyncTrigger = 'arn:aws:lambda:us-east-1:123456789012:function:sync';
  return [
    ['SetIdentityPoolConfiguration', { IdentityPoolId, PushSync: push }],
    ['SetIdentityPoolConfiguration', { IdentityPoolId, CognitoStreams }],
    ['SetCognitoEvents', { IdentityPoolId, Events: { SyncTrigger } }],
  ];
}

/** Evidence that a target looks up the roles, applications and functions that it is given: then nothing made up can be set. */
function verified(answer: Answer): string | null {
  if (answer.kind !== 'failure' || !lookedUp.has(answer.type ?? '')) return denied(answer);
  return `answered ${answer.status} ${answer.type} to made-up ARNs, which it may look up`;
}

const lookedUp: ReadonlySet<string> = new Set([
  'InvalidConfigurationException',
  'InvalidParameterException',
  'ResourceNotFoundException',
]);

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
function notTried(operation: Operation, alone: boolean): string | null {
  return !alone && writing.has(operation) ? 'not tried: it would change a pool that is not only for this' : null;
}

/**
 * The same call of a pool of the run's own, after push settings were made there: without them devices may be refused (P-13,
 * P-14). Resolves to the answer, and to what the settings came to.
 */
async function askWithPush(
  ask: Ask,
  operation: Operation,
  input: Input,
): Promise<{ readonly asked: Asked; readonly settings: string }> {
  const { answer } = await ask('SetIdentityPoolConfiguration', {
    IdentityPoolId: input['IdentityPoolId'] ?? '',
    PushSync: push,
  });
  return { asked: await ask(operation, input), settings: answerClass(answer) };
}

/** Whether a pool without push settings may be the reason. */
function lacksPush({ answer }: Asked): boolean {
  return answer.kind === 'failure' && answer.type === 'InvalidConfigurationException';
}
