import { createHash, createHmac } from 'node:crypto';
import type { Hash, Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest, SignatureFault } from '../../specs/types/wire.ts';
import type { CredentialSource } from './credentials.ts';
import { spoiltBody, spoiltDate, spoiltSigning } from './spoil.ts';

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
 * encoding and body must be final. The path is encoded once more for the signature, as AWS clients do (W-09). A request
 * that asks for a fault in its signature gets that one and no other.
 */
export function signer(options: SignerOptions): (request: HttpRequest) => Promise<HttpRequest> {
  // Made once, since a signer keeps the keys it has derived.
  const made = new Map<string, SignatureV4>();
  const signatureFor = (service: string, fault?: SignatureFault): SignatureV4 => {
    const name = `${service} ${fault ?? ''}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    const { credentials, applyChecksum = false, ...scope } = spoiltSigning(options, fault);
    const signature = new SignatureV4({ service, ...scope, credentials, sha256: NodeSha256, applyChecksum });
    made.set(name, signature);
    return signature;
  };
  return async (request) => {
    const { signature: fault, ...plain } = request;
    if (fault === 'none') return plain;
    // The identities of a strict target come from its neighbour, which verifies its own name.
    const isIdentity = plain.headers['x-amz-target']?.startsWith('AWSCognitoIdentityService.') === true;
    const [path, query] = split(plain.path);
    const signed = await signatureFor(isIdentity ? 'cognito-identity' : 'cognito-sync', fault).sign(
      {
        method: plain.method,
        protocol: 'https:',
        hostname: options.host,
        path,
        query: queryBag(query),
        headers: { ...plain.headers, host: options.host },
        body: spoiltBody(plain.body, fault),
      },
      { signingDate: spoiltDate(fault) ?? new Date(options.now()) },
    );
    return { ...plain, headers: signed.headers };
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
