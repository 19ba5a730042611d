import type { Finding } from '../../engine/interface/events.ts';
import { unbind } from '../../specs/bind.ts';
import { contract } from '../../specs/contract.ts';
import type { FieldSpec, ShapeSpec } from '../../specs/types/contract-types.ts';
import type { Input, Json, Operation } from '../../specs/types/wire.ts';
import { visible } from '../writing/visible.ts';
import { beyondSdk } from './beyond-sdk.ts';
import { endpointOf, howToServe, takesSuffix } from './endpoint.ts';
import { type ReproductionContext, breakingCall, oneAfterTheOther } from './preamble.ts';
import { MADE_UP_TOKEN, tokenGivers, tokenSource } from './session-token.ts';
import { asciiJson } from './typescript.ts';

/** The SDK's class for a structure, or for those of a list, by the member that holds it. */
const CLASSES: { readonly [member: string]: string } = {
  CognitoStreams: 'CognitoStreams',
  PushSync: 'PushSync',
  RecordPatches: 'RecordPatch',
};

/** A program for AWS SDK for .NET (`AWSSDK.CognitoSync`) that makes the calls of a finding. */
export function csharpProgram(finding: Finding, context: ReproductionContext): string {
  const { target } = context;
  const serve = howToServe(target);
  const givers = tokenGivers(finding);
  const lines = finding.steps.flatMap((step, index) => {
    const { method, path, headers, body } = step.request;
    const call = unbind(method, path, headers, body ?? undefined);
    const comments = [
      '',
      `// ${index + 1}  ${visible(step.says, 400)}`,
      ...(index === breakingCall(finding) ? [`//    allowed: ${visible(finding.allowed, 600)}`] : []),
      `//    recorded: ${visible(step.answer, 400)}`,
    ];
    const beyond = beyondSdk(step);
    if (beyond !== undefined) return [...comments, beyond];
    const request = call && requestText(call.operation, call.input, tokenSource(finding, index));
    if (call === undefined || request === undefined) {
      return [...comments, '// The SDK cannot make this call: see the curl script.'];
    }
    const send = `await client.${call.operation}Async(${request})`;
    if (givers.has(index + 1)) return [...comments, `var answer${index + 1} = ${send};`];
    return [...comments, `await Show(async () => ${send});`];
  });
  return [
    `// ${finding.id}: ${visible(finding.title, 400)}`,
    ...(finding.race === true ? [`// ${oneAfterTheOther}`] : []),
    '// dotnet new console; dotnet add package AWSSDK.CognitoSync; this is Program.cs. Each run works on a new dataset.',
    ...(serve === undefined ? [] : [`// The endpoint ended with its run. Another like it: ${serve}`]),
    'using System.Text.Json;',
    'using Amazon.CognitoSync;',
    'using Amazon.CognitoSync.Model;',
    'using Amazon.Runtime;',
    '',
    'string Variable(string name, string otherwise) => Environment.GetEnvironmentVariable(name) ?? otherwise;',
    `var suffix = Variable("DATASET_SUFFIX", ${takesSuffix(finding) ? '$"-{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}"' : '""'});`,
    'var client = new AmazonCognitoSyncClient(',
    '    new BasicAWSCredentials(Variable("AWS_ACCESS_KEY_ID", "test"), Variable("AWS_SECRET_ACCESS_KEY", "test")),',
    '    new AmazonCognitoSyncConfig',
    '    {',
    `        ServiceURL = Variable("ENDPOINT_URL", ${asciiJson(endpointOf(target))}),`,
    `        AuthenticationRegion = ${asciiJson(target.region)},`,
    '        MaxErrorRetry = 0,',
    '    });',
    '',
    'async Task Show<T>(Func<Task<T>> call)',
    '{',
    '    try { Console.WriteLine(JsonSerializer.Serialize(await call())); }',
    '    catch (AmazonCognitoSyncException e) { Console.WriteLine($"{(int)e.StatusCode} {e.ErrorCode}: {e.Message}"); }',
    '}',
    ...lines,
    '',
  ].join('\n');
}

/** The request object, or undefined when its typed members cannot hold what was sent. */
function requestText(operation: Operation, input: Input, from: number | undefined): string | undefined {
  const members = Object.entries(input).map(([name, value]) => {
    const field = contract.operations[operation].input.find((each) => each.name === name);
    if (name === 'SyncSessionToken' && typeof value === 'string' && value !== '') {
      return `    SyncSessionToken = ${from === undefined ? asciiJson(MADE_UP_TOKEN) : `answer${from}.SyncSessionToken`},`;
    }
    const text = field && literal(field, value, '    ', CLASSES[name]);
    return text && `    ${name} = ${text}${name === 'DatasetName' ? ' + suffix' : ''},`;
  });
  if (members.includes(undefined)) return undefined;
  return `new ${operation}Request\n{\n${members.join('\n')}\n}`;
}

function literal(shape: ShapeSpec, value: Json, indent: string, className?: string): string | undefined {
  // What is null is not sent at all.
  if (value === null) return undefined;
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? asciiJson(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'integer':
    case 'long':
      return Number.isSafeInteger(value) ? String(value) : undefined;
    case 'timestamp':
      return typeof value === 'number' ? `DateTime.UnixEpoch.AddMilliseconds(${Math.round(value * 1000)})` : undefined;
    case 'list':
      return list(shape, value, indent, className);
    case 'map':
      return map(value);
    case 'structure':
      return structure(shape.fields ?? [], value, className);
  }
}

function list(shape: ShapeSpec, value: Json, indent: string, className: string | undefined): string | undefined {
  const { of } = shape;
  if (!Array.isArray(value) || of === undefined) return undefined;
  const items = (value as readonly Json[]).map((item) => literal(of, item, `${indent}    `, className));
  if (items.includes(undefined)) return undefined;
  const lines = items.map((item) => `${indent}    ${item},\n`).join('');
  return `new List<${className ?? 'string'}>\n${indent}{\n${lines}${indent}}`;
}

function map(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([, item]) => typeof item === 'string')) return undefined;
  const items = entries.map(([key, item]) => `[${asciiJson(key)}] = ${asciiJson(item)}`);
  return `new Dictionary<string, string> { ${items.join(', ')} }`;
}

function structure(fields: readonly FieldSpec[], value: Json, className: string | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = Object.entries(value).map(([name, item]) => {
    const field = fields.find((each) => each.name === name);
    const text = field && literal(field, item, '');
    return text && `${name} = ${text}`;
  });
  if (members.includes(undefined)) return undefined;
  return `new ${className ?? 'object'} { ${members.join(', ')} }`;
}
