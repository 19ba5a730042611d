import type { Answer } from '../../specs/types/answer.ts';
import type { Operation } from '../../specs/types/wire.ts';
import type { Problem } from '../interface/hint.ts';
import type { RunContext, RunOptions } from '../interface/options.ts';
import { freshIdentities, givenIdentities, type Isolation } from './isolation.ts';
import { makeIdentities } from './made-identities.ts';
import { runStages } from './stages.ts';
import { createSurvey } from './survey.ts';
import { surveyStages } from './survey-stages.ts';

/** Where a run can live on the target, or why nothing can be judged. */
export type SetUp =
  | {
      readonly ok: true;
      readonly isolation: Isolation;
      /** Of the operations on records and datasets; see `tryOthers` for the rest. */
      readonly unsupported: ReadonlyMap<Operation, string>;
      /** Why signatures cannot be put to the test, or null. */
      readonly unverified: string | null;
      /** How the target answers for a path that does not exist. */
      readonly elsewhere: Answer;
      readonly requests: number;
      /** Deletes what was made for the whole run. */
      readonly close: () => Promise<void>;
    }
  | { readonly ok: false; readonly problem: Problem; readonly requests: number };

/** An isolation that was tried; `strict`: it may be that only identities which exist are served. */
type Settled = SetUp & { readonly strict: boolean };

/**
 * Finds where a run can live: on the identities it is given, else on made-up ones, else on those that the target's own
 * Cognito Identity API makes.
 */
export async function setUp(options: RunOptions, context: RunContext): Promise<SetUp> {
  const { identityPoolId: pool } = options;
  const identities = [...new Set(options.identityIds)];
  if (pool !== undefined && identities.length > 0)
    return settle(givenIdentities([{ pool, identities }], context.runId), true, options, context);
  const free = await settle(freshIdentities(context.info.region, context.runId), false, options, context);
  if (!free.strict || context.signal?.aborted === true) return free;
  const made = await makeIdentities(context);
  let requests = free.requests + made.requests;
  if (made.isolation !== null) {
    const settled = await settle(made.isolation, false, options, context);
    requests += settled.requests;
    if (settled.ok && !settled.strict) return { ...settled, requests, close: made.remove };
  }
  await made.remove();
  if (free.ok) return { ...free, requests };
  const { problem } = free;
  const text = `${problem.text} (Its Cognito Identity API makes none: ${made.problem ?? 'the identities it makes are refused as well'}.)`;
  return { ...free, requests, problem: { ...problem, text } };
}

/** Asks a few harmless questions of the target with these identities. */
async function settle(empty: Isolation, given: boolean, options: RunOptions, context: RunContext): Promise<Settled> {
  const survey = createSurvey(empty, given, options.deviceId, context);
  const complaint = await runStages(surveyStages, survey);
  const { isolation, unsupported, unverified, elsewhere, requests, strict } = survey;
  return complaint === undefined
    ? { ok: true, isolation, unsupported, unverified, elsewhere, requests, strict, close: () => Promise.resolve() }
    : { ok: false, problem: complaint, requests, strict: complaint.strict };
}
