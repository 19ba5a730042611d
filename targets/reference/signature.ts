import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Service } from './behaviour.ts';
import type { ReceivedRequest } from './read-input.ts';
import { type Refusal, refuse } from './refusal.ts';

const toleranceMs = 5 * 60_000;
const form =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Whether a request is signed as the options ask (SigV4, W-09 to W-11); undefined when it is. */
export function signatureProblem(service: Service, request: ReceivedRequest): Refusal | undefined {
  const { credentials, acceptUnsigned } = service.options;
  const header = request.headers['authorization'];
  if (typeof header !== 'string') {
    return acceptUnsigned ? undefined : refuse('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (credentials === undefined) return undefined;
  const parts = form.exec(header);
  if (parts === null) return bad('Authorization header is not in the form of AWS4-HMAC-SHA256');
  const [, accessKeyId = '', date = '', region = '', name = '', signedHeaders = '', signature = ''] = parts;
  if (accessKeyId !== credentials.accessKeyId) {
    return refuse('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (name !== 'cognito-sync') return bad("Credential should be scoped to correct service: 'cognito-sync'.");
  const signedAt = String(request.headers['x-amz-date'] ?? '');
  if (!signedAt.startsWith(date)) return bad("Date in Credential scope does not match the request's date.");
  const late = clockProblem(service.behaviour.now(service), signedAt);
  if (late !== undefined) return late;
  const scope = `${date}/${region}/${name}/aws4_request`;
  const canonical = canonicalRequest(request, signedHeaders);
  const toSign = ['AWS4-HMAC-SHA256', signedAt, scope, sha256(canonical)].join('\n');
  const key = [date, region, name, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  if (timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))) return undefined;
  return bad(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
      `and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request ` +
      `should have been\n'${canonical}'`,
  );
}

function clockProblem(now: number, signedAt: string): Refusal | undefined {
  const at = Date.parse(signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at)) return bad('Date must be in ISO-8601 basic format');
  if (Math.abs(now - at) <= toleranceMs) return undefined;
  if (at < now) {
    const border = basicDate(now - toleranceMs);
    return bad(`Signature expired: ${signedAt} is now earlier than ${border} (${basicDate(now)} - 5 min.)`);
  }
  const border = basicDate(now + toleranceMs);
  return bad(`Signature not yet current: ${signedAt} is still later than ${border} (${basicDate(now)} + 5 min.)`);
}

function canonicalRequest(request: ReceivedRequest, signedHeaders: string): string {
  const mark = request.target.indexOf('?');
  const path = mark < 0 ? request.target : request.target.slice(0, mark);
  const query = mark < 0 ? '' : request.target.slice(mark + 1);
  const headers = signedHeaders.split(';').map((name) => {
    const value = request.headers[name] ?? '';
    return `${name}:${String(value).trim().replace(/\s+/g, ' ')}\n`;
  });
  return [
    request.method,
    // Each segment is encoded once more as it came: `%3A` becomes `%253A`, a raw colon `%3A` (W-09).
    path.split('/').map(encode).join('/'),
    canonicalQuery(query),
    headers.join(''),
    signedHeaders,
    sha256(request.body),
  ].join('\n');
}

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.sort().join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function basicDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function bad(message: string): Refusal {
  return refuse('InvalidSignatureException', message);
}
