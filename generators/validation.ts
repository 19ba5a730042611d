import type { CheckStep, Expectation, Symbolic } from '../specs/types/check-step.ts';
import { contract } from '../specs/contract.ts';
import type { MemberSpec } from '../specs/types/contract-types.ts';
import type { Operation } from '../specs/types/wire.ts';
import { type Variation, variations } from './variations.ts';

type Members = { readonly [member: string]: Symbolic };

const role = 'arn:aws:iam::123456789012:role/stream';
const patch = (key: string): Members => ({
  Op: 'replace',
  Key: key,
  Value: 'x',
  SyncCount: 0,
  DeviceLastModifiedDate: 1_400_000_000,
});

/** A legal input of each operation that takes a body; the legal patches on both sides must not be stored either. */
const legalInputs: { readonly [operation in Operation]?: Members } = {
  UpdateRecords: { RecordPatches: [patch('v'), patch('w'), patch('z')] },
  RegisterDevice: { Platform: 'GCM', Token: 'token' },
  SetCognitoEvents: { Events: { SyncTrigger: 'arn:aws:lambda:us-east-1:123456789012:function:sync' } },
  SetIdentityPoolConfiguration: {
    CognitoStreams: { RoleArn: role, StreamName: 'stream', StreamingStatus: 'DISABLED' },
    PushSync: { ApplicationArns: ['arn:aws:sns:us-east-1:123456789012:app/GCM/sync'], RoleArn: role },
  },
  ListRecords: { LastSyncCount: 0, MaxResults: 10 },
  ListDatasets: { MaxResults: 10 },
  ListIdentityPoolUsage: { MaxResults: 10 },
};

/** Members of UpdateRecords that only their own checks send; null: the play knows the value. */
const lone: Members = { DeviceId: 'device', SyncSessionToken: null };

/** Samples of the right form for path members; the length decides nothing here. */
const pathSamples: { readonly [member: string]: string } = {
  IdentityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
  IdentityId: 'us-east-1:00000000-0000-4000-8000-000000000000',
  DatasetName: 'dataset',
  DeviceId: 'device',
};

/** The first check of an operation whose context holds these words. */
export function firstCheck(operation: Operation, words: string): CheckStep {
  const found = validationChecks(operation).find((check) => check.expect.context.includes(words));
  if (found === undefined) throw new RangeError(`no check of ${operation} says '${words}'`);
  return found;
}

/** Every check that the constraints of an operation's input make, the illegal ones first. */
export function validationChecks(operation: Operation): readonly CheckStep[] {
  const spec = contract.operations[operation];
  const legal = legalInputs[operation] ?? {};
  const checks = spec.input.flatMap((member): readonly CheckStep[] => {
    if (member.in === 'path') return pathChecks(operation, member);
    // A device that is not registered may be refused for that, so no other check names one.
    const base = legal[member.name] ?? (operation === 'UpdateRecords' ? lone[member.name] : undefined);
    if (base === undefined) return [];
    return [...memberChecks(operation, member, base, legal)];
  });
  return checks
    .map(withOwnKeys)
    .sort((a, b) => Number(a.expect.outcome !== 'refused') - Number(b.expect.outcome !== 'refused'));
}

function* memberChecks(operation: Operation, member: MemberSpec, base: Symbolic, legal: Members): Generator<CheckStep> {
  for (const one of variations(member, base, member.name)) {
    // A query has no types: what is no text can only be a number that is none.
    if (member.in === 'query' && (typeof one.value !== 'string' || one.what === 'a number as text')) continue;
    const check = checkOf(operation, one, { ...legal, [member.name]: one.value });
    if (check !== null) yield check;
  }
  if (!member.required) return;
  const { [member.name]: _dropped, ...rest } = legal;
  const required = { member: member.name, kind: 'required', legal: false } as const;
  const token = member.name === 'SyncSessionToken';
  const missing = checkOf(
    operation,
    { ...required, what: 'missing', value: null },
    token ? { ...legal, [member.name]: null } : rest,
  );
  if (missing !== null) yield missing;
}

/** Changes of the real name, which only the play knows. Empty ones have no place in a path. */
function pathChecks(operation: Operation, member: MemberSpec): readonly CheckStep[] {
  const sample = pathSamples[member.name] ?? 'x';
  const legal = legalInputs[operation] ?? {};
  const checks: CheckStep[] = [];
  for (const one of variations(member, sample, member.name)) {
    if (one.kind === 'type' || one.value === '') continue;
    const value = relative(one, sample);
    if (value === null || !(spelledOut.has(operation) || isTelling(one))) continue;
    const check = checkOf(operation, { ...one, value }, { ...deviceOf(operation), ...legal, [member.name]: value });
    if (check !== null) checks.push(check);
  }
  return checks;
}

/** Where every kind of illegal name is tried; elsewhere a few tell whether names are looked at. */
const spelledOut = new Set<Operation>(['ListRecords', 'UpdateRecords']);

function isTelling({ kind, legal, what }: Variation): boolean {
  return kind === 'length' || legal || /^an exclamation mark in|^a line break/.test(what);
}

/** A path needs all its members. */
function deviceOf(operation: Operation): Members {
  return contract.operations[operation].input.some((one) => one.in === 'path' && one.name === 'DeviceId')
    ? { DeviceId: 'device' }
    : {};
}

/** The same change as a change of whatever the real name is; null when it cannot be told so. */
function relative({ value, kind, member }: Variation, sample: string): Symbolic | null {
  if (typeof value !== 'string') return null;
  if (member === 'DeviceId') return value;
  if (kind === 'length') return value.length < sample.length ? null : { $: 'base', length: value.length };
  if (value.startsWith(sample)) return { $: 'base', end: value.slice(sample.length) };
  if (value.endsWith(sample)) return { $: 'base', start: value.slice(0, value.length - sample.length) };
  const half = Math.ceil(sample.length / 2);
  return { $: 'base', middle: value.slice(half, half + value.length - sample.length) };
}

const idMembers = new Set(['IdentityPoolId', 'IdentityId', 'DeviceId']);
/** Operations that answer for names nobody has used, so that a legal name must be accepted. */
const answersUnknown = new Set<Operation>(['ListRecords', 'ListDatasets']);
/** Operations that change nothing if the name is legal, but that nothing has: it may be unknown to them, and not wrong. */
const asksByName = new Set<Operation>([
  'DescribeDataset',
  'DeleteDataset',
  'DescribeIdentityUsage',
  'DescribeIdentityPoolUsage',
  'GetIdentityPoolConfiguration',
  'GetCognitoEvents',
  'GetBulkPublishDetails',
]);
/** Operations on a pool that keep what they are given, in a pool of the play's own. */
const setsPool = new Set<Operation>(['SetIdentityPoolConfiguration', 'SetCognitoEvents']);
const poolWide = /Configuration|CognitoEvents|Device|Dataset$|Publish|Usage/;

function checkOf(operation: Operation, one: Variation, input: Members): CheckStep | null {
  const context = `${operation} ${one.member}: ${one.what}`;
  const top = one.member.split(/[.[{]/)[0] ?? '';
  // What a pool, an identity or a device may be called is one thing, whether it exists another.
  const named = idMembers.has(top);
  // Another name than the token's may also be refused for the token.
  const tokened = operation === 'UpdateRecords' && top !== 'RecordPatches' && top in pathSamples;
  const step = {
    do: 'check',
    operation,
    dataset: 0,
    input,
    ...(poolWide.test(operation) && operation.match(/^(Set|Register|Bulk)/) ? { free: true } : {}),
  } as const;
  if (!one.legal) {
    const typed = one.kind === 'length' || one.kind === 'pattern' || one.kind === 'enum';
    const expect: Expectation = {
      outcome: 'refused',
      requirement: `validation/${one.kind}-refused`,
      context,
      ...(typed && !named && !tokened && (answersUnknown.has(operation) || operation in legalInputs)
        ? { as: 'invalid' }
        : {}),
      ...(top === 'SyncSessionToken' && one.kind === 'required' ? { within: 'session-token/required' } : {}),
    };
    return { ...step, expect };
  }
  const bounds = { requirement: 'validation/boundary-accepted', context };
  // A server may know only ids of the form that it gives out itself.
  if (named && top !== 'DeviceId' && (answersUnknown.has(operation) || asksByName.has(operation)))
    return { ...step, free: true, expect: { outcome: 'answered', ...bounds } };
  const inPath = top in pathSamples;
  // A removal is another matter.
  if (operation === 'UpdateRecords' && top === 'RecordPatches' && one.what !== '"remove"')
    return { ...step, input: alone(input), expect: accepted(one, context) };
  if (setsPool.has(operation) && !inPath) return { ...step, expect: { outcome: 'accepted', ...bounds } };
  if (asksByName.has(operation))
    return {
      ...step,
      expect: { outcome: 'answered', as: ['ResourceNotFoundException'], ...bounds },
    };
  if (!answersUnknown.has(operation) || top === 'DeviceId') return null;
  return { ...step, expect: accepted(one, context) };
}

/** Patches of each illegal check have keys of their own: what was stored by mistake must not stand in the way of the next. */
function withOwnKeys(check: CheckStep, index: number): CheckStep {
  const patches = check.input?.['RecordPatches'];
  if (check.expect.outcome !== 'refused' || !Array.isArray(patches)) return check;
  const renamed = patches.map((one: Symbolic): Symbolic => {
    const key = typeof one === 'object' && one !== null && 'Key' in one ? one['Key'] : undefined;
    return typeof key === 'string' && /^[vwz]$/.test(key) ? { ...(one as Members), Key: `${key}${index}` } : one;
  });
  return { ...check, input: { ...check.input, RecordPatches: renamed } };
}

/** The varied patch without its neighbours, at its current count. */
function alone(input: Members): Members {
  const patches = input['RecordPatches'];
  const varied: Symbolic = Array.isArray(patches) ? (patches[1] as Symbolic) : null;
  if (typeof varied !== 'object' || varied === null || Array.isArray(varied)) return input;
  const { Key: key = '' } = varied as Members;
  return { RecordPatches: [{ ...varied, SyncCount: { $: 'count', key } }] };
}

/** Keys longer than AWS's own clients allow are a choice (D-12). */
function accepted(one: Variation, context: string): Expectation {
  const long = one.member.endsWith('.Key') && Number.parseInt(one.what, 10) > contract.limits.clientKeyBytes;
  if (!long) return { outcome: 'accepted', requirement: 'validation/boundary-accepted', context };
  return {
    outcome: 'choice',
    choice: 'key-over-128',
    as: 'invalid',
    requirement: 'consistency/key-over-128',
    context,
  };
}
