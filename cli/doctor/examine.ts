import type { Problem } from '../../engine/interface/hint.ts';
import { type Asked, isStrange, problemOf, speaks } from '../../engine/isolation/first-answer.ts';
import { runStages } from '../../engine/isolation/stages.ts';
import { type Answer, answerClass } from '../../specs/types/answer.ts';
import type { Operation } from '../../specs/types/wire.ts';
import { withHint } from '../common/say-hint.ts';
import type { Settings } from '../settings/settings.ts';
import type { Variants } from '../target/target.ts';
import { commandLine } from './command-line.ts';
import type { Demand, Diagnosis, Reception } from './diagnosis.ts';
import { createExamination, type Examination, type ExaminationContext } from './examination.ts';
import { examinationStages, isReceived } from './examination-stages.ts';

/** Asks a server what it is like, by calls that read or must be refused. */
export async function examine(settings: Settings, variants: Variants, context: ExaminationContext): Promise<Diagnosis> {
  const examination = createExamination(settings, variants, context);
  await runStages(examinationStages, examination);
  const { endpointUrl, region } = context.info;
  const { first, madeUp, given, skews, times, refusedUpdate, operations, target } = examination;
  const problem = problemIn(examination);
  return {
    endpointUrl,
    region,
    problem,
    signature: {
      unsigned: credentialsReception(examination.unsigned),
      signed: credentialsReception(examination.signed),
      wrongSecret: credentialsReception(examination.forged),
    },
    clockSkewSeconds: skews.length === 0 ? null : Math.round(median(skews)),
    answerMs: times.length === 0 ? null : Math.round(median(times)),
    identities: {
      madeUp: reception(madeUp),
      given: reception(given === null ? null : first),
      api: examination.identityApi,
    },
    sessionToken: demand(refusedUpdate, /session ?token/i),
    deviceId: deviceDemand(examination),
    operations,
    command: problem === null ? commandLine(settings, target === variants.unsigned, settings.deviceId) : null,
  };
}

/** Why no run is possible, or null. */
function problemIn(examination: Examination): string | null {
  const problem =
    firstProblem(examination) ??
    notImplemented(examination, 'ListRecords') ??
    notImplemented(examination, 'UpdateRecords') ??
    noDevice(examination);
  return problem === undefined ? null : withHint(problem.text, problem.hint);
}

function firstProblem({ first, given, identityApi, context }: Examination): Problem | undefined {
  // A server that refuses made-up identities can be judged where it makes others.
  const makesItsOwn = first !== null && given === null && identityApi && isStrange(first.answer);
  return first !== null && (speaks(first) || makesItsOwn)
    ? undefined
    : problemOf(first ?? nothing, context.info.endpointUrl, given !== null);
}

function notImplemented(examination: Examination, operation: Operation): Problem | undefined {
  const evidence = lacking(examination, operation);
  return evidence === undefined
    ? undefined
    : { text: `${operation} is not implemented (${evidence}), and without it there is nothing to judge.` };
}

function noDevice(examination: Examination): Problem | undefined {
  return deviceDemand(examination) === 'yes' &&
    examination.settings.deviceId === undefined &&
    lacking(examination, 'RegisterDevice') !== undefined
    ? { text: 'Updates need a DeviceId, and RegisterDevice is not implemented: name one with --device-id.' }
    : undefined;
}

function lacking({ operations }: Examination, operation: Operation): string | undefined {
  return operations.find((one) => one.operation === operation && !one.implemented)?.evidence;
}

const nothing: Asked = {
  operation: 'ListRecords',
  reply: { kind: 'failure', reason: 'unreachable', detail: 'no request was sent', ms: 0 },
  answer: { kind: 'silence', reason: 'unreachable' },
};

/** Whether the call got past the signature, whatever it came to. */
function credentialsReception(asked: Asked | null): Reception {
  if (asked === null) return 'not tried';
  return isReceived(asked) ? 'answered' : { refused: answerClass(asked.answer) };
}

function reception(asked: Asked | null): Reception {
  if (asked === null) return 'not tried';
  return speaks(asked) ? 'answered' : { refused: answerClass(asked.answer) };
}

function deviceDemand({ refusedUpdate }: Examination): Demand {
  return demand(refusedUpdate, /device ?id/i);
}

function demand(update: Answer | null, word: RegExp): Demand {
  if (update?.kind === 'success') return 'no';
  return update?.kind === 'failure' && word.test(update.message ?? '') ? 'yes' : 'not said';
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
