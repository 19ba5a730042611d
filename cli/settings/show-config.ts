import { stringify } from 'yaml';
import { defaultConcurrency } from './run-options.ts';
import { flags, kebab } from './flags.ts';
import { regionFrom } from './region.ts';
import type { Settings } from './settings.ts';

/** What holds without a word of the user's. */
const defaults = {
  preset: 'ci',
  concurrency: defaultConcurrency,
  failOn: 'relied-on',
  reportDir: 'cognito-sync-conformance-report',
} as const satisfies Settings;

/** Settings of the command line alone. */
const passing: readonly string[] = ['config', 'showConfig'];

/**
 * The settings that apply to a run, as a file that `--config` takes. Credentials are no settings, so there are none in
 * it; what looks like a secret in a URL or a command is removed.
 */
export function showConfig(settings: Settings, env: NodeJS.ProcessEnv): string {
  const region = regionFrom(settings, env);
  const all: Settings = { ...defaults, region, ...settings };
  const names = (Object.keys(flags) as (keyof Settings)[]).filter((name) => !passing.includes(name));
  const lines = names.flatMap((name) => {
    const value = all[name];
    return value === undefined ? [] : [stringify({ [kebab(name)]: shown(name, value) })];
  });
  const remarks = [
    ...(settings.endpointUrl === undefined ? ['# endpoint-url: none, so the embedded endpoint is judged'] : []),
    ...(settings.seed === undefined ? ['# seed: none, so each run draws its own'] : []),
  ];
  return [...remarks.map((remark) => `${remark}\n`), ...lines].join('');
}

function shown(name: keyof Settings, value: NonNullable<Settings[keyof Settings]>): unknown {
  if (typeof value === 'object' && 'of' in value) return `${value.index}/${value.of}`;
  return (name === 'endpointUrl' || name === 'targetCommand') && typeof value === 'string'
    ? withoutSecrets(value)
    : value;
}

const SECRET = '[\\w-]*(?:secret|token|password|passwd|key|credential)[\\w-]*';
const VALUE = `("[^"]*"|'[^']*'|[^\\s&]+)`;

/** `--password x`, `API_KEY=x cmd`, `?token=x`, `//user:x@host`: the name stays, the value goes. */
function withoutSecrets(text: string): string {
  return text
    .replace(new RegExp(`(--${SECRET}\\s+|${SECRET}=)${VALUE}`, 'gi'), '$1[removed]')
    .replace(/(\/\/[^/\s:@]*:)[^/\s@]+@/g, '$1[removed]@');
}
