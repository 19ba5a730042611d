import type { Finding, TargetInfo } from '../../engine/interface/events.ts';
import { visible } from '../writing/visible.ts';
import { endpointOf, howToServe, takesSuffix } from './endpoint.ts';
import { shellQuote } from './shell.ts';
import { isAboutSignatures } from './broken-signature.ts';

/** What a reproduction script must know beyond the finding. */
export interface ReproductionContext {
  readonly target: TargetInfo;
}

/** What a script says of calls that were made at the same time. */
export const oneAfterTheOther =
  'This was a race. Here its calls come one after the other, so the answers differ; replay makes them at the same time.';

/** The 0-based number of the call that breaks the requirement. */
export function breakingCall(finding: Finding): number {
  const last = finding.steps.findLastIndex((step) => step.differences.length > 0);
  return last === -1 ? finding.steps.length - 1 : last;
}

/** Servers that route by the service in the signature answer an unsigned call otherwise, so a script signs as the run did. */
function signing(finding: Finding, target: TargetInfo): readonly string[] {
  if (isAboutSignatures(finding)) {
    return [
      '# The calls are signed with the credentials of the environment (else test, test), except where that is the point.',
      'SIGN_REQUESTS=1',
    ];
  }
  return target.signed === true
    ? [
        '# The calls are signed, as in the run, with the credentials of the environment (else test, test); SIGN_REQUESTS= sends them unsigned.',
        'SIGN_REQUESTS="${SIGN_REQUESTS-1}"',
      ]
    : ['# SIGN_REQUESTS=1 signs the calls with the credentials of the environment (else test, test).'];
}

/** The lines both scripts begin with: what they show, how to run them, and where they send their calls. */
export function preamble(
  finding: Finding,
  context: ReproductionContext,
  extension: string,
  remarks: readonly string[] = [],
): readonly string[] {
  const { target } = context;
  const serve = howToServe(target);
  const fresh = takesSuffix(finding);
  const signs = target.signed === true || isAboutSignatures(finding);
  const file = `${visible(finding.id)}.${extension}`;
  return [
    '#!/usr/bin/env bash',
    `# ${visible(finding.id)}: ${visible(finding.title)}`,
    `# ${visible(finding.requirement)} (${visible(finding.level)}; ${visible(finding.source)})`,
    '#',
    `#   ENDPOINT_URL=http://localhost:4566 bash ${file}`,
    '#',
    ...(fresh
      ? ['# Each run works on a new dataset, which stays there; DATASET_SUFFIX names it.']
      : ['# The dataset name is as long as it may be, so a second run meets what the first one left.']),
    ...signing(finding, target),
    ...remarks,
    ...(serve === undefined
      ? []
      : [`# The endpoint ended with its run. Another like it: ${serve}${signs ? ' --verify-signatures' : ''}`]),
    ...(finding.race === true ? [`# ${oneAfterTheOther}`] : []),
    'set -u',
    `default_endpoint=${shellQuote(endpointOf(target))}`,
    'endpoint="${ENDPOINT_URL:-$default_endpoint}"',
    'endpoint="${endpoint%/}"',
    `default_region=${shellQuote(target.region)}`,
    'region="${AWS_REGION:-$default_region}"',
    fresh ? 'suffix="${DATASET_SUFFIX--$(date +%s)}"' : 'suffix="${DATASET_SUFFIX-}"',
    '# An answer must not be able to steer the terminal.',
    String.raw`show() { LC_ALL=C tr -d '\000-\010\013-\037\177'; echo; }`,
  ];
}

function say(text: string): string {
  return `printf '%s\\n' ${shellQuote(visible(text))}`;
}

/** The lines that tell what the next call is and, for the breaking one, what was allowed. */
export function announce(finding: Finding, index: number): readonly string[] {
  const step = finding.steps[index];
  if (step === undefined) return [];
  const allowed = index === breakingCall(finding) ? [say(`   allowed: ${finding.allowed}`)] : [];
  return ['', say(`${index + 1}  ${step.operation}  ${step.says}`), ...allowed, say(`   recorded: ${step.answer}`)];
}
