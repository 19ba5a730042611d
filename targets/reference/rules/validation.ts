import type { Input, Json } from '../../../specs/types/wire.ts';
import type { Part, Service, Violation } from '../core/behaviour.ts';
import { type Refusal, refuse } from '../core/refusal.ts';

type Check = (member: string, value: Json) => Violation | undefined;

function pattern(source: string): Check {
  const whole = new RegExp(`^(?:${source})$`);
  const constraint = `Member must satisfy regular expression pattern: ${source}`;
  return (member, value) => (whole.test(String(value)) ? undefined : broken(member, value, constraint));
}

const length =
  (min: number, max: number): Check =>
  (member, value) => {
    const size = String(value).length;
    if (size < min) return broken(member, value, `Member must have length greater than or equal to ${min}`);
    if (size > max) return broken(member, value, `Member must have length less than or equal to ${max}`);
    return undefined;
  };

const oneOf =
  (...options: readonly string[]): Check =>
  (member, value) =>
    options.includes(String(value))
      ? undefined
      : broken(member, value, `Member must satisfy enum value set: [${options.join(', ')}]`);

const positive: Check = (member, value) =>
  Number(value) >= 1 ? undefined : broken(member, value, 'Member must have value greater than or equal to 1');

const id: readonly Check[] = [length(1, 55), pattern('[\\w-]+:[0-9a-f-]+')];
const anyCaseId: readonly Check[] = [length(1, 55), pattern('[\\w-]+:[0-9a-fA-F-]+')];
const plainName: readonly Check[] = [length(1, 128), pattern('[a-zA-Z0-9_.-]+')];
const role: readonly Check[] = [length(20, 2048), pattern('arn:aws:iam::\\d+:role/.*')];

/** Constraints of the members that lie at the top of an input (W-31). */
const topChecks: ReadonlyMap<string, readonly Check[]> = new Map<string, readonly Check[]>([
  ['IdentityPoolId', id],
  ['IdentityId', id],
  ['DatasetName', [length(1, 128), pattern('[a-zA-Z0-9_.:-]+')]],
  ['DeviceId', [length(1, 256)]],
  ['MaxResults', [positive]],
  ['Platform', [oneOf('APNS', 'APNS_SANDBOX', 'GCM', 'ADM')]],
]);

/** The same under the choices that change what a name may be. */
function topChecksOf(service: Service): ReadonlyMap<string, readonly Check[]> {
  const { choices } = service.options;
  const colons = choices['dataset-name-colon'] === 'accepted';
  const lowerCase = choices['id-upper-case'] === 'refused';
  if (colons && lowerCase) return topChecks;
  return new Map<string, readonly Check[]>([
    ...topChecks,
    ...(colons ? [] : [['DatasetName', plainName] as const]),
    ...(lowerCase ? [] : [['IdentityPoolId', anyCaseId] as const, ['IdentityId', anyCaseId] as const]),
  ]);
}

const required: ReadonlyMap<string, readonly string[]> = new Map([
  ['UpdateRecords', ['SyncSessionToken']],
  ['SetCognitoEvents', ['Events']],
  ['RegisterDevice', ['Platform', 'Token']],
]);

const keyLength = length(1, 1024);
const shortKeyLength = length(1, 128);
const op = oneOf('replace', 'remove');
const streamChecks: ReadonlyMap<string, readonly Check[]> = new Map([
  ['RoleArn', role],
  ['StreamName', [length(1, 128)]],
  ['StreamingStatus', [oneOf('ENABLED', 'DISABLED')]],
]);
const pushChecks: ReadonlyMap<string, readonly Check[]> = new Map([['RoleArn', role]]);
const applicationArn = pattern('arn:aws:sns:[-0-9a-z]+:\\d+:app/[A-Z_]+/[a-zA-Z0-9_.-]+');

/** Violations of the documented constraints, all of a request together (W-29, W-31). */
export const validation: Part<'violations'> = {
  violations(service, operation, input) {
    const found: Violation[] = [];
    for (const name of required.get(operation) ?? []) need(found, input, name, '');
    if (operation === 'UpdateRecords' && service.options.requireDevice) need(found, input, 'DeviceId', '');
    checkMembers(found, topChecksOf(service), input, '');
    if (operation === 'UpdateRecords') checkPatches(service, found, input);
    if (operation === 'SetIdentityPoolConfiguration') checkConfiguration(found, input);
    const events = input['Events'];
    if (typeof events === 'object' && events !== null && Object.keys(events).length > 1) {
      found.push(broken('events', '', 'Member must have length less than or equal to 1'));
    }
    return found;
  },
};

function checkPatches(service: Service, found: Violation[], input: Input): void {
  const patches = input['RecordPatches'];
  if (!Array.isArray(patches)) return;
  const value = length(0, service.options.quotas.value);
  const keys = service.options.choices['key-over-128'] === 'accepted' ? keyLength : shortKeyLength;
  patches.forEach((patch: Input, index) => {
    const place = `recordPatches.${index + 1}.member.`;
    for (const name of ['Op', 'Key', 'SyncCount']) need(found, patch, name, place);
    apply(found, [op], patch['Op'], `${place}op`);
    apply(found, [keys], patch['Key'], `${place}key`);
    apply(found, [value], patch['Value'], `${place}value`);
  });
}

function checkConfiguration(found: Violation[], input: Input): void {
  const push = (input['PushSync'] ?? {}) as Input;
  checkMembers(found, pushChecks, push, 'pushSync.');
  const arns = push['ApplicationArns'];
  if (Array.isArray(arns)) {
    arns.forEach((arn: Json, index) =>
      apply(found, [applicationArn], arn, `pushSync.applicationArns.${index + 1}.member`),
    );
  }
  checkMembers(found, streamChecks, (input['CognitoStreams'] ?? {}) as Input, 'cognitoStreams.');
}

function checkMembers(
  found: Violation[],
  checks: ReadonlyMap<string, readonly Check[]>,
  input: Input,
  place: string,
): void {
  for (const [name, list] of checks) apply(found, list, input[name], place + lowerFirst(name));
}

function apply(found: Violation[], checks: readonly Check[], value: Json | undefined, member: string): void {
  if (value === undefined || value === null) return;
  for (const check of checks) {
    const violation = check(member, value);
    if (violation !== undefined) found.push(violation);
  }
}

function need(found: Violation[], input: Input, name: string, place: string): void {
  if ((input[name] ?? null) === null) found.push(broken(place + lowerFirst(name), null, 'Member must not be null'));
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function broken(member: string, value: Json, constraint: string): Violation {
  return { member, value: value === null ? 'null' : `'${String(value).slice(0, 1024)}'`, constraint };
}

const errorTypes = {
  'invalid-parameter': 'InvalidParameterException',
  validation: 'ValidationException',
  'other-client-error': 'SerializationException',
} as const;

/** All violations in the one message AWS gives them (W-29). */
export function validationRefusal(service: Service, violations: readonly Violation[]): Refusal {
  const parts = violations.map(
    ({ member, value, constraint }) => `Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
  const errors = violations.length === 1 ? 'error' : 'errors';
  return refuse(
    errorTypes[service.options.choices['validation-error-type']],
    `${parts.length} validation ${errors} detected: ${parts.join('; ')}`,
  );
}
