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

/** Variables for the signer of the curl script alone. */
const curlVariables: ReadonlyMap<SignatureFault, string> = new Map([
  ['other-service', 'signed_service=cognito-idp'],
  ['old-date', 'signed_date=20140630T000000Z'],
  ['future-date', 'signed_date=20991231T000000Z'],
  // The hash of nothing.
  ['altered-body-declared', 'signed_hash=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
]);

/** How a tool is brought to spoil the signature of a call. */
export interface Spoiling {
  readonly variable?: string;
}

/** For the AWS CLI; undefined when it cannot make such a signature. */
export function spoilingForAwsCli(fault: SignatureFault | undefined): Spoiling | undefined {
  if (fault === undefined) return {};
  const variable = variables.get(fault);
  return variable === undefined ? undefined : { variable };
}

/** For curl; undefined when it cannot make such a signature. */
export function spoilingForCurl(fault: SignatureFault | undefined): Spoiling | undefined {
  const variable = fault && curlVariables.get(fault);
  return variable === undefined ? spoilingForAwsCli(fault) : { variable };
}

/** Whether a finding is about signatures, so that its calls mean nothing unsigned. */
export function isAboutSignatures(finding: Finding): boolean {
  return finding.steps.some(({ request }) => request.signature !== undefined);
}
