import type { Operation } from '../../../specs/types/wire.ts';
import { type Choices, resolveChoices } from './choices.ts';

interface Quotas {
  /** Datasets of one identity. */
  readonly datasets: number;
  /** Records of one dataset that are not removed. */
  readonly records: number;
  /** UTF-8 bytes of the keys and values of one dataset. */
  readonly bytes: number;
  /** Characters of one value (W-31). */
  readonly value: number;
}

/** How an embedded endpoint behaves where the service leaves room. Every member has a default. */
export interface EndpointOptions {
  /** 0, the default, takes any free port of 127.0.0.1. */
  readonly port: number;
  /** Option per choice id, over the first option of each choice in choices.ts. */
  readonly choices: { readonly [id: string]: string };
  /** Whether a request without a signature is served. Default true. */
  readonly acceptUnsigned: boolean;
  /** Given these, every signature is verified (SigV4, W-09 to W-11); without them any signature will do. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Given one, signatures for other regions are refused. Default: those for any region are taken. */
  readonly region: string | undefined;
  /** Given a list, other pools do not exist. Default: every pool exists. */
  readonly knownPools: readonly string[] | undefined;
  /** Given a list, the caller may not reach other identities. Default: every identity exists. */
  readonly knownIdentities: readonly string[] | undefined;
  /** Whether the Cognito Identity API at the same address makes pools and identities, which then exist. Default false. */
  readonly identityApi: boolean;
  /** Whether UpdateRecords takes only a DeviceId that RegisterDevice gave this identity. Default false. */
  readonly requireDevice: boolean;
  /** Whether devices are refused while their pool has no push settings. Default false. */
  readonly requirePush: boolean;
  /** Requests per second before TooManyRequestsException. Default: no limit. */
  readonly rateLimit: number | undefined;
  /** Milliseconds before every answer. Default 0. */
  readonly delayMs: number;
  /** The operations that exist; the others answer UnknownOperationException. Default: all. */
  readonly operations: readonly Operation[] | undefined;
  /** The server's clock in epoch milliseconds. Default `Date.now`. */
  readonly now: () => number;
  /** Milliseconds a session token lives. Default 5 minutes (S-33). */
  readonly tokenLifetimeMs: number;
  readonly quotas: Quotas;
  /** Items of a page when the caller sets no maximum. Default 1024 (S-52). */
  readonly pageSize: number;
  /** Bytes of a request body before 413. Default 16 MiB, a full dataset with every character escaped. */
  readonly maxBody: number;
}

export interface ResolvedOptions extends Omit<EndpointOptions, 'choices'> {
  readonly choices: Choices;
}

/** The options over their defaults. Throws a RangeError for an unknown choice or option. */
export function resolveOptions(given: Partial<EndpointOptions> = {}): ResolvedOptions {
  return {
    port: 0,
    acceptUnsigned: true,
    credentials: undefined,
    region: undefined,
    knownPools: undefined,
    knownIdentities: undefined,
    identityApi: false,
    requireDevice: false,
    requirePush: false,
    rateLimit: undefined,
    delayMs: 0,
    operations: undefined,
    now: Date.now,
    tokenLifetimeMs: 5 * 60_000,
    quotas: { datasets: 20, records: 1024, bytes: 1024 * 1024, value: 1024 * 1024 - 1 },
    pageSize: 1024,
    maxBody: 16 * 1024 * 1024,
    ...given,
    choices: resolveChoices(given.choices),
  };
}
