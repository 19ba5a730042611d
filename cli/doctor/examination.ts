import { bind } from '../../specs/bind.ts';
import { type Answer, readAnswer } from '../../specs/types/answer.ts';
import type { HttpRequest, Input, Operation, Target } from '../../specs/types/wire.ts';
import type { RunContext } from '../../engine/interface/options.ts';
import type { Asked } from '../../engine/isolation/first-answer.ts';
import { freshIdentities } from '../../engine/isolation/isolation.ts';
import type { Settings } from '../settings/settings.ts';
import type { Variants } from '../target/target.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Home } from './operations.ts';

/** The part of a run's context that an examination needs. */
export type ExaminationContext = Pick<RunContext, 'info' | 'runId' | 'now' | 'signal'>;

/** What has been found out about a server so far. The stages fill it in. */
export interface Examination {
  readonly settings: Settings;
  readonly variants: Variants;
  readonly context: ExaminationContext;
  /** The identity that the caller named, and one that exists nowhere. */
  readonly given: Home | null;
  readonly stranger: Home;
  readonly home: Home;
  /** The answers to the same listing: without a signature, with one, and with one made with a wrong secret. */
  unsigned: Asked | null;
  signed: Asked | null;
  forged: Asked | null;
  madeUp: Asked | null;
  /** The best of these answers, and the target that gave it. */
  first: Asked | null;
  target: Target;
  readonly operations: Diagnosis['operations'][number][];
  refusedUpdate: Answer | null;
  /** Whether its Cognito Identity API answers. */
  identityApi: boolean;
  /** The target's clock ahead of ours, in seconds, and the time that answers took, in milliseconds. */
  readonly skews: number[];
  readonly times: number[];
  readonly ask: (target: Target, operation: Operation, input: Input) => Promise<Asked>;
}

/** An examination that knows nothing yet. */
export function createExamination(settings: Settings, variants: Variants, context: ExaminationContext): Examination {
  const { identityPoolId, identityId: [identity] = [] } = settings;
  const given = identityPoolId === undefined || identity === undefined ? null : { pool: identityPoolId, identity };
  const stranger = freshIdentities(context.info.region, context.runId).name({ pool: 0, identity: 0, name: '' }, 0);
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
  return {
    settings,
    variants,
    context,
    given,
    stranger,
    home: given ?? stranger,
    unsigned: null,
    signed: null,
    forged: null,
    madeUp: null,
    first: null,
    target: variants.unsigned,
    operations: [],
    refusedUpdate: null,
    identityApi: false,
    skews,
    times,
    ask: (target, operation, input) => send(target, operation, bind(operation, input)),
  };
}
