import type { Preset, RunOptions } from '../engine/interface/options.ts';
import { allRequirements } from '../specs/model/state/consistency.ts';
import { nearest } from '../specs/nearest.ts';
import { LEVELS, type Level } from '../specs/types/contract-types.ts';
import type { Credentials, CredentialSource } from '../targets/http/credentials.ts';

/** Which server to judge, by what, and how thoroughly. */
export interface ServerOptions {
  /** http or https. */
  readonly endpointUrl: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Without them no request is signed. */
  readonly credentials?: Credentials | CredentialSource;
  /** Default ci. */
  readonly preset?: Preset;
  /** The same seed generates the same sequences. Default: any. */
  readonly seed?: number;
  /** Ids of requirements, or groups of them (`conflict`). Default: all that the preset can afford. */
  readonly requirements?: readonly string[];
  /** A broken requirement of this level or a stronger one makes the verdict `violates`. Default relied-on. */
  readonly failOn?: Level;
  /** Calls in flight at the same time. Default 8. */
  readonly concurrency?: number;
  /** Runs only this part of the sequences; index from 1. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Seconds. */
  readonly maxTime?: number;
  readonly maxRequests?: number;
  /** Existing identities, for a server that takes no made-up ones. */
  readonly identityPoolId?: string;
  readonly identityIds?: readonly string[];
  /** The device that updates name. */
  readonly deviceId?: string;
  /** Ends the run early; test data is deleted all the same. */
  readonly signal?: AbortSignal;
}

const presets: readonly Preset[] = ['smoke', 'ci', 'deep'];

/** The options as the engine takes them. Throws a TypeError with a sentence for one that the caller must change. */
export function checkedOptions(options: ServerOptions): RunOptions {
  const { preset = 'ci', seed = Math.floor(Math.random() * 0x8000_0000), concurrency = 8, maxTime } = options;
  checkNames(options, preset);
  checkNumbers(options, seed);
  checkIdentities(options);
  return {
    seed,
    preset,
    concurrency,
    requirements: selected(options.requirements, preset),
    shrink: true,
    ...given(options, ['shard', 'maxRequests', 'identityPoolId', 'identityIds', 'deviceId']),
    ...(maxTime === undefined ? {} : { maxTimeMs: maxTime * 1000 }),
  };
}

/** Those of the members that are there. */
function given<Name extends keyof ServerOptions>(
  options: ServerOptions,
  names: readonly Name[],
): { [N in Name]?: Exclude<ServerOptions[N], undefined> } {
  const members = names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]));
  return Object.fromEntries(members) as { [N in Name]?: Exclude<ServerOptions[N], undefined> };
}

function checkNames({ endpointUrl, failOn }: ServerOptions, preset: Preset): void {
  if (!URL.canParse(endpointUrl)) fail('endpointUrl', endpointUrl, 'a URL such as http://localhost:4566');
  if (!presets.includes(preset)) fail('preset', preset, `one of ${presets.join(', ')}`);
  if (failOn !== undefined && !LEVELS.includes(failOn)) fail('failOn', failOn, `one of ${LEVELS.join(', ')}`);
}

function checkNumbers(options: ServerOptions, seed: number): void {
  const { shard } = options;
  if (!Number.isSafeInteger(seed) || seed < 0) fail('seed', seed, 'a whole number from 0');
  for (const name of ['concurrency', 'maxTime', 'maxRequests'] as const) {
    const value = options[name];
    if (value !== undefined && !isCount(value)) fail(name, value, 'a whole number from 1');
  }
  if (shard !== undefined && !(isCount(shard.index) && isCount(shard.of) && shard.index <= shard.of))
    fail('shard', `${shard.index} of ${shard.of}`, 'an index from 1 to the number of shards');
}

function checkIdentities({ identityPoolId, identityIds = [] }: ServerOptions): void {
  if ((identityPoolId === undefined) !== (identityIds.length === 0))
    throw new TypeError('identityPoolId and identityIds go together: name a pool and identities in it.');
}

function selected(wanted: readonly string[] | undefined, preset: Preset): readonly string[] {
  const ids = allRequirements.map(({ id }) => id);
  if (wanted === undefined)
    return allRequirements.filter(({ deep }) => deep !== true || preset === 'deep').map(({ id }) => id);
  const chosen = new Set(
    wanted.flatMap((name) => {
      const matches = ids.filter((id) => id === name || id.startsWith(`${name}/`));
      const meant = matches.length > 0 ? undefined : nearest(name, ids);
      if (matches.length === 0)
        throw new TypeError(
          `requirements: ${JSON.stringify(name)} is neither a requirement nor a group.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
        );
      return matches;
    }),
  );
  if (chosen.size === 0) throw new TypeError('requirements: the list is empty, so there is nothing to judge.');
  return ids.filter((id) => chosen.has(id));
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function fail(name: string, value: unknown, wanted: string): never {
  throw new TypeError(`${name}: ${JSON.stringify(value)} is not ${wanted}.`);
}
