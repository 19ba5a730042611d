import type { Finding, FindingStep } from '../../engine/interface/events.ts';
import { announce, preamble } from './preamble.ts';
import type { ReproductionContext } from './preamble.ts';
import {
  MADE_UP_TOKEN,
  TOKEN_OF_REPLY,
  bodyWithToken,
  hasQueryToken,
  pathWithToken,
  tokenGivers,
  tokenSource,
} from './session-token.ts';
import { CALL, toolCheck } from './curl-sign.ts';
import { verdictOf } from './curl-verdict.ts';
import { spoilingForCurl } from './broken-signature.ts';
import { shellPrint, shellQuote, shellWord } from './shell.ts';
import type { Piece } from './shell.ts';

/** Headers that belong to one connection or one signature; curl makes its own. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
]);

const QUERY_FUNCTIONS = [
  '# A JSON text, percent-encoded for a query.',
  'query() {',
  '  local LC_ALL=C text i c n',
  String.raw`  text="$(printf '%b' "$(printf '%s' "$1" | sed 's/\\\\/\\x5c/g; s/\\"/\\x22/g; s,\\/,/,g')")"`,
  '  for ((i = 0; i < ${#text}; i++)); do',
  '    c="${text:i:1}"',
  '    case "$c" in',
  `      [A-Za-z0-9._~-]) printf '%s' "$c" ;;`,
  `      *) printf -v n '%d' "'$c"; printf '%%%02X' "$((n & 255))" ;;`,
  '    esac',
  '  done',
  '}',
];

/** The path with the dataset's suffix after its name, so that the script can run again on a fresh dataset. */
function withSuffix(pieces: readonly Piece[]): readonly Piece[] {
  const [path, ...rest] = pieces;
  const match = typeof path === 'string' ? /^[^?]*\/datasets\/[^/?]+/.exec(path) : null;
  if (match === null || typeof path !== 'string') return pieces;
  return [match[0], { expand: '$suffix' }, path.slice(match[0].length), ...rest];
}

function headerArguments(step: FindingStep): readonly string[] {
  const sent = Object.entries(step.request.headers).filter(
    ([name, value]) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !OWN_HEADERS.has(name) && !/(?!\t)\p{Cc}/u.test(value),
  );
  const typed = sent.some(([name]) => name === 'content-type');
  return [
    // curl takes `name;` for a header without a value, and `name:` for one to leave out.
    ...sent.map(([name, value]) => `-H ${shellQuote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(typed || step.request.body === null ? [] : [`-H 'content-type:'`]),
  ];
}

function callLines(finding: Finding, step: FindingStep, index: number): readonly string[] {
  const spoiling = spoilingForCurl(step.request.signature);
  if (spoiling === undefined) return [`echo '   curl cannot make such a signature'`, 'reply='];
  const from = tokenSource(finding, index);
  const inQuery: Piece = from === undefined ? MADE_UP_TOKEN : { expand: `$(query "$token_${from}")` };
  const inBody: Piece = from === undefined ? MADE_UP_TOKEN : { expand: `$token_${from}` };
  const { method, path, body } = step.request;
  const url = shellWord([{ expand: '$endpoint' }, ...withSuffix(pathWithToken(path, inQuery))]);
  const spoilt = step.request.chunked === true ? ["-H 'transfer-encoding: chunked'"] : [];
  const options = [...headerArguments(step), ...spoilt, ...(body === null ? [] : ['--data-binary "@$work/body"'])];
  const input = body === null ? '</dev/null' : `< <(${shellPrint(bodyWithToken(body, inBody))})`;
  const call = spoiling.variable === undefined ? 'call' : `${spoiling.variable} call`;
  return [`${call} ${shellQuote(method)} ${url} \\`, ...options.map((option) => `  ${option} \\`), `  ${input}`];
}

/** A bash script that makes the calls of a finding with curl, fetching its own session tokens. */
export function curlScript(finding: Finding, context: ReproductionContext): string {
  const givers = tokenGivers(finding);
  const verdict = verdictOf(finding);
  const encodes = finding.steps.some((step, index) => hasQueryToken(step) && tokenSource(finding, index) !== undefined);
  const calls = finding.steps.flatMap((step, index) => [
    ...announce(finding, index),
    ...callLines(finding, step, index),
    ...(givers.has(index + 1) ? [`token_${index + 1}="$(token_of_reply)"`] : []),
    ...verdict.after(index),
  ]);
  return [
    ...preamble(finding, context, 'curl.sh', [
      '# Needs bash and curl, and python3 where calls are signed or values compared. It ends with 0 when the failure shows,',
      '# 1 when it does not, 3 when the script cannot tell, 4 when the server does not answer, 64 when a tool is missing.',
      '# Every call works on what the run used: pools, identities and devices that it made must still be there.',
    ]),
    ...toolCheck(verdict.needsPython),
    ...CALL,
    ...verdict.functions,
    ...(givers.size > 0 ? TOKEN_OF_REPLY : []),
    ...(encodes ? QUERY_FUNCTIONS : []),
    ...calls,
    ...verdict.end,
    '',
  ].join('\n');
}
