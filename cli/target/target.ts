import type { TargetInfo } from '../../engine/interface/events.ts';
import type { Target } from '../../specs/types/wire.ts';
import type { CredentialSource } from '../../targets/http/credentials.ts';
import { defaultConcurrency } from '../settings/run-options.ts';
import { regionFrom } from '../settings/region.ts';
import type { Settings } from '../settings/settings.ts';
import { startTargetCommand } from './target-command.ts';
import type { Terminal } from '../settings/terminal.ts';
import { UsageError } from '../common/usage-error.ts';

export interface OpenTarget {
  readonly target: Target;
  readonly info: TargetInfo;
  /** Ends the connections, the embedded endpoint and the target command. */
  close(): Promise<void>;
}

/** The server at --endpoint-url, else the embedded endpoint, in a thread of its own. */
export async function openTarget(settings: Settings, terminal: Terminal, signal: AbortSignal): Promise<OpenTarget> {
  if ((settings.identityPoolId === undefined) !== (settings.identityId === undefined)) {
    throw new UsageError('--identity-pool-id and --identity-id go together: name a pool and identities of it.');
  }
  const region = regionFrom(settings, terminal.env);
  if (settings.endpointUrl === undefined) return openEmbedded(settings, region);

  const { endpointUrl } = settings;
  const credentials = await credentialsFor(endpointUrl, settings, terminal);
  const target = await openHttp(settings, endpointUrl, region, credentials);
  const command =
    settings.targetCommand === undefined
      ? undefined
      : await startTargetCommand(settings.targetCommand, endpointUrl, signal);
  if (command?.problem) terminal.err(`${command.problem}\n`);
  return {
    target,
    info: { endpointUrl, region, embedded: false, signed: credentials !== undefined },
    close: async () => {
      await target.close();
      await command?.stop();
    },
  };
}

async function openEmbedded(settings: Settings, region: string): Promise<OpenTarget> {
  if (settings.targetCommand !== undefined) throw new UsageError('--target-command needs --endpoint-url.');
  const { startEndpointInWorker } = await import('../../targets/reference/server/server.ts');
  const { verifyingOptions } = await import('../../targets/reference/server/verifying.ts');
  // Unless it is told not to sign, so that the run shows the verdict on signatures too.
  const verifying = settings.noSignRequest === true ? undefined : verifyingOptions(region);
  const endpoint = await startEndpointInWorker(verifying);
  const keys = verifying?.credentials;
  const target = await openHttp(settings, endpoint.url, region, keys && (() => Promise.resolve(keys)));
  return {
    target,
    info: { endpointUrl: endpoint.url, region, embedded: true, signed: keys !== undefined },
    close: async () => {
      await target.close();
      await endpoint.close();
    },
  };
}

/** The same server, asked in ways that differ only in who seems to ask. `signed` and `forged` are null without keys. */
export interface Variants {
  readonly unsigned: Target;
  readonly signed: Target | null;
  /** The right access key with a wrong secret. */
  readonly forged: Target | null;
  close(): Promise<void>;
}

export async function openVariants(settings: Settings, info: TargetInfo, terminal: Terminal): Promise<Variants> {
  const { endpointUrl, region } = info;
  const keys = await credentialsFor(endpointUrl, settings, terminal);
  const open = (credentials: CredentialSource | undefined): Promise<Target> =>
    openHttp(settings, endpointUrl, region, credentials);
  const unsigned = await open(undefined);
  const signed = keys === undefined ? null : await open(keys);
  const wrong = keys && (async () => ({ ...(await keys()), secretAccessKey: 'not-the-secret' }));
  const forged = wrong === undefined ? null : await open(wrong);
  return {
    unsigned,
    signed,
    forged,
    close: async () => {
      for (const one of [unsigned, signed, forged]) await one?.close();
    },
  };
}

/** Emulators route by the service name in the signature, so without keys any will do, except for AWS itself. */
async function credentialsFor(
  endpointUrl: string,
  settings: Settings,
  terminal: Terminal,
): Promise<CredentialSource | undefined> {
  if (settings.noSignRequest === true) return undefined;
  const { findCredentials } = await import('../../targets/http/credentials.ts');
  const isAws = /\.amazonaws\.com(\.cn)?$/.test(new URL(endpointUrl).hostname);
  const { AWS_ACCESS_KEY_ID, AWS_PROFILE } = terminal.env;
  const profile = settings.profile ?? (isAws && !AWS_ACCESS_KEY_ID ? AWS_PROFILE : undefined);
  const found = await asUsage('--profile', () =>
    findCredentials({ env: terminal.env, ...(profile !== undefined && { profile }) }),
  );
  if (found !== undefined) return found;
  if (isAws) {
    throw new UsageError(
      'no credentials for AWS: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a --profile.',
    );
  }
  return () => Promise.resolve({ accessKeyId: 'test', secretAccessKey: 'test' });
}

async function openHttp(
  settings: Settings,
  endpointUrl: string,
  region: string,
  credentials: CredentialSource | undefined,
): Promise<Target> {
  const { httpTarget } = await import('../../targets/http/http-target.ts');
  return asUsage('--endpoint-url', () =>
    httpTarget({
      endpointUrl,
      region,
      ...(credentials !== undefined && { credentials }),
      verifyTls: settings.noVerifySsl !== true,
      connections: settings.concurrency ?? defaultConcurrency,
      ...(settings.caBundle !== undefined && { caBundle: settings.caBundle }),
      ...(settings.cliConnectTimeout !== undefined && { connectTimeoutMs: settings.cliConnectTimeout * 1000 }),
      ...(settings.cliReadTimeout !== undefined && { readTimeoutMs: settings.cliReadTimeout * 1000 }),
      ...(settings.rateLimit !== undefined && { rateLimit: settings.rateLimit }),
    }),
  );
}

/** Nothing was sent yet: what is wrong is in the flags or the environment. */
async function asUsage<T>(where: string, make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw new UsageError(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
