import { afterRefusal } from '../rules/after-refusal.ts';
import { disposeAll, readPatches } from '../rules/patches.ts';
import { type Answer, type Failure, isObject } from '../../types/answer.ts';
import type { Expectation } from '../../types/check-step.ts';
import { expectedOutput, sampleOutput } from '../inspect/check-output.ts';
import { statusOf, undeclared } from '../blame/deviations.ts';
import { predict } from './predict.ts';
import type { Call } from '../state/call.ts';
import type { Allowance, AllowedRefusal, Exercise, Prediction } from '../state/prediction.ts';
import type { Choices } from '../state/choices.ts';
import type { Deviation } from '../state/deviation.ts';
import { inspectPoolList, poolListExercises, sawPools } from '../inspect/pool-list-outcome.ts';
import { beyondQuota, livingDatasets, withinQuota } from '../rules/quota.ts';
import { type UsedStorage, isFree, isReckoned, usedStorage } from '../rules/used-storage.ts';
import { type World, datasetKey, datasetOf, mapTokens, withDataset, withTrace } from '../state/world.ts';
import type { DatasetName } from '../state/dataset-state.ts';

/** Operations whose outcome follows from what was stored. */
const modelled = new Set(['UpdateRecords', 'ListRecords', 'DescribeDataset', 'DeleteDataset', 'ListDatasets']);

/**
 * Predicts a call that says itself what it must come to. What the model knows of the operation still holds for an accepted one;
 * a refused one must leave everything as it was. `saved`: output members that later calls need.
 */
export function predictCheck(
  world: World,
  call: Call,
  wanted: Expectation,
  choices: Choices,
  saved: readonly string[],
): Prediction {
  const id = nameOf(call);
  const expect = reckoned(world, id, call, wanted, choices);
  const own: Exercise = { requirement: expect.requirement, context: expect.context };
  const astray = (): World => shaken(world, call, id);
  const option = expect.choice === undefined ? undefined : choices[expect.choice];
  const outcome = expect.outcome === 'choice' ? option : expect.outcome;
  if (outcome === undefined || !quotaDecides(world, call, id, expect) || !isThere(world, call, id, outcome))
    return { allowed: [], open: true, exercises: [], blame: () => [], astray };
  if (outcome === 'accepted' && modelled.has(call.operation)) {
    const base = predict(world, call, choices);
    // Where the target's own choices refuse it, the check has nothing to demand.
    if (!base.allowed.some((one) => one.kind === 'success')) return base;
    return {
      ...base,
      allowed: [...base.allowed, ...refusalWithStatus(world, call, id, expect)],
      exercises: base.open ? [] : [own, ...base.exercises],
      blame: (answer) => {
        const usual = base.blame(answer);
        // An open question that the call asks besides explains the answer better than what the check is after.
        const other = usual[0]?.startsWith('consistency/') === true ? usual.slice(0, 1) : [];
        // A conflict has to do with the stored counts, not with what is special about the call.
        const conflict = answer.kind === 'failure' && answer.type === 'ResourceConflictException';
        return [...new Set([...(conflict ? usual : other), expect.requirement, ...usual])];
      },
    };
  }
  const suspects = [expect.requirement, ...(expect.within === undefined ? [] : [expect.within])];
  const blame = (answer: Answer): readonly string[] => {
    const broken = answer.kind === 'silence' || (answer.kind === 'failure' && answer.status >= 500);
    if (broken && outcome === 'accepted') return ['wire/no-server-error', ...suspects];
    // It was refused, though not in the way that was asked for.
    if (broken && outcome === 'refused' && expect.as === 'invalid' && answer.kind === 'failure')
      return ['validation/refusal-status', ...suspects];
    return broken && expect.anyStatus === true && expect.typeRequirement !== undefined
      ? [expect.typeRequirement, ...suspects]
      : suspects;
  };
  const allowed = allowances(world, call, id, expect, outcome, choices, saved);
  return {
    allowed,
    open: false,
    exercises: [own, ...alsoTested(world, call, id, expect, outcome, choices)],
    blame,
    astray,
  };
}

/** What is expected of a usage: while it need not show yet what was written, any number of datasets will do. */
function reckoned(world: World, id: DatasetName, call: Call, expect: Expectation, choices: Choices): Expectation {
  const usage = expect.output?.['IdentityUsage'];
  if (call.operation !== 'DescribeIdentityUsage' || !isObject(usage) || isReckoned(world, id, choices)) return expect;
  return { ...expect, output: { ...expect.output, IdentityUsage: { ...usage, DatasetCount: { $: 'amount' } } } };
}

/** The refusal that a call may meet in place of being accepted. */
function refusalWithStatus(world: World, call: Call, id: DatasetName, expect: Expectation): readonly Allowance[] {
  const { orStatus, requirement } = expect;
  if (orStatus === undefined) return [];
  return [
    {
      kind: 'refusal',
      why: `a server may answer ${orStatus}`,
      types: [],
      typeSuspects: [requirement],
      inspect: ({ status, type }) =>
        status === orStatus
          ? []
          : [
              {
                pointer: 'status',
                expected: `200 or ${orStatus}`,
                actual: `${status} ${type ?? 'without type'}`,
                suspects: [requirement],
              },
            ],
      after: () => refused(world, call, id, expect),
    },
  ];
}

/** Only a dataset that is on the server is surely one to subscribe to, or to tell the usage of (P-06, P-07, P-25). */
function isThere(world: World, { operation }: Call, id: DatasetName, outcome: string): boolean {
  if (outcome !== 'accepted') return true;
  switch (operation) {
    case 'SubscribeToDataset':
    case 'UnsubscribeFromDataset':
      return datasetOf(world, id).exists;
    case 'DescribeIdentityUsage':
      return livingDatasets(world, id) > 0;
    case 'DescribeIdentityPoolUsage':
      return [...world.datasets.values()].some((dataset) => dataset.exists && dataset.id.pool === id.pool);
    default:
      return true;
  }
}

/** Whether what the check foresees follows from the quota it names; without one it always does. */
function quotaDecides(world: World, call: Call, id: DatasetName, { outcome, quota }: Expectation): boolean {
  if (quota === undefined) return true;
  const decides = outcome === 'accepted' ? withinQuota : beyondQuota;
  return decides(world, id, call.input, quota);
}

function allowances(
  world: World,
  call: Call,
  id: DatasetName,
  expect: Expectation,
  outcome: string,
  choices: Choices,
  saved: readonly string[],
): readonly Allowance[] {
  const listsPools = call.operation === 'ListIdentityPoolUsage';
  const storage = (of: unknown): UsedStorage => usedStorage(world, id, of, choices);
  const success: Allowance = {
    kind: 'success',
    why: expect.context,
    inspect: (output) =>
      outcome === 'accepted'
        ? [
            ...expectedOutput(expect, output, storage),
            ...(listsPools ? inspectPoolList(world, call.input, output, choices) : []),
          ]
        : [],
    after: (output) =>
      outcome !== 'accepted' ? shaken(world, call, id) : listsPools ? sawPools(world, call.input, output) : world,
    sample: () => sampleOutput(expect, saved, storage),
  };
  const refusal: AllowedRefusal = {
    kind: 'refusal',
    why: expect.context,
    types: typesOf(expect),
    typeSuspects: [expect.requirement],
    inspect: (failure) => (outcome === 'refused' ? refusalDeviations(expect, failure) : []),
    after: () => (call.operation === 'UpdateRecords' ? refused(world, call, id, expect) : world),
  };
  if (outcome === 'accepted') return [success];
  if (outcome === 'refused') return [refusal];
  const { inspect: _unasked, ...answered } = refusal;
  return [success, answered];
}

/** Error types that a refusal must have; none: any client error. How broken constraints are called is nowhere told (W-29). */
function typesOf(expect: Expectation): readonly string[] {
  return expect.as === undefined || expect.as === 'invalid' ? [] : expect.as;
}

/** How a call ends that asks for what is not there, or not for the caller, with the status of each. */
const lookedUpFirst: { readonly [type: string]: number } = {
  AccessDeniedException: 403,
  NotAuthorizedException: 403,
  ResourceNotFoundException: 404,
};

function refusalDeviations(expect: Expectation, failure: Failure): readonly Deviation[] {
  const types = typesOf(expect);
  const actual = `${failure.status} ${failure.type ?? 'without type'}`;
  if (types.length > 0 && !types.includes(failure.type ?? '')) {
    const suspects = [expect.typeRequirement ?? expect.requirement, ...undeclared(failure)];
    return [{ pointer: 'error', expected: types.join(' or '), actual, suspects }];
  }
  // Clients go by the status: whatever else is said, a call that is answered below 300 was not refused.
  const turnedAway = failure.status >= 300;
  const right = expect.anyStatus === true ? turnedAway && failure.status < 500 : failure.status === 400;
  // Whether what is named is looked up, and who asks, before it is seen how it is spelt is nowhere told (W-11).
  if (expect.as === 'invalid' && lookedUpFirst[failure.type ?? ''] === failure.status) return [];
  if (right || (expect.as === undefined && turnedAway)) return [];
  const form = expect.as === 'invalid' ? 'validation/refusal-status' : (expect.typeRequirement ?? expect.requirement);
  const suspect = turnedAway ? form : expect.requirement;
  const loose = expect.anyStatus === true || expect.as === undefined;
  const expected = loose ? 'a client error' : '400';
  const misnumbered = expect.anyStatus !== true && failure.type !== null && statusOf(failure.type) !== failure.status;
  const suspects = [suspect, ...(misnumbered ? ['wire/error-is-declared'] : [])];
  return [{ pointer: 'status', expected, actual, suspects }];
}

function alsoTested(
  world: World,
  call: Call,
  id: DatasetName,
  expect: Expectation,
  outcome: string,
  choices: Choices,
): readonly Exercise[] {
  const { context } = expect;
  if (outcome === 'accepted') {
    const summed = storagesIn(expect.output).map((of) => usedStorage(world, id, of, choices));
    return [
      ...summed.filter((one) => !isFree(one)).map(({ requirement }) => ({ requirement, context })),
      ...(call.operation === 'ListIdentityPoolUsage' ? poolListExercises(world, call.input, choices) : []),
    ];
  }
  if (outcome !== 'refused') return [];
  if (expect.as === 'invalid') return [{ requirement: 'validation/refusal-status', context }];
  return expect.typeRequirement === undefined ? [] : [{ requirement: expect.typeRequirement, context }];
}

/** Whose storage an expected output tells. */
function storagesIn(wanted: unknown): readonly unknown[] {
  if (!isObject(wanted)) return [];
  return wanted['$'] === 'storage' ? [wanted['of']] : Object.values(wanted).flatMap(storagesIn);
}

function refused(world: World, call: Call, id: DatasetName, expect: Expectation): World {
  // Under a name that must be refused there is nothing to come back to.
  if (!world.datasets.has(datasetKey(id))) return world;
  const raw = call.input['RecordPatches'];
  const patches = Array.isArray(raw) ? raw.filter(isObject) : [];
  const group = expect.requirement.split('/')[0] ?? '';
  const because = { demand: `${storing.has(group) ? group : 'validation'}/refusal-stores-nothing` };
  const dataset = datasetOf(world, id);
  const all = disposeAll(dataset, readPatches(raw) ?? [], {}, world.rules);
  return withTrace(afterRefusal(world, id, because, all), id, {
    kind: 'refused',
    patches: patches.map((patch) => ({
      key: String(patch['Key']),
      value: typeof patch['Value'] === 'string' ? patch['Value'] : null,
    })),
    because,
  });
}

/** Groups with a promise of their own that a refusal stores nothing. */
const storing = new Set(['authorization', 'quota', 'wire']);

/** After an answer that says nothing certain: an update may have been stored, a listing may have given a token. */
function shaken(world: World, call: Call, id: DatasetName): World {
  if (call.operation === 'UpdateRecords' || call.operation === 'DeleteDataset')
    return withDataset(world, { ...datasetOf(world, id), doubt: true });
  if (call.operation !== 'ListRecords') return world;
  return mapTokens(world, datasetKey(id), (token) => ({ ...token, uncertain: true }));
}

function nameOf({ input }: Call): DatasetName {
  const text = (member: string): string => (typeof input[member] === 'string' ? input[member] : '');
  return { pool: text('IdentityPoolId'), identity: text('IdentityId'), name: text('DatasetName') };
}
