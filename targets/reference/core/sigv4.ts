import { createHash, createHmac } from 'node:crypto';
import type { ReceivedRequest } from './request.ts';

/** What a signature is made for: its day (`20240102`), region and service. */
export interface Scope {
  readonly day: string;
  readonly region: string;
  readonly name: string;
}

/** The signature of a request, as 32 bytes (SigV4). `canonical`: its canonical form; `signedAt`: its `x-amz-date`. */
export function signatureOf(canonical: string, signedAt: string, scope: Scope, secretAccessKey: string): Buffer {
  const { day, region, name } = scope;
  const toSign = ['AWS4-HMAC-SHA256', signedAt, `${day}/${region}/${name}/aws4_request`, sha256(canonical)].join('\n');
  const key = [day, region, name, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, toSign);
}

/** The canonical form of a request. `signedHeaders`: names joined by semicolons; `bodyHash`: hexadecimal. */
export function canonicalRequest(request: ReceivedRequest, signedHeaders: string, bodyHash: string): string {
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
    bodyHash,
  ].join('\n');
}

/** `20240102T030405Z` */
export function basicDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.sort().join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
