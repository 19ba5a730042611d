import type { Difference, Finding, FindingStep } from '../../engine/interface/events.ts';
import type { Json } from '../../specs/types/wire.ts';
import { nestsDeeply } from './nests-deeply.ts';
import { breakingCall } from './preamble.ts';
import { shellQuote } from './shell.ts';
import { asciiJson } from './typescript.ts';

/** Members whose values differ from run to run, so that only their types are compared. */
const VOLATILE: ReadonlySet<string> = new Set([
  'CreationDate',
  'DatasetName',
  'DeviceId',
  'DeviceLastModifiedDate',
  'IdentityId',
  'IdentityPoolId',
  'LastModifiedBy',
  'LastModifiedDate',
  'NextToken',
  'SyncSessionToken',
  'message',
  'Message',
]);

/** Longer values would not fit into the arguments of a program. */
const LONGEST_VALUE = 20_000;

const COMPARE = String.raw`
import json, sys
volatile = set(sys.argv[3].split())
def plain(value):
    if isinstance(value, list): return [plain(one) for one in value]
    if not isinstance(value, dict): return value
    return {name: type(one).__name__ if name in volatile else plain(one) for name, one in value.items()}
def at(value, pointer):
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        try: value = value[int(part)] if isinstance(value, list) else value[part]
        except (KeyError, IndexError, TypeError, ValueError): return "missing"
    # As text, since Python takes True for 1.
    return json.dumps(plain(value), sort_keys=True)
with open(sys.argv[1], encoding="utf-8", errors="replace") as file: text = file.read()
try: answer = json.loads(text)
except ValueError: sys.exit(1)
for one in json.loads(sys.argv[2]):
    if at(answer, one["at"]) != (at(one["was"], "") if "was" in one else "missing"): sys.exit(1)
`.trim();

/** Bash that tells by an answer whether the failure of a finding shows again. */
const FUNCTIONS: readonly string[] = [
  `compare='${COMPARE}'`,
  'failure=3',
  '# shows STATUS ERROR HEADERS VALUES: whether the last answer fails as the recorded one did.',
  'shows() {',
  '  if [ "$status" = 000 ] && [ "$1" != 000 ]; then failure=4; return; fi',
  '  failure=1',
  '  [ "$status" = "$1" ] || return',
  '  [ -z "$2" ] || cat "$work/head" "$work/answer" | LC_ALL=C grep -qF -e "$2" || return',
  '  local header',
  '  while IFS= read -r header; do',
  `    [ -z "$header" ] || tr -d '\\r' <"$work/head" | LC_ALL=C grep -qixF -e "$header" || return`,
  '  done <<<"$3"',
  `  [ "$4" = '[]' ] || python3 -c "$compare" "$work/answer" "$4" '${[...VOLATILE].join(' ')}' || return`,
  '  failure=0',
  '}',
];

/** Says what the exit code means, and ends with it. */
const END: readonly string[] = [
  'echo',
  'case "$failure" in',
  "  0) echo 'The failure shows.' ;;",
  `  1) echo 'The failure does not show: the answer differs from the recorded one where that was wrong.' ;;`,
  `  4) echo 'The server did not answer the call that fails.' ;;`,
  `  *) echo 'This script cannot tell whether the failure shows: compare the answers with what was allowed, or use replay.' ;;`,
  'esac',
  'exit "$failure"',
];

interface Value {
  readonly at: string;
  readonly was?: Json;
}

/** The parsed body of an answer, or undefined where it is not JSON that can be compared. */
function bodyOf({ response }: FindingStep): Json | undefined {
  if (nestsDeeply(response.body)) return undefined;
  try {
    const body: Json = JSON.parse(response.body);
    return body;
  } catch {
    return undefined;
  }
}

function memberAt(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) && !/^\d+$/.test(name)) return undefined;
  return Object.entries(value).find(([own]) => own === name)?.[1];
}

/** The recorded value at a pointer; undefined where the script cannot compare it with another run's. */
function valueAt(body: Json | undefined, pointer: string): Value | undefined {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop();
  const parent = names.reduce(memberAt, body);
  if (last === undefined || typeof parent !== 'object' || parent === null) return undefined;
  const was = memberAt(parent, last);
  if (was === undefined) return { at: pointer };
  if (VOLATILE.has(last) && was !== null) return undefined;
  return JSON.stringify(was).length > LONGEST_VALUE ? undefined : { at: pointer, was };
}

/** The header line that a difference is about; undefined where the header was missing, which no line shows. */
function headerLine({ response }: FindingStep, { pointer }: Difference): string | undefined {
  const name = pointer.slice('header:'.length).toLowerCase();
  const value = response.headers[name];
  return value === undefined || /\p{Cc}/u.test(value) ? undefined : `${name}: ${value}`;
}

/** Whether an answer is one page of several, which were judged together. */
function isPage(step: FindingStep, body: Json | undefined): boolean {
  return /[?&]nextToken=/.test(step.request.path) || typeof memberAt(body, 'NextToken') === 'string';
}

/** The arguments of `shows` for the breaking call; undefined where a script cannot tell by the answer. */
function argumentsOf(finding: Finding): readonly string[] | undefined {
  const step = finding.steps[breakingCall(finding)];
  if (step === undefined || finding.race === true || step.differences.length === 0) return undefined;
  // Such an answer contradicts earlier ones of the same server; on its own another server may give it.
  if (finding.requirement.startsWith('consistency/')) return undefined;
  const body = bodyOf(step);
  const inBody = step.differences.filter(({ pointer }) => pointer.startsWith('/'));
  if (inBody.length > 0 && isPage(step, body)) return undefined;
  const values = inBody.map(({ pointer }) => valueAt(body, pointer));
  const inHeaders = step.differences.filter(({ pointer }) => pointer.startsWith('header:'));
  const headers = inHeaders.map((difference) => headerLine(step, difference));
  if (values.includes(undefined) || headers.includes(undefined)) return undefined;
  const { status } = step.response;
  const error = status >= 400 ? (/\b[A-Z]\w*(?:Exception|Error)\b/.exec(step.answer)?.[0] ?? '') : '';
  return [
    String(status).padStart(3, '0'),
    error,
    headers.join('\n'),
    asciiJson(values.map((value): Json => ({ ...value }))),
  ];
}

/** How a curl script tells whether the failure of a finding shows. */
interface Verdict {
  readonly functions: readonly string[];
  /** After the call with this number, from 0. */
  readonly after: (index: number) => readonly string[];
  readonly end: readonly string[];
  readonly needsPython: boolean;
}

export function verdictOf(finding: Finding): Verdict {
  const words = argumentsOf(finding);
  const call = words === undefined ? 'failure=3' : `shows ${words.map(shellQuote).join(' ')}`;
  return {
    functions: words === undefined ? [] : FUNCTIONS,
    after: (index) => (index === breakingCall(finding) ? [call] : []),
    end: END,
    needsPython: words !== undefined && words[3] !== '[]',
  };
}
