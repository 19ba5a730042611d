import { readConfigFile } from './config-file.ts';
import type { ConfigEntry } from './config-file.ts';
import { flags, kebab } from './flags.ts';
import type { Settings } from './settings.ts';

export const variablePrefix = 'COGNITO_SYNC_CONFORMANCE_';

/** `endpointUrl` → `COGNITO_SYNC_CONFORMANCE_ENDPOINT_URL`. */
export function variable(name: string): string {
  return variablePrefix + kebab(name).replaceAll('-', '_').toUpperCase();
}

/** Merges what a command's flags, the environment and the config file say, in this order; throws a UsageError. */
export function settle(
  names: readonly (keyof Settings)[],
  given: ReadonlyMap<string, readonly string[]>,
  env: NodeJS.ProcessEnv,
): Settings {
  const find = (name: keyof Settings, file?: ReadonlyMap<string, ConfigEntry>): ConfigEntry | undefined => {
    const values = given.get(name);
    if (values !== undefined) return { values, where: `--${kebab(name)}` };
    const value = env[variable(name)];
    if (value !== undefined && value !== '') return { values: [value], where: variable(name) };
    return file?.get(kebab(name));
  };

  const config = names.includes('config') ? find('config') : undefined;
  const file =
    config === undefined
      ? undefined
      : readConfigFile(flags.config.read(config.values, config.where), configurable.map(kebab));

  const settings: { [name: string]: unknown } = {};
  for (const name of names) {
    const entry = find(name, file);
    if (entry !== undefined) settings[name] = flags[name].read(entry.values, entry.where);
  }
  return settings;
}

/** One config file serves every command, so it may hold settings that this one does not take. */
const configurable = (Object.keys(flags) as (keyof Settings)[]).filter((name) => name !== 'config');
