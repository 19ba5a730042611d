import { type Asked, complaint, isStrange, refusesCredentials, speaks } from '../../engine/isolation/first-answer.ts';
import { identityCall } from '../../engine/isolation/made-identities.ts';
import { denied, missing, nowhere } from '../../engine/isolation/unsupported.ts';
import type { RunContext } from '../../engine/interface/options.ts';
import { freshIdentities } from '../../engine/isolation/isolation.ts';
import { type Answer, answerClass, readAnswer } from '../../specs/types/answer.ts';
import { bind } from '../../specs/bind.ts';
import type { HttpRequest, Input, Operation, Target } from '../../specs/types/wire.ts';
import type { Settings } from '../settings/settings.ts';
import type { Variants } from '../target/target.ts';
import { commandLine } from './command-line.ts';
import type { Demand, Diagnosis, Reception } from './diagnosis.ts';
import { type Home, harmlessInputs } from './operations.ts';

/** The part of a run's context that is needed to ask. */
type Asking = Pick<RunContext, 'info' | 'runId' | 'now' | 'signal'>;

/** Asks a server what it is like, by calls that read or must be refused. */
export async function examine(settings: Settings, variants: Variants, context: Asking): Promise<Diagnosis> {
  const { endpointUrl, region } = context.info;
  const free = freshIdentities(region, context.runId);
  const stranger: Home = free.name({ pool: 0, identity: 0, name: '' }, 0);
  const { identityPoolId, identityId: [givenIdentity] = [], deviceId } = settings;
  const given =
    identityPoolId === undefined || givenIdentity === undefined
      ? null
      : { pool: identityPoolId, identity: givenIdentity };
  const home = given ?? stranger;
  const skews: number[] = [];
  const times: number[] = [];
  const send = async (target: Target, operation: Operation, request: HttpRequest): Promise<Asked> => {
    const sentAt = context.now();
    const reply = await target.send(request, context.signal);
    if (reply.kind === 'response') {
      const date = Date.parse(reply.headers['date'] ?? '');
      // The header leaves out the fraction of its second, half a second on the average.
      if (!Number.isNaN(date)) skews.push((date + 500 - (sentAt + context.now()) / 2) / 1000);
      times.push(reply.ms);
    }
    return { operation, reply, answer: readAnswer(reply) };
  };
  const ask = (target: Target, operation: Operation, input: Input): Promise<Asked> =>
    send(target, operation, bind(operation, input));
  const list = async (target: Target | null, { pool, identity }: Home): Promise<Asked | null> =>
    target === null
      ? null
      : ask(target, 'ListRecords', { IdentityPoolId: pool, IdentityId: identity, DatasetName: 'csc-doctor' });

  const unsigned = await list(variants.unsigned, home);
  const signed = await list(variants.signed, home);
  const forged = await list(variants.forged, home);
  const first = signed !== null && (isReceived(signed) || !isReceived(unsigned)) ? signed : unsigned;
  const target = first === signed && variants.signed !== null ? variants.signed : variants.unsigned;
  const received = first !== null && isReceived(first);

  const madeUp = given === null ? first : await list(target, stranger);
  const usable = first !== null && speaks(first);
  const estranged = first !== null && isStrange(first.answer);
  const operations: Diagnosis['operations'][number][] = [];
  let refusedUpdate: Answer | null = null;
  if (received) {
    const elsewhere = readAnswer(await target.send(nowhere, context.signal));
    for (const [operation, input] of harmlessInputs(home, stranger)) {
      const asked = await ask(target, operation, input);
      const implemented = asked.answer.kind !== 'silence' && missing(asked, elsewhere) === null;
      const allowed = !usable || input['IdentityPoolId'] !== home.pool || denied(asked.answer) === null;
      operations.push({ operation, implemented, allowed, evidence: answerClass(asked.answer) });
      if (operation === 'UpdateRecords') refusedUpdate = asked.answer;
    }
  }
  const api = (received || estranged) && (await answersIdentity(target, context));
  const identities = {
    madeUp: madeUp === null ? ('not tried' as const) : reception(madeUp),
    given: given === null || first === null ? ('not tried' as const) : reception(first),
    api,
  };
  const deviceDemand = demand(refusedUpdate, /device ?id/i);
  const lacking = (operation: Operation): string | undefined =>
    operations.find((one) => one.operation === operation && !one.implemented)?.evidence;
  const problems = [
    first === null || (!usable && !(given === null && estranged && api))
      ? complaint(first ?? nothing, endpointUrl, given !== null)
      : undefined,
    ...(['ListRecords', 'UpdateRecords'] as const).map((operation) => {
      const evidence = lacking(operation);
      return evidence && `${operation} is not implemented (${evidence}), and without it there is nothing to judge.`;
    }),
    deviceDemand === 'yes' && deviceId === undefined && lacking('RegisterDevice') !== undefined
      ? 'Updates need a DeviceId, and RegisterDevice is not implemented: name one with --device-id.'
      : undefined,
  ];
  const problem = problems.find((one) => one !== undefined) ?? null;
  return {
    endpointUrl,
    region,
    problem,
    signature: {
      unsigned: credentialsReception(unsigned),
      signed: credentialsReception(signed),
      wrongSecret: credentialsReception(forged),
    },
    clockSkewSeconds: skews.length === 0 ? null : Math.round(median(skews)),
    answerMs: times.length === 0 ? null : Math.round(median(times)),
    identities,
    sessionToken: demand(refusedUpdate, /session ?token/i),
    deviceId: deviceDemand,
    operations,
    command: problem === null ? commandLine(settings, target === variants.unsigned, deviceId) : null,
  };
}

const nothing: Asked = {
  operation: 'ListRecords',
  reply: { kind: 'failure', reason: 'unreachable', detail: 'nothing was asked', ms: 0 },
  answer: { kind: 'silence', reason: 'unreachable' },
};

function isReceived(asked: Asked | null): boolean {
  return asked !== null && asked.answer.kind !== 'silence' && !refusesCredentials(asked.answer);
}

/** Whatever a call came to: did it get past the signature? */
function credentialsReception(asked: Asked | null): Reception {
  if (asked === null) return 'not tried';
  return isReceived(asked) ? 'answered' : { refused: answerClass(asked.answer) };
}

function reception(asked: Asked): Reception {
  return speaks(asked) ? 'answered' : { refused: answerClass(asked.answer) };
}

/** ListIdentityPools changes nothing. */
async function answersIdentity(target: Target, context: Asking): Promise<boolean> {
  const reply = await target.send(identityCall('ListIdentityPools', { MaxResults: 1 }), context.signal);
  const answer = readAnswer(reply);
  return answer.kind === 'success' && Array.isArray(answer.output['IdentityPools']);
}

function demand(update: Answer | null, word: RegExp): Demand {
  if (update?.kind === 'success') return 'no';
  return update?.kind === 'failure' && word.test(update.message ?? '') ? 'yes' : 'not said';
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
