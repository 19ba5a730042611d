import { createHash, createHmac } from 'node:crypto';
import type { Hash, Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest } from '../../specs/wire.ts';
import type { CredentialSource } from './credentials.ts';

export interface SignerOptions {
  readonly region: string;
  readonly credentials: CredentialSource;
  /** `host[:port]` as it will be sent. */
  readonly host: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Signature version 4 for `cognito-sync` (W-01, W-02), or for `cognito-identity` when that is asked. Sign what is sent and nothing else: path prefix, percent
 * encoding and body must be final. The path is encoded once more for the signature, as AWS clients do (W-09).
 */
export function signer(options: SignerOptions): (request: HttpRequest) => Promise<HttpRequest> {
  const signatureFor = (service: string): SignatureV4 =>
    new SignatureV4({
      service,
      region: options.region,
      credentials: options.credentials,
      sha256: NodeSha256,
      applyChecksum: false,
    });
  const [sync, identity] = [signatureFor('cognito-sync'), signatureFor('cognito-identity')];
  return async (request) => {
    // The identities of a strict target come from its neighbour, which verifies its own name.
    const signature = request.headers['x-amz-target']?.startsWith('AWSCognitoIdentityService.') ? identity : sync;
    const [path, query] = split(request.path);
    const signed = await signature.sign(
      {
        method: request.method,
        protocol: 'https:',
        hostname: options.host,
        path,
        query: queryBag(query),
        headers: { ...request.headers, host: options.host },
        body: request.body,
      },
      { signingDate: new Date(options.now()) },
    );
    return { ...request, headers: signed.headers };
  };
}

function split(path: string): [string, string] {
  const at = path.indexOf('?');
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
}

/** Decoded, because the signer encodes by its own rule. Without a prototype: a parameter may be called `constructor`. */
function queryBag(query: string): Record<string, string[]> {
  const bag = Object.create(null) as Record<string, string[]>;
  for (const part of query.split('&')) {
    if (part === '') continue;
    const [name = '', ...rest] = part.split('=');
    (bag[decode(name)] ??= []).push(decode(rest.join('=')));
  }
  return bag;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** SHA-256 in the shape the signer wants: a constructor, keyed when it is given a secret. */
class NodeSha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error('a hash is used once');
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
