import { timingSafeEqual } from 'node:crypto';
import type { Part } from '../core/behaviour.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { basicDate, canonicalRequest, sha256, signatureOf } from '../core/sigv4.ts';

const toleranceMs = 5 * 60_000;
const form =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Signatures as the options ask for them (SigV4, W-09 to W-11). */
export const signature: Part<
  | 'bodyHash'
  | 'clockProblem'
  | 'demandsSignature'
  | 'scopeProblem'
  | 'secretOf'
  | 'signatureProblem'
  | 'signaturesEqual'
> = {
  signatureProblem(service, request, operation) {
    const { behaviour } = service;
    const header = request.headers['authorization'];
    if (typeof header !== 'string') {
      return behaviour.demandsSignature(service, operation)
        ? refuse('MissingAuthenticationTokenException', 'Missing Authentication Token')
        : undefined;
    }
    if (service.options.credentials === undefined) return undefined;
    const parts = form.exec(header);
    if (parts === null) return bad('Authorization header is not in the form of AWS4-HMAC-SHA256');
    const [, accessKeyId = '', day = '', region = '', name = '', signedHeaders = '', signed = ''] = parts;
    const secret = behaviour.secretOf(service, accessKeyId);
    if (secret === undefined) {
      return refuse('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    const signedAt = String(request.headers['x-amz-date'] ?? '');
    if (!signedAt.startsWith(day)) return bad("Date in Credential scope does not match the request's date.");
    const scope = { day, region, name };
    const early = behaviour.scopeProblem(service, scope) ?? behaviour.clockProblem(service, signedAt);
    if (early !== undefined) return early;
    const canonical = canonicalRequest(request, signedHeaders, behaviour.bodyHash(request));
    const expected = signatureOf(canonical, signedAt, scope, secret);
    if (behaviour.signaturesEqual(expected, Buffer.from(signed, 'hex'))) return undefined;
    return bad(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
        `and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request ` +
        `should have been\n'${canonical}'`,
    );
  },

  demandsSignature: ({ options }) => !options.acceptUnsigned,

  secretOf({ options }, accessKeyId) {
    return options.credentials?.accessKeyId === accessKeyId ? options.credentials.secretAccessKey : undefined;
  },

  scopeProblem({ options }, { region, name }) {
    if (name !== 'cognito-sync') return bad("Credential should be scoped to correct service: 'cognito-sync'.");
    if (options.region === undefined || options.region === region) return undefined;
    return bad(`Credential should be scoped to a valid region, not '${region}'.`);
  },

  clockProblem(service, signedAt) {
    const now = service.behaviour.now(service);
    const at = Date.parse(signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    if (Number.isNaN(at)) return bad('Date must be in ISO-8601 basic format');
    if (Math.abs(now - at) <= toleranceMs) return undefined;
    if (at < now) {
      const border = basicDate(now - toleranceMs);
      return bad(`Signature expired: ${signedAt} is now earlier than ${border} (${basicDate(now)} - 5 min.)`);
    }
    const border = basicDate(now + toleranceMs);
    return bad(`Signature not yet current: ${signedAt} is still later than ${border} (${basicDate(now)} + 5 min.)`);
  },

  bodyHash: (request) => sha256(request.body),

  signaturesEqual: (expected, sent) => timingSafeEqual(expected, sent),
};

function bad(message: string): Refusal {
  return refuse('InvalidSignatureException', message);
}
