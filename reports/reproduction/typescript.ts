import type { Finding } from '../../engine/interface/events.ts';
import { unbind } from '../../specs/bind.ts';
import type { Input, Json } from '../../specs/types/wire.ts';
import { visible } from '../writing/visible.ts';
import { beyondSdk } from './beyond-sdk.ts';
import type { ReproductionContext } from './preamble.ts';
import { breakingCall, oneAfterTheOther } from './preamble.ts';
import { endpointOf, howToServe, takesSuffix } from './endpoint.ts';
import { MADE_UP_TOKEN, tokenGivers, tokenSource } from './session-token.ts';

/** JSON in printable ASCII: whatever a key or value holds, nothing in the source is invisible or leaves its string. */
export function asciiJson(value: Json): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A program for AWS SDK for JavaScript v3 (`@aws-sdk/client-cognito-sync`) that makes the calls of a finding. */
export function typescriptProgram(finding: Finding, context: ReproductionContext): string {
  const { target } = context;
  const serve = howToServe(target);
  const givers = tokenGivers(finding);
  const calls = finding.steps.map(({ request }) =>
    unbind(request.method, request.path, request.headers, request.body ?? undefined),
  );
  const commands = [...new Set(calls.flatMap((call) => (call === undefined ? [] : [`${call.operation}Command`])))];
  const lines = finding.steps.flatMap((step, index) => {
    const call = calls[index];
    const comments = [
      '',
      `// ${index + 1}  ${visible(step.says, 400)}`,
      ...(index === breakingCall(finding) ? [`//    allowed: ${visible(finding.allowed, 600)}`] : []),
      `//    recorded: ${visible(step.answer, 400)}`,
    ];
    const beyond = beyondSdk(step);
    if (beyond !== undefined) return [...comments, beyond];
    if (call === undefined) return [...comments, '// The SDK cannot make this call: see the curl script.'];
    const send = `client.send(new ${call.operation}Command(${inputText(call.input, tokenSource(finding, index))}))`;
    return [
      ...comments,
      ...(givers.has(index + 1)
        ? [`const answer${index + 1} = await ${send};`, `console.log(answer${index + 1});`]
        : [`await ${send}.then(console.log, console.error);`]),
    ];
  });
  return [
    `// ${finding.id}: ${visible(finding.title, 400)}`,
    ...(finding.race === true ? [`// ${oneAfterTheOther}`] : []),
    '// npm install @aws-sdk/client-cognito-sync; run it as an ES module. Each run works on a new dataset.',
    ...(serve === undefined ? [] : [`// The endpoint ended with its run. Another like it: ${serve}`]),
    `import { ${['CognitoSyncClient', ...commands].join(', ')} } from '@aws-sdk/client-cognito-sync';`,
    '',
    `const suffix = process.env['DATASET_SUFFIX'] ?? ${takesSuffix(finding) ? '`-${Math.floor(Date.now() / 1000)}`' : "''"};`,
    'const client = new CognitoSyncClient({',
    `  endpoint: process.env['ENDPOINT_URL'] ?? ${asciiJson(endpointOf(target))},`,
    `  region: ${asciiJson(target.region)},`,
    "  credentials: { accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'test', secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'test', sessionToken: process.env['AWS_SESSION_TOKEN'] },",
    '  maxAttempts: 1,',
    '});',
    ...lines,
    '',
  ].join('\n');
}

function inputText(input: Input, from: number | undefined): string {
  const members = Object.entries(input).map(([name, value]) => {
    if (name === 'SyncSessionToken' && typeof value === 'string' && value !== '') {
      return `  SyncSessionToken: ${from === undefined ? asciiJson(MADE_UP_TOKEN) : `answer${from}.SyncSessionToken`},`;
    }
    if (name === 'DatasetName') return `  DatasetName: ${asciiJson(value)} + suffix,`;
    if (name === 'RecordPatches' && Array.isArray(value)) {
      return `  RecordPatches: [\n${value.map((patch: Json) => `    ${patchText(patch)},\n`).join('')}  ],`;
    }
    return `  ${name}: ${asciiJson(value)},`;
  });
  return `{\n${members.join('\n')}\n}`;
}

/** The SDK wants a Date where the wire has seconds. */
function patchText(patch: Json): string {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return asciiJson(patch);
  const members = Object.entries(patch).map(([name, value]) => {
    const text =
      name === 'DeviceLastModifiedDate' && typeof value === 'number' ? `new Date(${value * 1000})` : asciiJson(value);
    return `${/^[A-Za-z]\w*$/.test(name) ? name : asciiJson(name)}: ${text}`;
  });
  return `{ ${members.join(', ')} }`;
}
