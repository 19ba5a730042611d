import type { Finding } from '../../engine/interface/events.ts';
import type { SignatureFault } from '../../specs/types/wire.ts';

const otherRegion = '"$([ "$region" = us-west-2 ] && echo us-east-1 || echo us-west-2)"';

/** Variables before a call of a script that give its signature the fault. */
const variables: ReadonlyMap<SignatureFault, string> = new Map([
  ['none', 'SIGN_REQUESTS='],
  ['wrong-secret', 'AWS_SECRET_ACCESS_KEY=not-the-secret'],
  ['unknown-key', 'AWS_ACCESS_KEY_ID=AKIAZZZZZZZZZZZZZZZZ'],
  ['other-region', `signed_region=${otherRegion}`],
]);

/** Headers that curl signs with in place of its own. */
const curlHeaders: ReadonlyMap<SignatureFault, string> = new Map([
  ['old-date', 'x-amz-date: 20140630T000000Z'],
  ['future-date', 'x-amz-date: 20991231T000000Z'],
  // The hash of nothing.
  ['altered-body-declared', 'x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
]);

/** How a tool is brought to spoil the signature of a call. */
export interface Spoiling {
  readonly variable?: string;
  readonly header?: string;
}

/** For the AWS CLI; undefined when it cannot make such a signature. */
export function spoilingForAwsCli(fault: SignatureFault | undefined): Spoiling | undefined {
  if (fault === undefined) return {};
  const variable = variables.get(fault);
  return variable === undefined ? undefined : { variable };
}

/** For curl; undefined when it cannot make such a signature. */
export function spoilingForCurl(fault: SignatureFault | undefined): Spoiling | undefined {
  if (fault === 'other-service') return { variable: 'signed_service=cognito-idp' };
  const header = fault && curlHeaders.get(fault);
  return header === undefined ? spoilingForAwsCli(fault) : { header };
}

/** Whether a finding is about signatures, so that its calls mean nothing unsigned. */
export function isAboutSignatures(finding: Finding): boolean {
  return finding.steps.some(({ request }) => request.signature !== undefined);
}
