import type { Finding, FindingStep } from '../../engine/interface/events.ts';
import type { Json } from '../../specs/types/wire.ts';
import { visible } from '../writing/visible.ts';
import { nestsDeeply } from './nests-deeply.ts';
import { announce, preamble } from './preamble.ts';
import type { ReproductionContext } from './preamble.ts';
import { MADE_UP_TOKEN, TOKEN_OF_REPLY, tokenGivers, tokenSource } from './session-token.ts';
import { spoilingForAwsCli } from './broken-signature.ts';
import { shellQuote, shellWord } from './shell.ts';
import type { Piece } from './shell.ts';

/** The member that each path segment of the API introduces. */
const PATH_MEMBERS: { readonly [segment: string]: string } = {
  identitypools: 'IdentityPoolId',
  identities: 'IdentityId',
  identity: 'IdentityId',
  datasets: 'DatasetName',
  subscriptions: 'DeviceId',
};

const NUMBERS = new Set(['LastSyncCount', 'MaxResults']);

const FUNCTIONS = [
  "export AWS_PAGER=''",
  'if [ -n "${SIGN_REQUESTS:-}" ] && [ -z "${AWS_ACCESS_KEY_ID:-}${AWS_PROFILE:-}" ]; then',
  '  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test',
  'fi',
  'call() {',
  '  local sign=(--no-sign-request)',
  '  if [ -n "${SIGN_REQUESTS:-}" ]; then sign=(); fi',
  '  reply="$(aws cognito-sync "$@" --endpoint-url "$endpoint" --region "${signed_region:-$region}" --output json \\',
  '    ${sign[@]+"${sign[@]}"} 2>&1)"',
  `  printf '%s' "$reply" | show`,
  '}',
];

type Members = Map<string, Json>;

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function pathMembers(path: string, members: Members): boolean {
  const segments = path.split('/').slice(1);
  for (let at = 0; at < segments.length; at += 1) {
    const name = PATH_MEMBERS[segments[at] ?? ''];
    const raw = segments[at + 1];
    if (name === undefined || raw === undefined) continue;
    const value = decode(raw);
    if (value === undefined || value === '') return false;
    members.set(name, value);
    at += 1;
  }
  return true;
}

function queryMembers(query: string, members: Members): boolean {
  for (const [parameter, value] of new URLSearchParams(query)) {
    const name = parameter.charAt(0).toUpperCase() + parameter.slice(1);
    if (members.has(name)) return false;
    if (NUMBERS.has(name) && !/^-?\d{1,15}$/.test(value)) return false;
    members.set(name, NUMBERS.has(name) ? Number(value) : value);
  }
  return true;
}

function bodyMembers(body: string | null, members: Members): boolean {
  if (body === null || body === '') return true;
  if (nestsDeeply(body)) return false;
  try {
    const value: Json = JSON.parse(body);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const [name, member] of Object.entries(value)) members.set(name, member);
    return true;
  } catch {
    return false;
  }
}

/** The input of the call as the CLI takes it, or undefined when no such input makes this request. */
function inputOf(step: FindingStep): Members | undefined {
  const members: Members = new Map();
  const { path, body, headers } = step.request;
  const [location = '', query = ''] = path.split(/\?(.*)/s);
  const told = bodyMembers(body, members) && pathMembers(location, members) && queryMembers(query, members);
  const client = headers['x-amz-client-context'];
  if (client !== undefined) members.set('ClientContext', client);
  return told ? members : undefined;
}

/**
 * The input as one shell word of JSON, with the token and the dataset's suffix filled in by the shell. Everything goes
 * through the JSON, nothing through a flag of its own: there the CLI would read a file for `file://…`.
 */
function inputWord(members: Members, from: number | undefined): string {
  const token: Piece = from === undefined ? MADE_UP_TOKEN : { expand: `$token_${from}` };
  const pieces = [...members].flatMap(([name, value], index): Piece[] => {
    const start = `${index === 0 ? '{' : ', '}${JSON.stringify(name)}: `;
    const text = JSON.stringify(value);
    if (name === 'SyncSessionToken' && typeof value === 'string' && value !== '') return [`${start}"`, token, '"'];
    if (name === 'DatasetName' && typeof value === 'string')
      return [start + text.slice(0, -1), { expand: '$suffix' }, '"'];
    return [start + text];
  });
  return shellWord([...(members.size === 0 ? ['{'] : pieces), '}']);
}

function commandName(operation: string): string {
  return operation.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
}

function callLines(finding: Finding, step: FindingStep, index: number): readonly string[] {
  const members = inputOf(step);
  const spoiling = spoilingForAwsCli(step.request.signature);
  if (members === undefined || spoiling === undefined || step.request.chunked === true) {
    return [`echo ${shellQuote(`   the AWS CLI cannot make this call: see ${visible(finding.id)}.curl.sh`)}`, 'reply='];
  }
  const input = inputWord(members, tokenSource(finding, index));
  const call = spoiling.variable === undefined ? 'call' : `${spoiling.variable} call`;
  return [`${call} ${shellQuote(commandName(step.operation))} \\`, `  --cli-input-json ${input}`];
}

/** A bash script that makes the calls of a finding with the AWS CLI, fetching its own session tokens. */
export function awsCliScript(finding: Finding, context: ReproductionContext): string {
  const givers = tokenGivers(finding);
  const calls = finding.steps.flatMap((step, index) => [
    ...announce(finding, index),
    ...callLines(finding, step, index),
    ...(givers.has(index + 1) ? [`token_${index + 1}="$(token_of_reply)"`] : []),
  ]);
  return [
    ...preamble(finding, context, 'aws-cli.sh'),
    ...FUNCTIONS,
    ...(givers.size > 0 ? TOKEN_OF_REPLY : []),
    ...calls,
    '',
  ].join('\n');
}
